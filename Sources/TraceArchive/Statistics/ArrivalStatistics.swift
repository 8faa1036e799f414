import TextAndBytes

/// How requests arrive, with what comes from a rate that drifts kept apart from local burstiness.
package struct ArrivalStatistics: Sendable {
  package var count: Int
  /// Microseconds.
  package var span: Int64
  /// Requests a second.
  package var rate: Double
  /// Standard deviation over mean of the gaps between arrivals; 1 for a Poisson process.
  package var gapVariation: Double
  /// The same within windows, so that a drifting rate does not count: the median of the windows.
  package var localVariation: Double?
  /// Microseconds of such a window.
  package var window: Int64?
  /// Standard deviation over mean of the windows' rates: the drift.
  package var rateVariation: Double?
  /// Share of gaps of 0.
  package var tiedShare: Double
  /// Share of the time that gaps of 10 s and more take up.
  package var idleShare: Double
  /// Microseconds that most gaps between different times are a multiple of, within a thousandth,
  /// where the clock is coarser than the gaps; nil for a fine clock.
  package var tick: Int64?
  /// Variance over mean of the requests in windows of so many seconds; 1 for a Poisson process.
  package var dispersion: [(seconds: Int, index: Double, peakToMean: Double)]
  /// Requests an hour of the day, over their mean; nil for less than a day.
  package var hours: [Double]?
  /// Requests a day on weekdays over those at weekends; nil where the dates are not known.
  package var weekdayToWeekend: Double?

  /// nil for fewer than two arrivals, or all at once.
  package init?(_ table: TraceTable) {
    let arrivals = table.sortedArrivals
    guard arrivals.count > 1, let first = arrivals.first, let last = arrivals.last, last > first
    else { return nil }
    let span = last - first
    count = arrivals.count
    self.span = span
    rate = Double(arrivals.count) / (Double(span) / 1e6)
    let gaps = zip(arrivals.dropFirst(), arrivals).map { Double($0 - $1) }
    gapVariation = Summary(gaps)?.variation ?? 0
    tiedShare = Double(gaps.count { $0 == 0 }) / Double(gaps.count)
    idleShare = gaps.reduce(0) { $0 + ($1 >= 1e7 ? $1 : 0) } / Double(span)
    tick = Self.tick(arrivals)
    dispersion = [1, 10, 60, 600].compactMap { seconds in
      guard span >= Int64(seconds) * 10_000_000 else { return nil }
      return Self.dispersion(arrivals, seconds: seconds)
    }
    let window = [Int64(3600), 300, 60].map { $0 * 1_000_000 }.first { span >= 10 * $0 }
    self.window = window
    if let window {
      (localVariation, rateVariation) = Self.local(arrivals, window: window)
    }
    hours = Self.hours(arrivals, origin: table.header.originMicroseconds)
    weekdayToWeekend = table.header.originMicroseconds.flatMap { Self.weekdays(arrivals, $0) }
  }

  private static func local(
    _ arrivals: [Int64], window: Int64
  ) -> (variation: Double?, rates: Double?) {
    var variations: [Double] = []
    var start = 0
    for (_, end) in windows(arrivals, window) {
      let inside = arrivals[start..<end]
      start = end
      guard inside.count >= 20 else { continue }
      let gaps = zip(inside.dropFirst(), inside).map { Double($0 - $1) }
      if let variation = Summary(gaps)?.variation { variations.append(variation) }
    }
    let counts = counts(arrivals, window)
    let median = variations.isEmpty ? nil : Summary.quantile(variations.sorted(), 0.5)
    return (median, Summary(counts)?.variation)
  }

  /// The windows that hold arrivals, each with the place behind its last.
  private static func windows(
    _ arrivals: [Int64], _ window: Int64
  ) -> [(number: Int64, end: Int)] {
    var windows: [(number: Int64, end: Int)] = []
    for (place, arrival) in arrivals.enumerated() {
      let number = (arrival - arrivals[0]) / window
      if windows.last?.number == number {
        windows[windows.count - 1].end = place + 1
      } else {
        windows.append((number, place + 1))
      }
    }
    return windows
  }

  /// More windows than this say nothing about a trace and would fill the memory.
  private static let mostWindows: Int64 = 4_000_000

  /// Requests of each whole window from the first arrival on; none for too many windows.
  static func counts(_ arrivals: [Int64], _ window: Int64) -> [Double] {
    guard let first = arrivals.first, let last = arrivals.last,
      (last - first) / window <= mostWindows
    else { return [] }
    var counts = [Double](repeating: 0, count: Int((last - first) / window))
    for arrival in arrivals {
      let place = Int((arrival - first) / window)
      if place < counts.count { counts[place] += 1 }
    }
    return counts
  }

  private static func dispersion(
    _ arrivals: [Int64], seconds: Int
  ) -> (seconds: Int, index: Double, peakToMean: Double)? {
    let counts = counts(arrivals, Int64(seconds) * 1_000_000)
    guard let summary = Summary(counts) else { return nil }
    return (
      seconds, summary.deviation * summary.deviation / summary.mean,
      summary.maximum / summary.mean
    )
  }

  /// A clock is coarse when most requests share their time with others or sit on whole multiples of
  /// the smallest usual step.
  private static func tick(_ arrivals: [Int64]) -> Int64? {
    var steps = zip(arrivals.dropFirst(), arrivals).map { $0 - $1 }.filter { $0 > 0 }
    guard steps.count > 10 else { return nil }
    steps.sort()
    let common = steps[steps.count / 10]
    guard common >= 1000 else { return nil }
    let unit = roundUnit(common)
    let near = steps.count { step in
      let rest = step % unit
      return min(rest, unit - rest) <= max(unit / 500, 1)
    }
    guard Double(near) > 0.98 * Double(steps.count) else { return nil }
    return unit
  }

  /// The step rounded to what a clock would have: three digits.
  private static func roundUnit(_ step: Int64) -> Int64 {
    var scale: Int64 = 1
    while step / scale >= 1000 { scale *= 10 }
    return (step + scale / 2) / scale * scale
  }

  private static func hours(_ arrivals: [Int64], origin: Int64?) -> [Double]? {
    guard let first = arrivals.first, let last = arrivals.last else { return nil }
    let day: Int64 = 86_400_000_000
    guard last - first >= day * 9 / 10 else { return nil }
    var counts = [Double](repeating: 0, count: 24)
    for arrival in arrivals {
      let ofDay = ((arrival + (origin ?? 0)) % day + day) % day
      counts[Int(ofDay / 3_600_000_000)] += 1
    }
    let mean = Double(arrivals.count) / 24
    return counts.map { $0 / mean }
  }

  private static func weekdays(_ arrivals: [Int64], _ origin: Int64) -> Double? {
    let day: Int64 = 86_400_000_000
    guard let first = arrivals.first, let last = arrivals.last, last - first >= 6 * day else {
      return nil
    }
    var counts: [Int64: Double] = [:]
    for arrival in arrivals { counts[(arrival + origin) / day, default: 0] += 1 }
    // 1970 began on a Thursday.
    let weekend = counts.filter { ($0.key + 3) % 7 >= 5 }.values
    let week = counts.filter { ($0.key + 3) % 7 < 5 }.values
    guard !weekend.isEmpty, !week.isEmpty else { return nil }
    let means = (
      week.reduce(0, +) / Double(week.count), weekend.reduce(0, +) / Double(weekend.count)
    )
    return means.0 / means.1
  }
}

extension TraceHeader {
  /// `time.origin` in microseconds since 1970.
  var originMicroseconds: Int64? {
    self["time", "origin"]?.text.flatMap { Timestamp.nanoseconds(Array($0.utf8).span) }
      .map { $0 / 1000 }
  }
}
