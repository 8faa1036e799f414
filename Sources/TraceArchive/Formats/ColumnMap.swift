import TextAndBytes

/// Which columns of a log are which fields: what the user says, and for the rest what the names and
/// values tell.
struct ColumnMap {
  struct Entry {
    var field: TraceField
    var column: String
    /// How its times are written; nil for other fields.
    var time: TimeSpelling?
    /// The user said so.
    var isStated: Bool
  }

  private(set) var entries: [Entry] = []
  private(set) var problems = FileProblems()
  /// Columns that the user wants to stay what they are.
  private var kept: Set<String> = []
  private let path: String
  private let sample: TableSample
  private let options: TraceReadOptions
  private var values: [String: [String]] = [:]

  init(_ sample: TableSample, path: String, options: TraceReadOptions) throws(FileProblems) {
    self.path = path
    self.sample = sample
    self.options = options
    var wanted = options.columns.compactMap { Self.parts($0)?.column }
    wanted += Self.guessed(sample.names).map(\.column)
    wanted += sample.names.filter { CommonColumns.soundsLikeArrival($0) }.prefix(64)
    // What else could be a date.
    wanted += sample.names.prefix(64)
    var seen: Set<String> = []
    values = try sample.values(of: wanted.filter { seen.insert($0).inserted })
    addStated()
    addGuessed()
    checkRequired()
    checkTotals()
    checkTimes()
  }

  /// The first names for each field that a table needs, without a look at its values.
  static func guessed(_ names: [String]) -> [(field: TraceField, column: String)] {
    var best: [TraceField: (rank: Int, place: Int)] = [:]
    for (place, name) in names.enumerated() {
      guard let meaning = CommonColumns.meaning(of: name) else { continue }
      if meaning.rank < best[meaning.field]?.rank ?? .max {
        best[meaning.field] = (meaning.rank, place)
      }
    }
    return best.sorted { $0.value.place < $1.value.place }.map { ($0.key, names[$0.value.place]) }
  }

  private func has(_ field: TraceField) -> Bool { entries.contains { $0.field == field } }

  private mutating func report(_ message: String) {
    problems.add(FileProblem(file: path, message: message))
  }

  /// `field=column` taken apart; nil where the field is none.
  private static func parts(_ entry: String) -> (target: CSVReader.Target, column: String)? {
    let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let target = CSVReader.targets[parts[0]] else { return nil }
    return (target, parts[1])
  }

  private mutating func addStated() {
    let names = Set(sample.names)
    for entry in options.columns {
      guard let (target, column) = Self.parts(entry) else {
        report(Self.fault(entry))
        continue
      }
      guard names.contains(column) else {
        let hint = Spelling.hint(for: column, of: sample.names)
        report("has no column \(excerpt(column))\(hint); it has \(namesShown)")
        continue
      }
      guard target.field != .extra else {
        kept.insert(column)
        continue
      }
      if let twice = entries.first(where: { $0.field == target.field }) {
        report(
          "\(target.field.name) is to be \(excerpt(twice.column)) and \(excerpt(column)); one column"
        )
        continue
      }
      add(target.field, column, unit: target.unit, isStated: true)
    }
  }

  private mutating func addGuessed() {
    let taken = Set(entries.map(\.column)).union(kept)
    let left = sample.names.filter { !taken.contains($0) }
    for (field, column) in Self.guessed(left) where !has(field) && fits(column, field) {
      if field == .arrival {
        addArrival(CommonColumns.columns(of: field, among: left))
      } else if field.isRequired {
        // Of two names for one count, one may be there and never be filled in.
        let known = CommonColumns.columns(of: field, among: left)
        add(field, known.first(where: isFilled) ?? column, unit: nil, isStated: false)
      } else {
        add(field, column, unit: CommonColumns.meaning(of: column)?.unit, isStated: false)
      }
    }
  }

