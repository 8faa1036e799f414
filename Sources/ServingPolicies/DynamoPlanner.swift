package import ServingSim
package import SimKernel

/// NVIDIA Dynamo's planner by throughput, for engines that compute prompts beside answers: the load that its
/// predictor expects in the next interval, by what a replica bears within limits of its latencies
/// (components/src/dynamo/planner/core/throughput_scaling.py and perf_model/agg.py of ai-dynamo/dynamo,
/// commits 0c9050c and 518a702). The limit of the time between tokens is divided by the factor by which
/// that was longer than expected
/// (components/planner/src/dynamo/planner/utils/planner_core.py, commit 0761925).
package struct DynamoPlanner: Scaler {
  package struct Settings: Hashable, Sendable {
    package var interval = Self.usualInterval
    package var timeToFirstToken = Self.usualTimeToFirstToken
    package var interTokenLatency = Self.usualInterTokenLatency
    package var predictor = LoadPredictor.constant
    /// Intervals that a moving average is of.
    package var window = Self.usualWindow
    package var isCorrected = true

    /// `adjustment_interval`, `ttft`, `itl` and `prophet_window_size` of
    /// components/src/dynamo/planner/defaults.py, commit 0112772.
    package static let usualInterval = SimDuration.second * 180
    package static let usualTimeToFirstToken = SimDuration.millisecond * 500
    package static let usualInterTokenLatency = SimDuration.millisecond * 50
    package static let usualWindow = 50

    package init() {}
  }

  package let settings: Settings
  private let capacity: EngineCapacity
  /// Requests a second, and tokens of a prompt and of an answer.
  private var rate: LoadHistory
  private var input: LoadHistory
  private var output: LoadHistory
  /// Times that tokens take the time that they were expected to.
  private var correction = 1.0
  private var lastLook = SimTime.start

  package init(_ settings: Settings, of capacity: EngineCapacity) {
    precondition(settings.interval > .zero && settings.window >= 1, "a planner without an interval")
    self.settings = settings
    self.capacity = capacity
    let history = LoadHistory(settings.predictor, window: settings.window)
    (rate, input, output) = (history, history, history)
  }

  package mutating func look(at pool: PoolView) -> ScalingDecision {
    let present = pool.ready + pool.starting
    let next = pool.asOf + settings.interval
    // Nobody can have come before the run starts.
    guard pool.asOf > .start else { return ScalingDecision(replicas: present, next: next) }
    let elapsed = pool.asOf.since(lastLook).seconds
    lastLook = pool.asOf
    observe(pool.traffic, in: elapsed)
    correct(pool, in: elapsed)
    let needed = rate.expected.flatMap { replicas(for: $0) } ?? present
    return ScalingDecision(replicas: pool.unsent > 0 ? max(1, needed) : needed, next: next)
  }

  private mutating func observe(_ traffic: PoolTraffic, in seconds: Double) {
    rate.add(Double(traffic.requests) / seconds)
    if traffic.requests > 0 {
      input.add(Double(traffic.promptTokens) / Double(traffic.requests))
    }
    if traffic.finished > 0 {
      output.add(Double(traffic.outputTokens) / Double(traffic.finished))
    }
  }

  /// How much longer than expected tokens took, with as many requests at once as there were.
  private mutating func correct(_ pool: PoolView, in seconds: Double) {
    guard settings.isCorrected, pool.ready > 0, let observed = pool.traffic.interTokenLatency,
      let input = input.expected, let output = output.expected
    else { return }
    let atOnce = Double(pool.traffic.decodeTime) * 1e-12 / seconds
    let batch = max(1, Int((atOnce / Double(pool.ready * capacity.ranks)).rounded()))
    let expected = capacity.stepSeconds(batch: batch, input: input, output: output)
    if expected > 0, observed > 0 { correction = observed / expected }
  }

  /// nil: no request has been answered yet.
  private func replicas(for rate: Double) -> Int? {
    guard let input = input.expected, let output = output.expected else { return nil }
    let most = capacity.requestRate(
      input: input, output: output, ttft: settings.timeToFirstToken.seconds,
      itl: settings.interTokenLatency.seconds / correction)
    return Int(min(1e9, (rate / most).rounded(.up)))
  }
}

/// How a planner tells the next value from those before it.
package enum LoadPredictor: String, CaseIterable, Sendable {
  case constant
  case movingAverage = "moving_average"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .constant: "the next interval is like the last one, as in Dynamo"
    case .movingAverage: "it is like the mean of the last `load_prediction_window_size`"
    }
  }
}

/// What was observed, interval by interval, from the first that was not zero.
private struct LoadHistory: Sendable {
  private let count: Int
  private var values: [Double] = []

  init(_ predictor: LoadPredictor, window: Int) {
    count = predictor == .constant ? 1 : window
  }

  mutating func add(_ value: Double) {
    guard value > 0 || !values.isEmpty else { return }
    values.append(value)
    if values.count > count { values.removeFirst() }
  }

  /// nil: nothing was.
  var expected: Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
