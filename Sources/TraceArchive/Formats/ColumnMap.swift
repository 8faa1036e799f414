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
  private(set) var problems = TraceProblems()
  /// Columns that the user wants to stay what they are.
  private var kept: Set<String> = []
  private let path: String
  private let sample: TableSample
  private let options: TraceReadOptions
  private var values: [String: [String]] = [:]

  init(_ sample: TableSample, path: String, options: TraceReadOptions) throws(TraceProblems) {
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
    problems.add(TraceProblem(file: path, message: message))
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
    for (field, column) in Self.guessed(sample.names.filter { !taken.contains($0) })
    where !has(field) && fits(column, field) {
      add(field, column, unit: CommonColumns.meaning(of: column)?.unit, isStated: false)
    }
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
      let found = values.first { !$0.isEmpty }.map { "found \(excerpt($0))" } ?? "has no value"
      return report(
        "\(column): \(found); times are dates like 2024-05-10T13:55:36.250Z or numbers\(leave(column))"
      )
    }
    // `time` may be how long it took.
    if !isStated, !time.isAbsolute, CommonColumns.isVague(column), !Self.isAscending(values) {
      return
    }
    entries.append(Entry(field: field, column: column, time: time, isStated: isStated))
  }

  private func leave(_ column: String) -> String {
    "; --map extra=\(column) leaves the column aside"
  }

  private static func isAscending(_ values: [String]) -> Bool {
    let numbers = values.compactMap { Double($0) }
    return zip(numbers.dropFirst(), numbers).allSatisfy { $0 >= $1 }
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
      return known.allSatisfy { Double($0) != nil }
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