  /// The surest column that has times. `time` may be how long it took: it is not where others have
  /// dates or it does not grow.
  private mutating func addArrival(_ candidates: [String]) {
    func spelling(_ column: String) -> TimeSpelling? {
      let unit = options.timeUnit ?? CommonColumns.meaning(of: column)?.unit
      return TimeSpelling(values[column] ?? [], unit: unit)
    }
    let hasDates = candidates.contains { spelling($0)?.isAbsolute ?? false }
    for column in candidates {
      let found = values[column] ?? []
      guard found.contains(where: { !$0.isEmpty }) else { continue }
      let isAbsolute = spelling(column)?.isAbsolute ?? false
      if CommonColumns.isVague(column), !isAbsolute, hasDates || !Self.isGrowing(found) { continue }
      return add(
        .arrival, column, unit: CommonColumns.meaning(of: column)?.unit, isStated: false)
    }
  }

  private func isFilled(_ column: String) -> Bool {
    (values[column] ?? []).contains { !$0.isEmpty && $0 != "0" && !Numbers.isUnknown($0) }
  }

  private mutating func add(
    _ field: TraceField, _ column: String, unit: TimeUnit?, isStated: Bool
  ) {
    guard field == .arrival else {
      return entries.append(
        Entry(field: field, column: column, time: unit.map { .number($0) }, isStated: isStated))
    }
    let values = values[column] ?? []
    guard let time = TimeSpelling(values, unit: options.timeUnit ?? unit) else {
      guard isStated || values.contains(where: { !$0.isEmpty }) else { return }
      let fault = values.first { !$0.isEmpty && Double($0) == nil } ?? values.first { !$0.isEmpty }
      let found = fault.map { "found \(excerpt($0))" } ?? "has no value"
      return report(
        """
        \(column): \(found); times are dates like 2024-05-10T13:55:36.250Z or numbers\
        \(fault.map(Self.hint) ?? "")\(leave(column))
        """)
    }
    if case .epoch = time, let rounded = values.first(where: Self.isRounded) {
      return report(
        """
        \(column): found \(excerpt(rounded)), from which a spreadsheet has cut digits; write all of \
        them\(leave(column))
        """)
    }
    if case .number = time, options.timeUnit == nil, unit == nil,
      let date = values.first(where: { !$0.isEmpty }), values.allSatisfy(Self.isDateInDigits)
    {
      return report(
        """
        \(column): found \(excerpt(date)), a date in digits; dates are written like \
        2024-05-10T13:55:36.250Z, and --time-unit s says that these are seconds\(leave(column))
        """)
    }
    entries.append(Entry(field: field, column: column, time: time, isStated: isStated))
  }

  private func leave(_ column: String) -> String {
    "; --map extra=\(column) leaves the column aside"
  }

  private static func isGrowing(_ values: [String]) -> Bool {
    let numbers = values.compactMap { Double($0) }
    guard numbers.count > 1 else { return true }
    return zip(numbers.dropFirst(), numbers).allSatisfy { $0 >= $1 }
      && numbers.last ?? 0 > numbers.first ?? 0
  }

