import Impact
import ServingModel
import ServingSim
import SimKernel

/// Holds a run against its objectives.
struct ObjectiveJudge {
  let run: FinishedRun
  let metrics: Metrics
  /// nil: nothing was reckoned.
  let bill: Bill?

  /// Every objective that is stated, and for limits of requests without a share that of
  /// `RunObjective.usualGoodput`.
  var verdicts: [JudgedObjective] {
    var stated = run.objectives.ofRun
    let hasShare = stated.contains { if case .goodput = $0.target { true } else { false } }
    if !hasShare, !metrics.objectives.stated.isEmpty {
      stated.insert(RunObjective(.goodput(atLeast: RunObjective.usualGoodput)), at: 0)
    }
    return stated.map(judge)
  }

  private func judge(_ objective: RunObjective) -> JudgedObjective {
    switch objective.target {
    case .latency(let latency, let percentile, _): judge(objective, latency, percentile)
    case .goodput(let share): goodput(objective, share)
    case .cost(let unit, _):
      amount(objective, bill.flatMap { $0.cost($0.total) }, per: unit)
    case .carbon(let unit, _):
      amount(objective, bill.flatMap { $0.knownCarbon($0.total) }, per: unit)
    }
  }

  private func judge(
    _ objective: RunObjective, _ latency: ObjectiveLatency, _ percentile: Percentile
  ) -> JudgedObjective {
    let requests = JudgedRequests(run, of: objective.group)
    let found = requests.percentile(percentile, of: latency)
    let error = ExpectedError.Metric(rawValue: latency.rawValue).flatMap {
      metrics.expectedError(of: $0)
    }
    let isOpen = found.map { $0.lowerBound < $0.upperBound } ?? false
    let growth = growth(of: latency, at: percentile)
    let expected = found.flatMap { found in
      error.map {
        $0.measured(found.lowerBound).lowerBound...$0.measured(found.upperBound * growth).upperBound
      }
    }
    let counts = requests.counts
    return JudgedObjective(
      objective: objective, value: found?.lowerBound, interval: expected ?? (isOpen ? found : nil),
      isErrorKnown: error != nil, requests: counts.requests, unanswered: counts.unanswered)
  }

  /// How many times as long the latency is with slower steps, where that is known; at least 1. Errors
  /// of latencies are of fleets that have room: near its limit, those of the steps make more of it.
  private func growth(of latency: ObjectiveLatency, at percentile: Percentile) -> Double {
    guard let objective = latency.ofRequest, let slower = metrics.slower?.latencies[objective],
      let predicted = Latency(rawValue: latency.rawValue)?.distribution(in: metrics.latency)
    else { return 1 }
    return Self.growth(from: predicted, to: slower, at: percentile.share)
  }

  private static func growth(
    from predicted: Distribution, to slower: LatencyFigures, at share: Double
  ) -> Double {
    let known = [
      (0.5, predicted.p50, slower.p50), (0.9, predicted.p90, slower.p90),
      (0.95, predicted.p95, slower.p95), (0.99, predicted.p99, slower.p99),
    ]
    // That of the nearest percentile that both have.
    guard let nearest = known.min(by: { abs($0.0 - share) < abs($1.0 - share) }), nearest.1 > 0
    else { return 1 }
    return max(1, nearest.2 / nearest.1)
  }

  /// The same of a latency that requests are held to. A share is reached where the percentile of that
  /// number is within the limit, so it is the growth of that percentile which decides.
  private func growth(of objective: Objective, whereShareIs share: Double) -> Double {
    guard let slower = metrics.slower?.latencies[objective],
      let predicted = Latency(rawValue: objective.rawValue)?.distribution(in: metrics.latency)
    else { return 1 }
    return Self.growth(from: predicted, to: slower, at: share)
  }

  private func goodput(_ objective: RunObjective, _ share: Double) -> JudgedObjective {
    let requests = JudgedRequests(run, of: objective.group)
    let errors = AttainmentErrors(metrics, \.ninetieth)
    let counts = requests.counts
    return JudgedObjective(
      objective: objective, value: requests.goodput(RequestLimits(run)),
      interval: errors?.range(requests) { growth(of: $0, whereShareIs: share) },
      isErrorKnown: errors != nil, requests: counts.requests,
      unanswered: counts.unanswered)
  }

  /// An amount of the bill, by its high end: what may have to be paid has to be within a ceiling.
  private func amount(
    _ objective: RunObjective, _ total: Interval?, per unit: AmountUnit
  ) -> JudgedObjective {
    let units = units(unit)
    let range = total.flatMap { total in units > 0 ? total * (1 / units) : nil }
    let error = error(of: objective.target)
    let expected = range.map { range in
      max(0, range.low * (1 - error.share))...range.high * (1 + error.share)
    }
    let isRange = expected.map { $0.lowerBound < $0.upperBound } ?? false
    return JudgedObjective(
      objective: objective, value: range?.high, interval: isRange ? expected : nil,
      isErrorKnown: error.isKnown, currency: bill?.plan.currency ?? "")
  }

  /// What a run takes a token or a request is what it takes a second over its throughput, and
  /// throughputs have errors that are known. Those of energy are not.
  private func error(of target: RunObjective.Target) -> (share: Double, isKnown: Bool) {
    guard case .cost(let unit, _) = target, bill?.known.contains(.electricityCost) != true else {
      return (0, false)
    }
    guard unit != .hour else { return (0, true) }
    let known = metrics.expectedError(of: .throughput)
    return (known?.ninetieth ?? 0, known != nil)
  }

  private func units(_ unit: AmountUnit) -> Double {
    guard let bill else { return 0 }
    return switch unit {
    case .request: Double(bill.denominators.requests)
    case .millionTokens: Double(bill.denominators.tokens) / 1e6
    case .millionOutputTokens: Double(bill.denominators.outputTokens) / 1e6
    case .hour: run.recording.end.seconds / 3600
    }
  }
}

extension ErrorInterval {
  /// Where nine of ten measurements lie of what is predicted as `value`.
  func measured(_ value: Double) -> ClosedRange<Double> {
    ExpectedError.measured(value, within: ninetieth)
  }
}
