/// How the times of a column are written.
package enum TimeSpelling: Hashable, Sendable {
  case date
  /// A number of the unit from some start.
  case number(TimeUnit)
  /// A number of the unit since 1970.
  case epoch(TimeUnit)

  /// How the values of a column are written; nil where they are no times. `unit` is what the user or
  /// the column's name says; without it, numbers that count from 1970 tell theirs by their size, and
  /// others are taken for seconds.
  package init?(_ values: [String], unit: TimeUnit?) {
    let known = values.filter { !$0.isEmpty }
    guard !known.isEmpty else { return nil }
    let dates = known.count { Timestamp.nanoseconds(Array($0.utf8).span) != nil }
    guard dates * 2 < known.count else {
      self = .date
      return
    }
    let numbers = known.compactMap { text in
      Numbers.decimal(Array(text.utf8).span, scale: 0) == nil ? nil : Double(text)
    }.sorted()
    guard numbers.count * 2 > known.count else { return nil }
    let middle = numbers[numbers.count / 2]
    let epoch = TimeUnit.ofEpoch(middle)
    if let unit {
      self = epoch == unit ? .epoch(unit) : .number(unit)
    } else {
      self = epoch.map { .epoch($0) } ?? .number(.seconds)
    }
  }

  /// Whether it tells the date.
  package var isAbsolute: Bool { if case .number = self { false } else { true } }

  var unit: TimeUnit? {
    switch self {
    case .date: nil
    case .number(let unit), .epoch(let unit): unit
    }
  }

  /// In words, for the user.
  package var words: String {
    switch self {
    case .date: "dates"
    case .number(let unit): unit.name
    case .epoch(let unit): "\(unit.name) since 1970"
    }
  }
}
