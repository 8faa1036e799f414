/// How the times of a column are written.
enum TimeSpelling: Hashable, Sendable {
  case date
  /// A number of the unit from some start.
  case number(TimeUnit)
  /// A number of the unit since 1970.
  case epoch(TimeUnit)

  /// How the values of a column are written; nil where they are no times. `unit` is what the user or
  /// the column's name says; without it, numbers that count from 1970 tell theirs by their size, and
  /// others are taken for seconds.
  init?(_ values: [String], unit: TimeUnit?) {
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
  var isAbsolute: Bool { if case .number = self { false } else { true } }

  var unit: TimeUnit? {
    switch self {
    case .date: nil
    case .number(let unit), .epoch(let unit): unit
    }
  }

  /// In words, for the user.
  var words: String {
    switch self {
    case .date: "dates"
    case .number(let unit): unit.name
    case .epoch(let unit): "\(unit.name) since 1970"
    }
  }
}

extension TimeUnit {
  /// How a user says that times have a unit.
  static func howToSay(_ unit: TimeUnit) -> String {
    "--time-unit \(unit.rawValue), in a scenario workload.trace.time_unit: \(unit.rawValue)"
  }
}

/// What a reader took a column for.
package struct ColumnMeaning: Hashable, Sendable {
  package var field: TraceField
  package var column: String
  /// How its times are written, where it has any.
  var time: TimeSpelling?

  init(field: TraceField, column: String, time: TimeSpelling? = nil) {
    self.field = field
    self.column = column
    self.time = time
  }

  /// `arrival = created_at (dates)`.
  package var text: String {
    let name = field.name.hasSuffix("_us") ? String(field.name.dropLast(3)) : field.name
    return "\(name) = \(column)" + (time.map { " (\($0.words))" } ?? "")
  }
}
