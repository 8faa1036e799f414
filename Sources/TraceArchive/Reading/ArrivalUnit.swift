import TextAndBytes

/// The unit that a trace's arrivals, which are numbers, were read in, and who says so.
struct ArrivalUnit: Hashable, Sendable {
  enum Origin: Hashable, Sendable {
    /// The user.
    case stated
    /// The column's name.
    case named
    /// The format, whatever a file really has.
    case format
    /// Nobody.
    case guessed
  }

  var unit: TimeUnit
  var column: String
  var origin: Origin
}

/// When the requests of a trace came, in nanoseconds as the file counts them.
package struct ArrivalExtent: Hashable, Sendable {
  /// Times further from the origin, 126 years, are no times, and sums of two would overflow.
  package static let furthest: Int64 = 4_000_000_000_000_000_000

  private(set) var count = 0
  private(set) var first = Int64.max
  private(set) var last = Int64.min
  /// Some are no whole numbers of their unit.
  var hasFractions = false

  mutating func add(_ arrival: Int64) {
    count += 1
    first = min(first, arrival)
    last = max(last, arrival)
  }

  var isEmpty: Bool { count == 0 }
  /// Seconds from the first to the last.
  var span: Double { isEmpty ? 0 : Double(last - first) / 1e9 }
  /// Requests a second; nil where all come at once.
  var rate: Double? { span > 0 ? Double(count) / span : nil }

  /// `200 requests over 158.3 s, 1.263 requests/s`.
  func text(_ requests: Int) -> String {
    guard !isEmpty else { return "\(requests) requests without arrivals" }
    let some =
      count < requests ? "\(requests) requests, \(count) with arrivals," : "\(requests) requests"
    guard let rate else { return "\(some) all at one time" }
    return "\(some) over \(TraceStatistics.figure(span)) s, \(Self.rate(rate))"
  }

  private static func rate(_ rate: Double) -> String {
    rate >= 0.001
      ? "\(TraceStatistics.figure(rate)) requests/s"
      : "\(TraceStatistics.figure(rate * 86_400)) a day"
  }
}

/// Whether the unit of times that nobody states can be the right one.
struct UnitDoubt {
  var message: String
  /// The trace is not to be replayed as it is.
  var isGrave: Bool

  /// More of this is what no trace of users has: Azure's busiest public one has some hundred.
  private static let fastest = 500.0
  /// Seconds between requests from which times may well be milliseconds.
  private static let slowest = (guessed: 30.0, format: 600.0)

  /// nil: the unit is said, or the times make sense in it.
  init?(_ arrivals: ArrivalExtent, in unit: ArrivalUnit) {
    guard unit.origin != .stated, arrivals.count > 1 else { return nil }
    guard let other = Self.other(arrivals, unit) else {
      guard unit.unit == .seconds, unit.origin != .named, let rate = arrivals.rate,
        rate > Self.fastest
      else { return nil }
      isGrave = arrivals.count >= 10
      message = """
        \(excerpt(unit.column)): as seconds \(TraceStatistics.figure(rate)) requests/s over \
        \(TraceStatistics.figure(arrivals.span)) s, which no log of users has (a spreadsheet counts \
        days); where it is so: --time-unit s, in a scenario workload.trace.time_unit
        """
      return
    }
    let factor = Self.power(other.decimals - unit.unit.decimals)
    let span = arrivals.span
    func text(_ unit: TimeUnit, _ factor: Double) -> String {
      "as \(unit.name) \(TraceStatistics.figure(Double(arrivals.count) / (span * factor))) requests/s "
        + "over \(TraceStatistics.figure(span * factor)) s"
    }
    let read = text(unit.unit, 1)
    isGrave = unit.origin != .named && (arrivals.count >= 10 || unit.origin == .guessed)
    message = """
      the unit of \(excerpt(unit.column)) is in doubt: \(read), \(text(other, factor)); say which: \
      --time-unit \(unit.unit.rawValue) or \(other.rawValue), in a scenario \
      workload.trace.time_unit
      """
  }

  /// The unit that the times make more sense in.
  private static func other(_ arrivals: ArrivalExtent, _ unit: ArrivalUnit) -> TimeUnit? {
    let units: [TimeUnit] = [.nanoseconds, .microseconds, .milliseconds, .seconds]
    guard let place = units.firstIndex(of: unit.unit), let rate = arrivals.rate else { return nil }
    // A time since 1970 in the next longer unit lies 10 to 46 days after the start in this one.
    let looksLikeEpoch =
      arrivals.first >= 900_000_000_000_000 && arrivals.first < 4_000_000_000_000_000
    if place + 1 < units.count, looksLikeEpoch || rate > fastest { return units[place + 1] }
    guard unit.origin != .named, place > 0 else { return nil }
    let gap = 1 / rate
    return gap > (unit.origin == .guessed ? slowest.guessed : slowest.format)
      ? units[place - 1] : nil
  }

  private static func power(_ exponent: Int) -> Double {
    var value = 1.0
    for _ in 0..<abs(exponent) { value *= 10 }
    return exponent < 0 ? 1 / value : value
  }
}
