import ServingSim

/// What the user wrote, checked field by field; nothing is resolved and everything is optional.
struct Scenario: Sendable {
  var name: Stated<String>?
  var seed: Stated<Int>?
  var workload: WorkloadSection?
  var regions: [RegionSection]
  var fleet: [GroupSection]
  var router: RouterSection?
  var shift: ShiftSection?
  var failures: [FailureSection]
  var admission: [AdmissionSection]
  var objectives: ObjectivesSection
  var outputDirectory: Stated<String>?
  var impact: ImpactSection?
  /// Of the whole file, for what is missing.
  var origin: Origin

  init(_ root: DocumentNode, issues: IssueList, declarations: DeclarationList? = nil) {
    let fields = Fields(root, path: "", issues: issues, declarations: declarations)
    origin = root.origin
    fields.introduce("The file as a whole.")
    name = fields.text(
      "name", "What reports call the run.", .default("the file's name without its ending"))
    seed = fields.wholeNumber(
      "seed", in: 0...Int.max,
      "All random draws follow from it: the same scenario and seed give the same bytes.",
      .default("1"))
    workload = fields.fields("workload", "The requests that clients send.", .needed())
      .flatMap { WorkloadSection($0) }
    regions = fields.mappings(
      "regions", "Where clients and groups of the fleet are. Without it, all are in one place."
    ).map { RegionSection($0) }
    fleet = GroupSection.all(fields)
    router = RouterSection(fields)
    shift = fields.fields("shift", "When requests with a deadline are released to the fleet.")
      .map { ShiftSection($0) }
    failures = fields.mappings(
      "failures", "What goes wrong with replicas, like `[{mtbf: 30 d, repair: 20 min}]`."
    ).map { FailureSection($0) }
    admission = AdmissionSection.all(fields)
    objectives = ObjectivesSection(
      fields.fields(
        "slo",
        "Objectives that reports judge the run by. Without it, nothing is judged and goodput is not "
          + "counted."
      )
    )
    impact = ImpactSection(fields)
    outputDirectory = fields.fields("output", "Where files are written.").flatMap {
      Self.directory($0)
    }
    // A plan can so be read as a scenario.
    _ = fields.node(
      "derived", "anything",
      "Not read. In a plan it holds what follows from the scenario, so that a plan can be run as a "
        + "scenario.")
    fields.finish()
  }

  private static func directory(_ output: Fields) -> Stated<String>? {
    defer { output.finish() }
    return output.text(
      "directory",
      "The same as `--out`, which overrides it: [Reports and files](ReportsAndFiles.md). It is made "
        + "where it is missing. Relative paths start from the working directory.")
  }
}
