import SimKernel

/// When requests (or, in a workload of sessions, their first turns) arrive. Rates are per second.
package enum ArrivalProcess: Hashable, Sendable {
  /// Independent exponential gaps; the first arrival is one gap after the start.
  case poisson(rate: Double)
  /// Independent gamma gaps; `cv` is their coefficient of variation: 1 is Poisson, more is
  /// burstier. The first arrival is one gap after the start.
  case gamma(rate: Double, cv: Double)
  /// Equal gaps; the first arrival is at the start.
  case deterministic(rate: Double)

  /// Arrivals per second in the long run.
  package var rate: Double {
    switch self {
    case .poisson(let rate), .gamma(let rate, _), .deterministic(let rate): rate
    }
  }
}

/// The arrivals of one run, one after another.
struct ArrivalSequence {
  private let process: ArrivalProcess
  private var stream: RandomStream
  private var last = SimTime.start
  private var drawn = 0

  init(_ process: ArrivalProcess, seed: UInt64) {
    precondition(process.rate > 0, "an arrival rate of zero or less")
    self.process = process
    stream = RandomStream(seed: seed, .arrivals)
  }

  mutating func next() -> SimTime {
    // Multiplied, not added up: equal gaps stay on their grid however long the run.
    if case .deterministic(let rate) = process {
      last = SimTime(seconds: Double(drawn) / rate)
    } else {
      last.picoseconds += SimTime(seconds: gap()).picoseconds
    }
    drawn += 1
    precondition(last <= .last, "arrivals go on for longer than the clock")
    return last
  }

  private mutating func gap() -> Double {
    switch process {
    case .deterministic(let rate): return 1 / rate
    case .poisson(let rate): return stream.exponential(mean: 1 / rate)
    case .gamma(let rate, let cv):
      guard cv > 0 else { return 1 / rate }
      let shape = 1 / (cv * cv)
      return stream.gamma(shape: shape, scale: 1 / (rate * shape))
    }
  }
}
