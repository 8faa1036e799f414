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
  /// In tokens, of the requests that finished.
  let promptLengths: QuantileCurve?
  let outputLengths: QuantileCurve?
  /// nil when no request finished.
  let timeParts: TimeParts?
  let bins: TimeBins
  let load: LoadGrid
  /// The share of judged requests that would meet every objective were all latencies off by the
  /// errors that half of such predictions stay within; nil where these are not known.
  let attainmentWithinErrors: ClosedRange<Double>?
  /// In seconds.
  let end: Double

  package init(
    _ run: FinishedRun, label: String? = nil, plan: [PlanLine] = [], bill: Bill? = nil
  ) {
    self.bill = bill
    self.label = label ?? run.name
    // In the order of plan.yaml: a page is the same from a run and from its directory.
    self.plan = plan.isEmpty ? [] : PlanYAML.lines(of: PlanYAML.render(plan))
    metrics = Metrics(run, bill: bill)
    curves = Self.curves(run.recording)
    promptLengths = Self.curve(run) { run.promptTokens[$0] }
    outputLengths = Self.curve(run) { run.recording.outcomes[$0].outputTokens }
    timeParts = TimeParts(run.recording.outcomes)
    attainmentWithinErrors = AttainmentErrors(metrics, \.median)?.range(JudgedRequests(run))
    bins = TimeBins(run)
    load = LoadGrid(run)
    end = Double(run.recording.end.picoseconds) / 1e12
  }

  private static func curves(_ recording: Recording) -> [Latency: QuantileCurve] {
    var curves: [Latency: QuantileCurve] = [:]
    var column: [Instant] = []
    column.reserveCapacity(recording.outcomes.count)
    for latency in Latency.allCases where latency != .interToken {
      column.removeAll(keepingCapacity: true)
      for outcome in recording.outcomes {
        if let value = latency.value(outcome) { column.append(value) }
      }
      curves[latency] = QuantileCurve(&column, unit: 1e12)
    }
    curves[.interToken] = QuantileCurve(recording.interTokenLatencies)
    return curves
  }

  /// Of the tokens of finished requests; `tokens` are those of a request by its number.
  private static func curve(_ run: FinishedRun, tokens: (Int) -> Int32) -> QuantileCurve? {
    let outcomes = run.recording.outcomes
    var column: [Instant] = []
    column.reserveCapacity(outcomes.count)
    for number in outcomes.indices where outcomes[number].status == .finished {
      column.append(Instant(tokens(number)))
    }
    return QuantileCurve(&column, unit: 1)
  }

  /// The bound that the run states, in seconds.
  func bound(of latency: Latency) -> Double? {
    metrics.objectives.stated.first { $0.objective == latency.objective }.flatMap(\.bound)
  }
}
