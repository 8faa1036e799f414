package import Accuracy
import ServingModel

/// The file that `kavier calibrate` writes of a recorded engine.
package enum LinearCalibrationYAML {
  /// `settings`: of servers by their names, as a scenario's `engine` states them.
  package static func render(
    _ calibration: EngineCalibration, source: String,
    settings: [String: [(name: String, value: String)]] = [:]
  ) -> String {
    let servers = calibration.models.flatMap { model in
      model.servers.map { name in server(name, model, settings[name] ?? []) }
    }
    return "kind: linear\nsource: \(quoted(source))\nservers:\n" + servers.joined()
  }

  private static func server(
    _ name: String, _ model: EngineCalibration.ModelFit, _ settings: [(name: String, value: String)]
  ) -> String {
    var lines = ["\(quoted(name)):", "  step_time:", "    model: linear"]
    // No step is free, even where the fit holds the base at zero.
    lines += terms { $0 == .base ? max(1e-3, model.steps[$0]) : model.steps[$0] }
      .map { "    " + $0 }
    if let host = model.host { lines.append("    host: \(TimeUnit.text(host / 1e3))") }
    let errors = terms(model.steps.standardError).map { "    " + $0 }
    if !errors.isEmpty { lines += ["  standard_errors:"] + errors }
    if let latency = model.latency.frontend {
      lines.append("  frontend_latency: \(TimeUnit.text(latency))")
    }
    if let think = model.latency.think { lines.append("  think_time: \(TimeUnit.text(think))") }
    if !settings.isEmpty { lines.append("  engine:") }
    lines += settings.map { "    \($0.name): \($0.value)" }
    lines.append("  measured_on: [\(model.runs.map { quoted($0.run) }.joined(separator: ", "))]")
    return lines.map { "  \($0)\n" }.joined()
  }

  /// Those that are known.
  private static func terms(_ milliseconds: (StepTerm) -> Double?) -> [String] {
    StepTerm.allCases.compactMap { term in
      milliseconds(term).map { "\(term.name): \(TimeUnit.text($0 / 1e3))" }
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
