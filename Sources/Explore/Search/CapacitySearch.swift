package import Scenarios
import Synchronization

/// How what is varied until objectives are just met is stated, and gone through.
extension ScenarioSize {
  /// Whether objectives are met below a bound, and not above one.
  package var isLoad: Bool { if case .replicas = self { false } else { true } }

  package var path: String {
    switch self {
    case .rate: "workload.synthetic.arrivals.rate"
    case .rateScale: "workload.trace.rate_scale"
    case .clients(_, let path), .replicas(_, let path): path
    }
  }

  package var unit: String {
    switch self {
    case .rate: "/s"
    case .rateScale: "x"
    case .clients: "clients"
    case .replicas: "replicas"
    }
  }

  /// Numbers that a search goes through, from `start` on, and where they end.
  var ladder: (range: ClosedRange<Int>, start: Int, step: Int) {
    switch self {
    // Two per cent a rung, to 16,000 times as much or as little.
    case .rate, .rateScale: (-490...490, 0, 9)
    case .clients(let n, _): (1...100_000, n, max(1, n / 4))
    // Negative, so that more of them come first.
    case .replicas(let n, _): (-Self.mostReplicas ... -1, -n, max(1, n / 4))
    }
  }

  package static let mostReplicas = 4096

  /// Where a search ends that begins at `number`: a sixteenth of the load, or 16 times the replicas,
  /// makes sure what can be made sure.
  func least(_ number: Int) -> Int {
    switch self {
    case .rate, .rateScale: max(ladder.range.lowerBound, number - 140)
    case .clients: max(1, number / 16)
    case .replicas: max(ladder.range.lowerBound, number * 16)
    }
  }

  /// As the scenario has it.
  var stated: Double {
    switch self {
    case .rate(let rate): rate
    case .rateScale(let scale): scale
    case .clients(let n, _), .replicas(let n, _): Double(n)
    }
  }

  /// What stands at a number of the ladder.
  func value(_ number: Int) -> Double {
    switch self {
    case .rate(let start), .rateScale(let start):
      Self.short(start * Self.power(1.02, number))
    case .clients: Double(number)
    case .replicas: Double(-number)
    }
  }

  /// The scenario with so much of it.
  func setting(_ value: Double) -> Override {
    let text =
      switch self {
      case .rate: "\(value) /s"
      case .rateScale: "\(value)"
      case .clients, .replicas: "\(Int(value.rounded()))"
      }
    return Override(setting: path, to: text)
  }

  /// Four digits: nobody states a rate of 30.4836292 /s.
  private static func short(_ x: Double) -> Double {
    var scale = 1.0
    while x * scale < 1000 { scale *= 10 }
    while x * scale >= 10_000 { scale /= 10 }
    return (x * scale).rounded() / scale
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= base }
    return exponent < 0 ? 1 / power : power
  }
}

/// What a search found, and all that it tried.
package struct Capacity: Sendable {
  package struct Tried: Sendable {
    package var value: Double
    package var trial: Trial
  }

  package var size: ScenarioSize
  /// The largest load, or the fewest replicas, with which all objectives are met; nil: with none.
  package var expected: Double?
  /// So that nine of ten measurements would meet them.
  package var sure: Double?
  /// By value, ascending. Those that were judged with the errors to expect stand in place of those
  /// without.
  package var tried: [Tried]

  package func trial(at value: Double?) -> Trial? {
    value.flatMap { value in tried.first { $0.value == value }?.trial }
  }

  package var requests: Int { tried.reduce(0) { $0 + $1.trial.requests } }
}

/// Finds the largest load or the fewest replicas that meet a scenario's objectives, each time with the
/// same draws (common random numbers).
package struct CapacitySearch: Sendable {
  package let runner: TrialRunner
  package let size: ScenarioSize
  /// Where replicas are sought.
  package var mostReplicas = ScenarioSize.mostReplicas
  /// Put into every plan beside the size.
  package var overrides: [Override] = []

  package init(_ runner: TrialRunner, _ size: ScenarioSize) {
    self.runner = runner
    self.size = size
  }

  /// `told` hears of every trial as it is done.
  package func run(
    _ confidences: [Confidence] = [.expected, .sure],
    told: @escaping @Sendable (Capacity.Tried) -> Void = { _ in }
  ) -> Capacity {
    let known = Mutex<[Confidence: [Int: Trial]]>([:])
    var found: [Confidence: Int] = [:]
    let ladder = size.ladder
    let floor = max(ladder.range.lowerBound, -mostReplicas)
    for confidence in confidences {
      // Whatever is sure is expected.
      let isNarrowed = confidence == .sure && confidences.contains(.expected)
      guard !isNarrowed || found[.expected] != nil else { continue }
      let top = found[.expected] ?? ladder.range.upperBound
      found[confidence] = Boundary.last(
        in: (found[.expected].map(size.least) ?? floor)...top,
        from: found[.expected] ?? ladder.start, step: ladder.step, atOnce: runner.workers
      ) { numbers in
        let made = runner.trials(
          numbers.map { overrides + [size.setting(size.value($0))] }, confidence)
        for (number, trial) in zip(numbers, made) {
          known.withLock { $0[confidence, default: [:]][number] = trial }
          told(Capacity.Tried(value: size.value(number), trial: trial))
        }
        return made.map { $0.holds(confidence) }
      }
    }
    let all = known.withLock { known in
      (known[.expected] ?? [:]).merging(known[.sure] ?? [:]) { $1 }
    }
    let tried = all.map { Capacity.Tried(value: size.value($0), trial: $1) }
    return Capacity(
      size: size, expected: found[.expected].map(size.value),
      sure: found[.sure].map(size.value), tried: tried.sorted { $0.value < $1.value })
  }
}
