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
    func range(_ value: (ReckonedRun) -> Interval?) -> ClosedRange<Double>? {
      guard let low = mean({ value($0)?.low }), let high = mean({ value($0)?.high }) else {
        return nil
      }
      return low...max(low, high)
    }
    guard let endToEnd = mean({ $0.metrics.latency.endToEnd?.p50 }),
      let timeToFirstToken95 = mean({ $0.metrics.latency.timeToFirstToken?.p95 })
    else { return nil }
    self.replicas = replicas
    accelerators = first.accelerators
    cost = range(\.costPerHour)
    costPerMillionOutputTokens = range(\.costPerMillionOutputTokens)
    currency = first.bill?.plan.currency ?? ""
    carbon = mean { $0.carbonPerRequest?.high }
    self.endToEnd = endToEnd
    self.timeToFirstToken95 = timeToFirstToken95
    timePerOutputToken95 = mean { $0.metrics.latency.timePerOutputToken?.p95 }
    self.trial = trial
    evidence = first.metrics.weakestEvidence?.words ?? "stated step times"
  }
}
