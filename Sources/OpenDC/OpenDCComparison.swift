import Impact
package import ServingSim
import SimKernel

/// OpenDC's energy beside ours.
package struct OpenDCComparison {
  private let ours: Double
  private let exported: Double
  private let theirs: Double
  private let seconds: Double
  private let runSeconds: Double
  private let carbonGrams: Double?

  /// `sources` are those of all kinds of accelerators of the run.
  package init(_ run: FinishedRun, _ export: OpenDCExport, _ sources: [PowerSource]) {
    ours = export.modelEnergy.value
    exported = export.energy.value
    theirs = sources.reduce(0) { $0 + $1.energy.value }
    seconds = sources.map(\.seconds).max() ?? 0
    runSeconds = run.recording.end.seconds
    let grams = sources.compactMap(\.carbonGrams)
    carbonGrams = grams.isEmpty ? nil : grams.reduce(0, +)
  }

  package var text: String {
    var text = """
      OpenDC      \(Self.rounded(theirs)) J in \(Self.rounded(seconds)) s
      Exported    \(Self.rounded(exported)) J in \(Self.rounded(runSeconds)) s
      Kavier      \(Self.rounded(ours)) J
      Difference  \(difference) of Kavier's

      """
    if let carbonGrams { text += "Carbon      \(Self.rounded(carbonGrams)) g by OpenDC\n" }
    return text
  }

  private var difference: String {
    guard ours > 0 else { return "unknown share" }
    let share = ((theirs - ours) / ours * 1e5).rounded() / 1000
    return "\(share > 0 ? "+" : "")\(share) %"
  }

  private static func rounded(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
