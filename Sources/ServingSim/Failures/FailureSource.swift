import SimKernel

/// Where a rule's failures come from: one for all its targets, or one for each.
struct FailureSource {
  let rule: FailureRule
  /// The first rank of the one replica that it hits; nil: all that the rule is for.
  let replica: Int32?
  private var random: RandomStream

  /// `index`: of the rule.
  init(_ rule: FailureRule, index: Int, replica: Int32?, seed: UInt64) {
    self.rule = rule
    self.replica = replica
    let entity = UInt64(index) << 32 | UInt64(replica.map { $0 + 1 } ?? 0)
    random = RandomStream(seed: seed, .failures, index: entity)
  }

  /// When it strikes first, having been there since `start`.
  mutating func first(from start: Instant) -> Instant {
    switch rule.time {
    case .at(let time): time.picoseconds
    case .every(let seconds): start + draw(seconds)
    }
  }

  /// When it strikes next, and for how long now; the greatest: never, and for good.
  mutating func strike(at now: Instant) -> (next: Instant, repair: Instant) {
    let repair: Instant
    switch rule.failure.repair {
    case .after(let time): repair = Instant(time.picoseconds)
    case .mean(let mean): repair = draw(mean.seconds)
    case .never: return (.max, .max)
    }
    guard case .every(let seconds) = rule.time else { return (.max, repair) }
    return (now + notice + repair + draw(seconds), repair)
  }

  private var notice: Instant {
    guard case .reclaim(let notice) = rule.failure.kind else { return 0 }
    return Instant(notice.picoseconds)
  }

  /// At most as long as the clock goes.
  private mutating func draw(_ seconds: Double) -> Instant {
    SimTime(seconds: random.exponential(mean: seconds)).picoseconds
  }
}
