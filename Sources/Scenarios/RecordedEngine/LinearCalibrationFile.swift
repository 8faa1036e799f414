package import ServingModel
import SimKernel

/// Reads a calibration of a recorded engine: `kind: linear`, `source`, and under `servers` for each
/// one its `step_time` as scenarios write it, `frontend_latency`, `think_time`, and its settings as
/// `engine`.
package enum LinearCalibrationFile {
  package static func read(_ path: String) throws(ScenarioIssues) -> LinearCalibration {
    let (source, entries) = try entries(path)
    return LinearCalibration(
      source: source?.value ?? path,
      servers: entries.map { entry in
        CalibratedServer(
          name: entry.name, stepTime: entry.stepTime.coefficients,
          frontendLatency: entry.frontendLatency?.value ?? .zero,
          thinkTime: entry.thinkTime?.value ?? .zero)
      })
  }

  /// A server as the file has it, each value with its line.
  struct Entry: Sendable {
    var name: String
    var stepTime: LinearSection
    var engine: EngineSection?
    var frontendLatency: Stated<SimDuration>?
    var thinkTime: Stated<SimDuration>?
  }

  static func entries(
    _ path: String
  ) throws(ScenarioIssues) -> (source: Stated<String>?, entries: [Entry]) {
    let text = try SourceFile.scenario(path).text
    let root = try YAMLReader.read(text) { .line(file: path, $0) }
    let issues = IssueList()
    let fields = Fields(root, path: "", issues: issues)
    _ = fields.choice("kind", of: Kind.self)
    fields.require("kind", "linear, as kavier calibrate writes it")
    let source = fields.text("source")
    let asked = "a mapping of servers by name"
    fields.require("servers", asked)
    let servers = fields.node("servers", asked).map { Self.servers($0, issues) } ?? []
    fields.finish()
    try issues.throwIfAny()
    return (source, servers)
  }

  private enum Kind: String, CaseIterable { case linear }

  private static func servers(_ node: DocumentNode, _ issues: IssueList) -> [Entry] {
    guard case .mapping(let entries) = node.content else {
      issues.add(node.origin, "servers", "found \(node.found); expected a mapping of servers")
      return []
    }
    return entries.compactMap { entry in
      server(entry.key, Fields(entry.value, path: "servers.\(entry.key)", issues: issues))
    }
  }

  private static func server(_ name: String, _ fields: Fields) -> Entry? {
    let stepTime = StepTimeSection(fields)
    fields.require("step_time", "a mapping like {model: linear, base: 8 ms}")
    let latency = fields.duration(
      "frontend_latency", upTo: EngineSection.longestLatency, zeroAllowed: true)
    let thinkTime = fields.quantity("think_time", .duration, zeroAllowed: true)
    let engine = fields.fields("engine").map { EngineSection($0) }
    // For people.
    fields.accept(["standard_errors", "measured_on"])
    fields.finish()
    guard case .linear(let section) = stepTime, section.file == nil else {
      if stepTime != nil {
        fields.problem("step_time: allowed here is only model: linear with its coefficients")
      }
      return nil
    }
    return Entry(
      name: name, stepTime: section, engine: engine, frontendLatency: latency,
      thinkTime: thinkTime)
  }
}
