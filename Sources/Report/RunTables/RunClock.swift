import SimKernel

/// Times as a run's files have them. The one place that knows how wide the clock is.
enum RunClock {
  static let picosecondsOfSecond: Int64 = 1_000_000_000_000
  /// The longest span of a run in picoseconds: the frontend's latency can lie after the clock's end.
  static let most = 2 * SimDuration.longest.picoseconds

  /// Whole seconds, and the picoseconds within the second; nil: never.
  static func split(_ time: SimTime) -> (seconds: Int64, picoseconds: Int64)? {
    guard !time.isNever else { return nil }
    let (seconds, rest) = time.picoseconds.quotientAndRemainder(dividingBy: picosecondsOfSecond)
    return (Int64(seconds), Int64(rest))
  }

  /// The counterpart of `split`; nil: no run has such an instant.
  static func join(seconds: Int64, picoseconds: Int64) -> SimTime? {
    guard seconds >= 0, (0..<picosecondsOfSecond).contains(picoseconds) else { return nil }
    let (whole, overflows) = seconds.multipliedReportingOverflow(by: picosecondsOfSecond)
    guard !overflows, whole <= most, picoseconds <= most - whole else { return nil }
    return SimTime(picoseconds: whole + picoseconds)
  }

  static func picoseconds(_ duration: SimDuration) -> Int64 { duration.picoseconds }

  /// nil: no run has such a span.
  static func duration(_ picoseconds: Int64) -> SimDuration? {
    (0...most).contains(picoseconds) ? SimDuration(picoseconds: picoseconds) : nil
  }

  /// How many windows reach to `end` and no further than they have to.
  static func windows(of length: SimDuration, until end: SimTime) -> Int {
    max(1, Int((end.picoseconds - 1) / length.picoseconds + 1))
  }

  /// When window `index` begins, and how long it is: the last one ends with the run.
  static func window(
    _ index: Int, of length: SimDuration, until end: SimTime
  ) -> (start: SimTime, length: SimDuration) {
    let start = SimTime(picoseconds: length.picoseconds * Int64(index))
    return (start, min(length, end - start))
  }
}