  /// `1.77244E+12`, a time since 1970 that is not even told to the second.
  private static func isRounded(_ value: String) -> Bool {
    guard let exponent = value.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return false }
    return value[..<exponent].count(where: \.isNumber) < 10
  }

  /// `20240510`, maybe with hours, minutes and seconds.
  private static func isDateInDigits(_ value: String) -> Bool {
    let digits = value.utf8.map { Int($0) - 48 }
    guard [8, 12, 14].contains(digits.count), digits.allSatisfy((0...9).contains) else {
      return value.isEmpty
    }
    let month = digits[4] * 10 + digits[5]
    let day = digits[6] * 10 + digits[7]
    return [19, 20].contains(digits[0] * 10 + digits[1]) && (1...12).contains(month)
      && (1...31).contains(day)
  }

  /// What is amiss with a value that nearly is a time.
  private static func hint(_ value: String) -> String {
    let day = value.prefix { $0 != " " }
    let isNumeric = day.utf8.allSatisfy { (44...58).contains($0) }
    if isNumeric, day.contains("/") || day.count(where: { $0 == "." }) > 1 {
      return "; whether a day or a month stands first is not clear, so write the year first"
    }
    if isNumeric, day.contains(":") { return "; a time of day needs its date in the same column" }
    if isNumeric, day.contains(",") { return "; decimals are written with a point" }
    if value.hasPrefix("{") {
      return "; each request is an object of its own (pandas: to_json(orient=\"records\"))"
    }
    let zone = value.split(separator: " ").last ?? ""
    let isZone = zone.count > 1 && zone.count < 6 && zone.allSatisfy(\.isLetter)
    return isZone ? "; zones are written like +01:00" : ""
  }

  /// Whether values can be those of a field that describes a request and does not change a run. Other
  /// fields are read, or refused.
  private func fits(_ column: String, _ field: TraceField) -> Bool {
    let known = (values[column] ?? []).filter { !$0.isEmpty }
    switch field.kind {
    case .choice(let words) where field != .sloClass:
      return known.allSatisfy { words.contains($0) }
    case .flag:
      return known.allSatisfy { ["0", "1", "true", "false", "True", "False"].contains($0) }
    case .integer where ![.arrival, .inputTokens, .outputTokens, .turn, .priority].contains(field):
      return known.allSatisfy { Double($0) != nil || Numbers.isUnknown($0) }
    default: return true
    }
  }

  private mutating func checkRequired() {
    for field in [TraceField.inputTokens, .outputTokens] where !has(field) {
      let wanted = field.name
      let near = Spelling.nearest(to: wanted, of: sample.names)
      let word = field == .inputTokens ? "prompt" : "output"
      report(
        """
        no column says how many \(word) tokens a request has; \
        \(Self.howToMap(wanted, near ?? "COLUMN")); the columns are \(namesShown)
        """)
    }
  }

  /// Rows that sum requests up are no requests.
  private mutating func checkTotals() {
    for name in sample.names where CommonColumns.countsRequests(name) && !kept.contains(name) {
      guard let many = (values[name] ?? []).first(where: { Double($0) ?? 0 > 1 }) else { continue }
      return report(
        """
        \(name): found \(excerpt(many)): rows sum requests up, and a log has a row for each; \
        --map extra=\(name) takes each row for one request
        """)
    }
  }

  /// Without arrivals a replay would have to make them up: what could be times has to be read.
  private mutating func checkTimes() {
    for name in sample.names {
      guard let field = CommonColumns.isWaitWithoutUnit(name), !has(field), !kept.contains(name)
      else { continue }
      let base = String(field.name.dropLast(3))
      report(
        """
        \(name): states no unit; --map \(base)_s=\(name) for seconds, \(base)_ms for milliseconds\
        \(leave(name))
        """)
    }
    guard !has(.arrival), problems.isEmpty else { return }
    let left = sample.names.filter { !kept.contains($0) }
    for name in left where couldBeArrival(name) {
      return report(
        """
        \(excerpt(name)) looks like the times of requests, and nothing reads it; \
        \(Self.howToMap("arrival", name))\(leave(name))
        """)
    }
  }

  private func couldBeArrival(_ name: String) -> Bool {
    guard !entries.contains(where: { $0.column == name }) else { return false }
    let values = values[name] ?? []
    guard values.contains(where: { !$0.isEmpty }) else { return false }
    if CommonColumns.soundsLikeArrival(name) { return true }
    return TimeSpelling(values, unit: nil)?.isAbsolute ?? false
  }

  private var namesShown: String { Spelling.quoted(sample.names) }

  private static func howToMap(_ field: String, _ column: String) -> String {
    "--map \(field)=\(column), in a scenario workload.trace.columns: {\(field): \(column)}"
  }

  private static func fault(_ entry: String) -> String {
    let name = String(entry.prefix { $0 != "=" })
    let hint = Spelling.hint(for: name, of: CSVReader.targets.keys.sorted())
    return """
      --map: found \(excerpt(entry)); expected FIELD=COLUMN with a field of llm-trace, times also \
      with _s, _ms or _ns, or without a unit, or extra for a column to be left aside\(hint)
      """
  }
}
