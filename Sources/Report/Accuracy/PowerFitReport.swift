package import Accuracy
import Impact

/// What `kavier calibrate-power` prints of a fit.
package enum PowerFitReport {
  /// The models by architecture, with how many draws each was fitted to.
  package static func text(_ models: PowerFit.Models) -> String {
    var cells = TextTable(
      header: ["architecture", "draws", "idle", "floor", "compute", "memory", "cap"])
    for (architecture, model) in models.byArchitecture.sorted(by: { $0.key < $1.key }) {
      cells.add([architecture, "\(models.draws[architecture] ?? 0)"] + shares(model))
    }
    cells.add(["others", "-"] + shares(models.general))
    return cells.lines(width: TextLayout.width).map { $0 + "\n" }.joined()
  }

  private static func shares(_ model: PowerModel) -> [String] {
    [model.idle, model.floor, model.compute, model.memory, model.cap]
      .map { Figures.fixed($0, decimals: 3) }
  }

  /// The errors of power models alone, as shares of the measured draws, and of predictions whose
  /// times are simulated as well.
  package static func text(
    _ title: String, errorsAtMeasuredTimes errors: [Double], _ predictions: [Prediction]
  ) -> String {
    let tables = [["metric"], ["gpu", "metric"]].map { ErrorTable(predictions, by: $0) }
    return "\n\(title)\n\(summary(errors))\n\n"
      + tables.map { AccuracyReport.text($0) }.joined(separator: "\n")
  }

  private static func summary(_ errors: [Double]) -> String {
    guard !errors.isEmpty else { return "no draw was measured" }
    let sorted = errors.sorted()
    func percent(at share: Double) -> String {
      Figures.fixed(sorted[Int(share * Double(sorted.count - 1))] * 100, decimals: 1)
    }
    return "at measured times half of \(sorted.count) draws are met within \(percent(at: 0.5)) %, "
      + "nine of ten within \(percent(at: 0.9)) %"
  }
}
