package import Impact
package import ServingSim
import SimKernel
import ServingModel

/// OpenDC's energy and carbon beside those of the run's bill.
package struct OpenDCComparison {
  private let bill: Bill
  private let exported: Double
  private let theirs: Double
  private let seconds: Double
  private let runSeconds: Double
  private let grams: Double?

  /// `sources` are those of all kinds of accelerators of the run, one each.
  package init(
    _ run: FinishedRun, _ export: OpenDCExport, _ bill: Bill, _ sources: [PowerSource]
  ) throws(OpenDCProblem) {
    guard sources.count == export.kinds.count else {
      let kinds = export.kinds.map(\.accelerator.id).joined(separator: ", ")
      throw OpenDCProblem(
        """
        found \(sources.count) of OpenDC's files; expected \(export.kinds.count), one for each kind \
        of accelerator of the run (\(kinds))
        """)
    }
    self.bill = bill
    exported = export.energy.value
    theirs = sources.reduce(0) { $0 + $1.energy.value }
    seconds = sources.map(\.seconds).max() ?? 0
    runSeconds = run.recording.end.seconds
    let grams = sources.compactMap(\.carbonGrams)
    self.grams = grams.isEmpty ? nil : grams.reduce(0, +)
  }

  package var text: String {
    let energy = bill.energy(bill.total) ?? 0
    let text = """
      OpenDC      \(Self.rounded(theirs)) J in \(Self.rounded(seconds)) s
      Exported    \(Self.rounded(exported)) J in \(Self.rounded(runSeconds)) s
      Bill        \(Self.rounded(energy)) J of the \(bill.boundary?.rawValue ?? "accelerators")
      Difference  \(Self.difference(theirs, energy)) of the bill

      """
    return text + carbon
  }

  private var carbon: String {
    let billed = bill.operationalCarbon(bill.total)
    switch (grams, billed) {
    case (let grams?, let billed?):
      return """
        Carbon      \(Self.rounded(grams)) g by OpenDC, \(Self.rounded(billed)) g by the bill: \
        \(Self.difference(grams, billed))

        """
    case (let grams?, nil):
      return "Carbon      \(Self.rounded(grams)) g by OpenDC; the bill has no impact.grid\n"
    case (nil, let billed?):
      return "Carbon      none by OpenDC; \(Self.rounded(billed)) g by the bill\n"
    case (nil, nil): return ""
    }
  }

  private static func difference(_ value: Double, _ reference: Double) -> String {
    guard reference > 0 else { return "unknown share" }
    // Adding zero makes a negative zero one without a sign.
    let share = ((value - reference) / reference * 1e5).rounded() / 1000 + 0
    return "\(share > 0 ? "+" : "")\(share) %"
  }

  private static func rounded(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
