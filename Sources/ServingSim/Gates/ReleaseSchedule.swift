import SimKernel

/// When each request that can wait is released.
///
/// Time is cut into slots as long as the plan's spacing, and at the beginning of each slot one held
/// request is released. A request gets the free slot before its latest release in which the
/// signal's mean over the plan's reserve is least, the earliest among equals, if that is less than
/// now. Between two points at which the mean can turn it is a straight line over time, so of the
/// slots between them only the first and the last free one can be least.
struct ReleaseSchedule {
  private let signal: StepSeries
  private let spacing: Instant
  private let reserve: Instant
  private var taken = TakenSlots()

  /// Differences below this share are floating point's, and not worth waiting for.
  private static let tolerance = 1e-9

  init(_ plan: ShiftPlan) {
    signal = plan.signal
    spacing = Instant(plan.spacing.picoseconds)
    reserve = Instant(plan.reserve.picoseconds)
  }

  /// When a request that arrives at `now` and has to end by `due` is released; `now` when it cannot
  /// wait, or when no free slot is better.
  mutating func release(at now: Instant, due: Instant) -> Instant {
    let latest = min(due, SimTime.last.picoseconds) - reserve
    guard latest > now else { return now }
    var best = Candidate(slot: nil, mean: mean(from: now))
    var start = now
    for turn in turns(from: now, to: latest) + [latest] {
      // What begins now is compared with already.
      let first = start == now ? now / spacing + 1 : (start + spacing - 1) / spacing
      consider(first, through: turn / spacing, &best)
      start = turn
    }
    guard let slot = best.slot else { return now }
    taken.take(slot)
    return slot * spacing
  }

  private struct Candidate {
    /// nil: now.
    var slot: Int128?
    var mean: Double
  }

  private mutating func consider(_ first: Int128, through last: Int128, _ best: inout Candidate) {
    guard let low = taken.firstFree(from: first, through: last),
      let high = taken.lastFree(from: first, through: last)
    else { return }
    consider(low, &best)
    if high > low { consider(high, &best) }
  }

  private func consider(_ slot: Int128, _ best: inout Candidate) {
    let mean = mean(from: slot * spacing)
    guard mean < best.mean - Self.tolerance * abs(best.mean) else { return }
    best = Candidate(slot: slot, mean: mean)
  }

  /// Of the signal while a request released at `time` is taken to run.
  private func mean(from time: Instant) -> Double {
    signal.mean(
      fromSeconds: Double(time) / 1e12, toSeconds: Double(time + reserve) / 1e12)
  }

  /// Where the mean from a time on over the reserve can turn: where a value of the signal begins,
  /// and a reserve before. Ascending, strictly between the two times.
  private func turns(from start: Instant, to end: Instant) -> [Instant] {
    let millisecond = Instant(SimDuration.millisecond.picoseconds)
    let starts = signal.starts(
      from: Int64(start / millisecond), through: Int64((end + reserve) / millisecond)
    ).map { Instant($0) * millisecond }
    return (starts.map { $0 - reserve } + starts).filter { $0 > start && $0 < end }.sorted()
  }
}
