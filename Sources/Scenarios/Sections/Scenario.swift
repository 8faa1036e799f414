import ServingSim
import SimKernel

/// What the user wrote, checked field by field; nothing is resolved and everything is optional.
struct Scenario: Sendable {
  var name: Stated<String>?
  var seed: Stated<Int>?
  var workload: WorkloadSection?
  var fleet: [GroupSection]
  var router: Stated<RouterPolicy>?
  var shift: ShiftSection?
  var admission: AdmissionSection?
  var objectives: ObjectivesSection
  var outputDirectory: Stated<String>?
  var impact: ImpactSection?
  /// Of the whole file, for what is missing.
  var origin: Origin

  init(_ root: DocumentNode, issues: IssueList) {
    let fields = Fields(root, path: "", issues: issues)
    origin = root.origin
    name = fields.text("name")
    seed = fields.wholeNumber("seed", in: 0...Int.max)
    workload = fields.fields("workload").flatMap { WorkloadSection($0) }
    fleet = GroupSection.all(fields)
    router = fields.choice("router", of: RouterPolicy.self)
    shift = fields.fields("shift").map { ShiftSection($0) }
    admission = fields.fields("admission").map { AdmissionSection($0) }
    objectives = ObjectivesSection(fields.fields("slo"))
    outputDirectory = fields.fields("output").flatMap { output in
      defer { output.finish() }
      return output.text("directory")
    }
    impact = ImpactSection(fields)
    // What a plan says beside the scenario it came from; a plan can so be read as a scenario.
    _ = fields.node("derived")
    fields.finish()
  }
}

/// `slo`: what a request has to meet to count as goodput.
struct ObjectivesSection: Sendable {
  var timeToFirstToken: Stated<SimDuration>?
  var timePerOutputToken: Stated<SimDuration>?
  var endToEnd: Stated<SimDuration>?

  init(_ fields: Fields?) {
    timeToFirstToken = fields?.quantity("ttft", .duration)
    timePerOutputToken = fields?.quantity("tpot", .duration)
    endToEnd = fields?.quantity("e2e", .duration)
    fields?.finish()
  }
}
