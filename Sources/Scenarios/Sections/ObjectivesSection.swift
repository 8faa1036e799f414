import ServingModel
import ServingSim
import SimKernel

/// `slo`: what each request has to meet to count as goodput, and what the run as a whole is held to.
struct ObjectivesSection: Sendable {
  /// Of each request.
  var each: [Objective: Stated<SimDuration>] = [:]
  var ofRun: [StatedObjective] = []
  var groups: [ObjectiveGroupSection] = []

  init(_ fields: Fields?) {
    guard let fields else { return }
    fields.introduce(
      "[Objectives](Objectives.md) has how they are judged. A time that stands by itself is a limit "
        + "for each request: a request counts as goodput when it meets all limits. Requests of a "
        + "trace can have [limits of their own](Traces.md), which override these. All others are "
        + "objectives of the run as a whole.")
    for latency in ObjectiveLatency.allCases {
      let stated = fields.latencyObjectives(latency, meaning: Self.meaning(latency))
      ofRun += stated.percentiles
      if let objective = latency.ofRequest { each[objective] = stated.each }
    }
    ofRun += fields.goodputObjective(.default("99 %, where requests have limits"))
    ofRun += fields.costCeilings() + fields.carbonCeilings()
    groups = RunObjective.Group.labels.flatMap { ObjectiveGroupSection.all($0, fields) }
    fields.finish()
  }

  private static func meaning(_ latency: ObjectiveLatency) -> String {
    switch latency {
    case .timeToFirstToken: "The longest time to the first token."
    case .timePerOutputToken: "The longest mean time between the later tokens of a request."
    case .interToken: "The longest time between two neighbouring tokens, over all gaps."
    case .endToEnd: "The longest time from arrival to the last token."
    }
  }
}

/// An objective of the run, as the user stated it.
struct StatedObjective: Sendable {
  var target: RunObjective.Target
  var path: String
  var text: String
  var origin: Origin

  init<Value>(_ target: RunObjective.Target, _ stated: Stated<Value>) {
    self.target = target
    path = stated.path
    text = stated.text
    origin = stated.origin
  }

  var isGoodput: Bool {
    if case .goodput = target { true } else { false }
  }
}

/// An entry of `classes` or `tenants`: objectives of some of the requests.
struct ObjectiveGroupSection: Sendable {
  var label: RequestLabel
  var name: Stated<String>
  var ofRun: [StatedObjective]

  static func all(_ label: RequestLabel, _ parent: Fields) -> [Self] {
    var groups: [Self] = []
    for fields in parent.mappings(
      label.plural, "Objectives of each \(label.phrase), in addition to those of all requests.")
    {
      guard let group = Self(label, fields) else { continue }
      if groups.contains(where: { $0.name.value == group.name.value }) {
        fields.issues.add(
          group.name.origin, group.name.path, "a second entry for \"\(group.name.value)\"")
      }
      groups.append(group)
    }
    return groups
  }

  private init?(_ label: RequestLabel, _ fields: Fields) {
    fields.introduce(
      "Objectives of requests with one `\(label.name)`. Limits of each request are those of all "
        + "requests, or stated in the trace.")
    let name = fields.text(
      "name", "The \(label.phrase), as the trace has it.", .required("the name of a \(label.name)"))
    var stated: [StatedObjective] = []
    for latency in ObjectiveLatency.allCases where latency.ofRequest != nil {
      stated +=
        fields.latencyObjectives(
          latency, meaning: "Percentiles over these requests.", hasEach: false
        ).percentiles
    }
    stated += fields.goodputObjective()
    fields.finish(Self.explanation)
    guard let name else { return nil }
    if stated.isEmpty, fields.stated("ttft", "tpot", "e2e", "goodput").isEmpty {
      fields.problem("no objective; expected ttft, tpot, e2e or goodput")
    }
    self.label = label
    self.name = name
    ofRun = stated
  }

  private static func explanation(_ key: String) -> String? {
    switch key {
    case "itl":
      "gaps between tokens are recorded for the run as a whole; expected tpot here, or slo.itl"
    case "cost", "carbon": "judged for the run as a whole; expected slo.\(key)"
    default: nil
    }
  }
}
