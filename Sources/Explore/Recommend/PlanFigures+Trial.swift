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
    parts = Parts(
      rent: range { $0.perHour(.provisionLow, .provisionHigh) },
      electricity: mean { $0.perHour(.electricityCost, .electricityCost)?.high },
      energy: mean { run in run.bill.flatMap { $0.energy($0.total) }.flatMap(run.perRequest) }
        .map { $0 / 3.6e6 },
      operational: mean { $0.perRequest(.operationalCarbon) },
      embodied: mean { $0.perRequest(.embodiedHigh) })
    carbon = mean { $0.carbonPerRequest?.high }
    self.endToEnd = endToEnd
    self.timeToFirstToken95 = timeToFirstToken95
    timePerOutputToken95 = mean { $0.metrics.latency.timePerOutputToken?.p95 }
    self.trial = trial
    evidence = first.metrics.weakestEvidence?.words ?? "stated step times"
  }
}

extension ReckonedRun {
  /// An amount of the bill; nil: it is not known.
  fileprivate func amount(_ measure: Measure) -> Double? {
    bill.flatMap { $0.known.contains(measure) ? $0.total[measure] : nil }
  }

  fileprivate func perRequest(_ amount: Double) -> Double? {
    bill.flatMap { $0.denominators.requests > 0 ? amount / Double($0.denominators.requests) : nil }
  }

  fileprivate func perRequest(_ measure: Measure) -> Double? { amount(measure).flatMap(perRequest) }

  fileprivate func perHour(_ low: Measure, _ high: Measure) -> Interval? {
    guard let hours = metrics.makespan.map({ $0 / 3600 }), hours > 0, let least = amount(low),
      let most = amount(high)
    else { return nil }
    return Interval.ordered(least / hours, most / hours)
  }
}
