/// The units of time that columns of logs are in.
package enum TimeUnit: String, CaseIterable, Hashable, Sendable {
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "us"
  case nanoseconds = "ns"

  /// Decimal places between the unit and a nanosecond.
  package var decimals: Int {
    switch self {
    case .seconds: 9
    case .milliseconds: 6
    case .microseconds: 3
    case .nanoseconds: 0
    }
  }

  /// The unit in a word.
  package var name: String {
    switch self {
    case .seconds: "seconds"
    case .milliseconds: "milliseconds"
    case .microseconds: "microseconds"
    case .nanoseconds: "nanoseconds"
    }
  }

  /// The unit in which a number is a time since 1970 that a log of LLM requests could hold (1998 to
  /// 2096); nil for smaller ones, which count from somewhere else.
  package static func ofEpoch(_ value: Double) -> TimeUnit? {
    var seconds = value
    for unit in [TimeUnit.seconds, .milliseconds, .microseconds, .nanoseconds] {
      if (9e8..<4e9).contains(seconds) { return unit }
      seconds /= 1000
    }
    return nil
  }

  /// The unit that a column's name ends in (`arrival_ms`, `Time (s)`, `startTimeUnixNano`).
  package static func named(_ word: String) -> TimeUnit? { words[word] }

  private static let words: [String: TimeUnit] = {
    let names: [(TimeUnit, [String])] = [
      (.seconds, ["s", "sec", "secs", "second", "seconds"]),
      (.milliseconds, ["ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds"]),
      (.microseconds, ["us", "usec", "usecs", "micro", "micros", "microsecond", "microseconds"]),
      (.nanoseconds, ["ns", "nsec", "nsecs", "nano", "nanos", "nanosecond", "nanoseconds"]),
    ]
    var words: [String: TimeUnit] = [:]
    for (unit, spellings) in names { for word in spellings { words[word] = unit } }
    return words
  }()
}
