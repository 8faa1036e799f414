import SimKernel

/// Times as a run's files have them: an instant in two numbers, since 64 bits do not hold it.
enum RunClock {
  static let picosecondsOfSecond: Int64 = 1_000_000_000_000
  /// The longest span in picoseconds.
  static let most = Int64.max
  /// The frontend's latency can lie after the clock's end.
  private static let lastInstant = SimTime.last + .longest

  /// Whole seconds, and the picoseconds within the second; nil: never.
  static func split(_ time: SimTime) -> (seconds: Int64, picoseconds: Int64)? {
    guard !time.isNever else { return nil }
    let (seconds, rest) = time.picoseconds.quotientAndRemainder(
      dividingBy: Instant(picosecondsOfSecond))
    return (Int64(seconds), Int64(rest))
  }

  /// The counterpart of `split`; nil: no run has such an instant.
  static func join(seconds: Int64, picoseconds: Int64) -> SimTime? {
    guard seconds >= 0, (0..<picosecondsOfSecond).contains(picoseconds) else { return nil }
    let time = SimTime(
      picoseconds: Instant(seconds) * Instant(picosecondsOfSecond) + Instant(picoseconds))
    return time <= lastInstant ? time : nil
  }

  /// How many windows reach to `end` and no further than they have to.
  static func windows(of length: SimDuration, until end: SimTime) -> Int {
    max(1, Int(clamping: (end.picoseconds - 1) / Instant(length.picoseconds) + 1))
  }

  /// When window `index` begins, and how long it is: the last one ends with the run.
  static func window(
    _ index: Int, of length: SimDuration, until end: SimTime
  ) -> (start: SimTime, length: SimDuration) {
    let start = SimTime(picoseconds: Instant(length.picoseconds) * Instant(index))
    return (start, min(length, end.since(start)))
  }
}
