package import Accuracy
import ServingSim

/// The file that `kavier calibrate` writes of a recorded engine.
package enum LinearCalibrationYAML {
  package static func render(_ calibration: EngineCalibration, source: String) -> String {
    let servers = calibration.models.flatMap { model in
      model.servers.map { name in server(name, model) }
    }
    return "kind: linear\nsource: \(quoted(source))\nservers:\n" + servers.joined()
  }

  private static func server(_ name: String, _ model: EngineCalibration.ModelFit) -> String {
    var lines = ["\(quoted(name)):", "  step_time:", "    model: linear"]
    // No step is free, even where the fit holds the base at zero.
    lines += terms { $0 == .base ? max(1e-3, model.steps[$0]) : model.steps[$0] }
      .map { "    " + $0 }
    if let host = model.host { lines.append("    host: \(TimeUnit.text(host / 1e3))") }
    lines.append("  standard_errors:")
    lines += terms(model.steps.standardError).map { "    " + $0 }
    if let latency = model.latency.frontend {
      lines.append("  frontend_latency: \(TimeUnit.text(latency))")
    }
    if let think = model.latency.think { lines.append("  think_time: \(TimeUnit.text(think))") }
    lines.append("  measured_on: [\(model.runs.map { quoted($0.run) }.joined(separator: ", "))]")
    return lines.map { "  \($0)\n" }.joined()
  }

  private static func terms(_ milliseconds: (StepTerm) -> Double) -> [String] {
    StepTerm.allCases.map { "\($0.name): \(TimeUnit.text(milliseconds($0) / 1e3))" }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
