package import Accuracy
import Impact
import TextAndBytes

/// What `kavier calibrate-power` prints.
package enum PowerFitReport {
  package static func text(_ outcome: PowerFitOutcome) -> String {
    let lines = outcome.errorsAtMeasuredTimes.map { errors($0.errors, in: $0.sample) }
    return models(outcome.models) + "\n" + lines.joined() + "\n"
      + outcome.tables.map { CalibrationReport.text($0) + "\n" }.joined()
      + "Shares are of the thermal design power; median errors of the measured value, in %.\n"
  }

  /// By architecture, with how many draws each was fitted to.
  static func models(_ models: PowerFit.Models) -> String {
    var cells = TextTable(
      header: ["Architecture", "draws", "idle", "floor", "compute", "memory", "cap"])
    for (architecture, model) in models.byArchitecture.sorted(by: { $0.key < $1.key }) {
      cells.add([architecture, "\(models.draws[architecture] ?? 0)"] + figures(model))
    }
    cells.add(["others", "-"] + figures(models.general))
    return cells.lines(width: TextLayout.width).map { $0 + "\n" }.joined()
  }

  private static func figures(_ model: PowerModel) -> [String] {
    [model.idle, model.floor, model.compute, model.memory, model.cap]
      .map { Figures.fixed($0, decimals: 3) }
  }

  /// Of models alone; there is at least one.
  static func errors(_ errors: [Double], in sample: String) -> String {
    let sorted = errors.sorted()
    func percent(at share: Double) -> String {
      Figures.fixed(sorted[Int(share * Double(sorted.count - 1))] * 100, decimals: 1)
    }
    return "At measured times, \(sample): half of \(sorted.count) draws within "
      + "\(percent(at: 0.5)) %, nine of ten within \(percent(at: 0.9)) %.\n"
  }
}
