package import Impact
package import ServingSim
import SimKernel

/// A run in the few thousand numbers that pictures are made of, however many requests it has.
package struct RunDigest: Sendable {
  /// What tells it from other runs beside it.
  package var label: String
  package var metrics: Metrics
  /// The resolved scenario; empty where it is not known.
  package var plan: [PlanLine]
  /// nil: nothing is to be reckoned.
  package var bill: Bill?
  let curves: [Latency: QuantileCurve]
  let bins: TimeBins
  let load: LoadGrid
  /// In seconds.
  let end: Double

  package init(
    _ run: FinishedRun, label: String? = nil, plan: [PlanLine] = [], bill: Bill? = nil
  ) {
    self.bill = bill
    self.label = label ?? run.name
    // In the order of plan.yaml: a page is the same from a run and from its directory.
    self.plan = plan.isEmpty ? [] : PlanYAML.lines(of: PlanYAML.render(plan))
    metrics = Metrics(run)
    curves = Self.curves(run.recording)
    bins = TimeBins(run)
    load = LoadGrid(run)
    end = Double(run.recording.end.picoseconds) / 1e12
  }

  private static func curves(_ recording: Recording) -> [Latency: QuantileCurve] {
    var curves: [Latency: QuantileCurve] = [:]
    var column: [Int64] = []
    column.reserveCapacity(recording.outcomes.count)
    for latency in Latency.allCases where latency != .interToken {
      column.removeAll(keepingCapacity: true)
      for outcome in recording.outcomes {
        if let value = latency.value(outcome) { column.append(value) }
      }
      curves[latency] = QuantileCurve(picoseconds: &column)
    }
    curves[.interToken] = QuantileCurve(recording.interTokenLatencies)
    return curves
  }

  /// The bound that the run states, in seconds.
  func bound(of latency: Latency) -> Double? {
    metrics.objectives.stated.first { $0.objective == latency.objective }?.bound
  }
}
