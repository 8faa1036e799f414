package import Accuracy
import TextAndBytes

/// What `kavier calibrate` prints of a recorded engine.
package enum EngineCalibrationReport {
  package static func text(_ calibration: EngineCalibration) -> String {
    var parts = calibration.models.map(text)
    if !calibration.unmeasured.isEmpty {
      parts.append(
        "not calibrated, without steps of micro-benchmarks (mb_*): "
          + calibration.unmeasured.joined(separator: ", ") + "\n")
    }
    return parts.joined(separator: "\n")
  }

  private static func text(_ model: EngineCalibration.ModelFit) -> String {
    let title = "servers " + model.servers.joined(separator: ", ")
    return lines(coefficients(model, title: title)) + notes(model) + "\n" + lines(errors(model))
  }

  private static func lines(_ table: TextTable) -> String {
    table.lines(width: TextLayout.width).map { $0 + "\n" }.joined()
  }

  private static func coefficients(
    _ model: EngineCalibration.ModelFit, title: String
  ) -> TextTable {
    var table = TextTable(header: [title, "value", "standard error"])
    for term in StepTerm.allCases {
      table.add([
        term.name, time(model.steps[term] / 1e3),
        model.steps.standardError(term).map { time($0 / 1e3) } ?? "-",
      ])
    }
    table.add(["host", model.host.map { time($0 / 1e3) } ?? "-", "-"])
    table.add(["frontend_latency", model.latency.frontend.map(time) ?? "-", "-"])
    table.add(["think_time", model.latency.think.map(time) ?? "-", "-"])
    return table
  }

  private static func time(_ seconds: Double) -> String { TimeUnit.text(seconds) }

  private static func notes(_ model: EngineCalibration.ModelFit) -> String {
    var notes: [String] = []
    if !model.steps.unidentified.isEmpty {
      notes.append("not told from the others by these steps: " + names(model.steps.unidentified))
    }
    if !model.steps.atZero.isEmpty {
      notes.append("held at zero, negative otherwise: " + names(model.steps.atZero))
    }
    let unknown = StepTerm.allCases.filter { term in
      !model.steps.unidentified.contains(term) && !model.steps.atZero.contains(term)
        && model.steps.standardError(term) == nil
    }
    if !unknown.isEmpty {
      notes.append("of unknown error, as only one run tells of them: " + names(unknown))
    }
    let missing = [
      ("host", model.host), ("frontend_latency", model.latency.frontend),
      ("think_time", model.latency.think),
    ].filter { $0.1 == nil }.map(\.0)
    if !missing.isEmpty {
      notes.append("not recorded, taken as zero: " + missing.joined(separator: ", "))
    }
    return notes.map { $0 + "\n" }.joined()
  }

  private static func names(_ terms: [StepTerm]) -> String {
    terms.map(\.name).joined(separator: ", ")
  }

  private static func errors(_ model: EngineCalibration.ModelFit) -> TextTable {
    var table = TextTable(header: ["steps of", "steps", "median error (%)", "bias (%)"])
    for run in model.runs {
      table.add([
        run.run, "\(run.steps)", Figures.fixed(run.medianError * 100, decimals: 1),
        Figures.signedPercent(run.bias),
      ])
    }
    return table
  }

  package static func json(_ calibration: EngineCalibration) -> String {
    JSON.object(of: [
      ("models", .array(calibration.models.map(json))),
      ("not_calibrated", .array(calibration.unmeasured.map { .string($0) })),
    ]).document
  }

  /// Times in seconds.
  private static func json(_ model: EngineCalibration.ModelFit) -> JSON {
    let terms = StepTerm.allCases.map { term in
      (term.name, JSON.decimal(model.steps[term] / 1e3))
    }
    let deviations = StepTerm.allCases.map { term in
      (term.name, JSON.optional(model.steps.standardError(term).map { $0 / 1e3 }))
    }
    let runs = model.runs.map { run in
      JSON.object(of: [
        ("run", .string(run.run)), ("steps", .count(run.steps)),
        ("median_ape", .decimal(run.medianError * 100)), ("bias", .decimal(run.bias * 100)),
      ])
    }
    return .object(of: [
      ("servers", .array(model.servers.map { .string($0) })),
      ("step_time", .object(of: terms + [("host", .optional(model.host.map { $0 / 1e3 }))])),
      ("standard_errors", .object(of: deviations)),
      ("unidentified", .array(model.steps.unidentified.map { .string($0.name) })),
      ("held_at_zero", .array(model.steps.atZero.map { .string($0.name) })),
      ("frontend_latency", .optional(model.latency.frontend)),
      ("think_time", .optional(model.latency.think)), ("runs", .array(runs)),
    ])
  }
}
