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

  /// Of the power law alone.
  package static func text(errors: [Double]) -> String {
    let sorted = errors.sorted()
    guard !sorted.isEmpty else { return "no draw to compare with" }
    func percent(_ share: Double) -> String {
      Figures.fixed(sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] * 100, decimals: 1)
    }
    return "at measured times: median error \(percent(0.5)) %, 90th percentile \(percent(0.9)) % "
      + "of \(sorted.count) draws"
  }
}
