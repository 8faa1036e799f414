package import ServingSim
package import SimKernel

/// As many replicas as the requests need that came one period ago in the time that lies ahead, or that came
/// just now, whichever are more. Nothing is known of the future but that it is like the past.
package struct PredictiveScaler: Scaler {
  package struct Settings: Hashable, Sendable {
    /// Requests a second that a replica is to have, above 0.
    package var target: Double
    package var interval: SimDuration
    /// After how long the load is as before.
    package var period = Self.usualPeriod
    /// How far ahead of the load a replica has to be asked for.
    package var lookAhead: SimDuration

    package static let usualPeriod = SimDuration.second * 86_400

    package init(target: Double, interval: SimDuration, lookAhead: SimDuration) {
      precondition(target > 0 && interval > .zero, "a scaler without a target")
      self.target = target
      self.interval = interval
      self.lookAhead = lookAhead
    }
  }

  package var settings: Settings
  /// Requests that came in each interval since the run's start, the last of which may go on.
  private var counts: [Int] = []

  package init(_ settings: Settings) { self.settings = settings }

  package mutating func look(at pool: PoolView) -> ScalingDecision {
    let interval = Instant(settings.interval.picoseconds)
    let now = pool.asOf.picoseconds
    let next = SimTime(picoseconds: (now / interval + 1) * interval)
    // Nobody can have come before the run starts.
    guard now > 0 else { return ScalingDecision(replicas: pool.ready + pool.starting, next: next) }
    let slot = Int((now - 1) / interval)
    while counts.count <= slot { counts.append(0) }
    counts[slot] += pool.traffic.requests
    let most = expected(from: Int(now / interval), through: Int((now + ahead) / interval))
    let perSecond = Double(most) / settings.interval.seconds
    let replicas = Int(min(1e9, (perSecond / settings.target).rounded(.up)))
    return ScalingDecision(replicas: pool.unsent > 0 ? max(1, replicas) : replicas, next: next)
  }

  private var ahead: Instant { Instant(settings.lookAhead.picoseconds) }

  /// The most requests of an interval: of the last whole one, and of those a period before the
  /// intervals `first` to `last`, as far as they were within the run.
  private func expected(from first: Int, through last: Int) -> Int {
    let whole = counts.prefix(first)
    let interval = settings.interval.picoseconds
    let periods = Int((settings.period.picoseconds + interval / 2) / interval)
    let past = whole.indices.clamped(to: max(0, first - periods)..<max(0, last - periods + 1))
    return max(whole.last ?? 0, whole[past].max() ?? 0)
  }
}
