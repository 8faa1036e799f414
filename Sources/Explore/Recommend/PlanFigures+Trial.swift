import Impact
import Report
import ServingModel

extension PlanFigures {
  /// nil: nothing finished in it.
  init?(_ trial: Trial, replicas: Int) {
    let runs = trial.runs
    guard let first = runs.first else { return nil }
    func mean(_ value: (ReckonedRun) -> Double?) -> Double? {
      let values = runs.compactMap(value)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    func range(_ value: (Interval, ReckonedRun) -> Double?) -> ClosedRange<Double>? {
      let costs = runs.compactMap { run in run.bill.flatMap { $0.cost($0.total) }.map { (run, $0) }
      }
      let low = costs.compactMap { value(Interval($1.low, $1.low), $0) }
      let high = costs.compactMap { value(Interval($1.high, $1.high), $0) }
      guard !low.isEmpty, low.count == high.count else { return nil }
      let count = Double(low.count)
      return low.reduce(0, +) / count...high.reduce(0, +) / count
    }
    guard let endToEnd = mean({ $0.metrics.latency.endToEnd?.p50 }),
      let timeToFirstToken95 = mean({ $0.metrics.latency.timeToFirstToken?.p95 })
    else { return nil }
    self.replicas = replicas
    accelerators = first.accelerators
    cost = range { cost, run in run.metrics.makespan.map { cost.high / ($0 / 3600) } }
    costPerMillionOutputTokens = range { cost, run in
      let millions = Double(run.bill?.denominators.outputTokens ?? 0) / 1e6
      return millions > 0 ? cost.high / millions : nil
    }
    currency = first.bill?.plan.currency ?? ""
    carbon = mean { run in
      guard let bill = run.bill, bill.denominators.requests > 0 else { return nil }
      return bill.knownCarbon(bill.total).map { $0.high / Double(bill.denominators.requests) }
    }
    self.endToEnd = endToEnd
    self.timeToFirstToken95 = timeToFirstToken95
    timePerOutputToken95 = mean { $0.metrics.latency.timePerOutputToken?.p95 }
    self.trial = trial
    evidence = first.metrics.weakestEvidence?.words ?? "stated step times"
  }
}
