import TextAndBytes

/// Any CSV with a header, or JSON Lines of flat or nested objects: the logs of gateways and servers.
/// Columns are told by well-known names, or by a map.
enum CSVReader: TraceReader {
  static let summary = "any log as CSV or JSON Lines (columns by name, or by --map)"
  static let isJSONLines: Bool? = nil
  static let required = ["input_tokens", "output_tokens"]
  static let fields = TraceField.allCases

  typealias Target = (field: TraceField, unit: TimeUnit?)

  /// What a map can name: a field and, for times, its unit.
  static let targets: [String: Target] = {
    var targets: [String: Target] = [:]
    for field in fields where field != .requestID {
      guard field.name.hasSuffix("_us") else {
        targets[field.name] = (field, nil)
        continue
      }
      for unit in TimeUnit.allCases {
        targets[String(field.name.dropLast(2)) + unit.rawValue] = (field, unit)
      }
    }
    targets["arrival"] = (.arrival, nil)
    targets["arrival_date"] = (.arrival, nil)
    return targets
  }()

  static func canRead(_ names: [String]) -> Bool {
    canRead(ColumnMap.guessed(names))
  }

  static func canRead(_ found: [(field: TraceField, column: String)]) -> Bool {
    [TraceField.inputTokens, .outputTokens].allSatisfy { field in
      found.contains { $0.field == field }
    }
  }

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let sample = try TableSample(path: feed.path)
    let map = try ColumnMap(sample, path: feed.path, options: feed.options)
    guard map.problems.isEmpty else { throw map.problems }
    let entries = map.entries
    if entries.contains(where: { ColumnName($0.column)?.base == "usertokens" }) {
      feed.header["tokens", "input_semantics"] = .string("new_only")
    }
    let arrival = entries.first { $0.field == .arrival }
    feed.hasDates = arrival?.time?.isAbsolute ?? false
    feed.unit = arrival.flatMap { entry in
      guard case .number(let unit) = entry.time else { return nil }
      let isNamed = CSVReader.isNamed(entry, feed.options)
      return ArrivalUnit(unit: unit, column: entry.column, origin: isNamed ? .named : .guessed)
    }
    try read(entries, sample, feed)
  }

  /// Whether the unit of a column is said, by its name or by the user.
  private static func isNamed(_ entry: ColumnMap.Entry, _ options: TraceReadOptions) -> Bool {
    options.timeUnit != nil || ColumnName(entry.column)?.unit != nil
      || options.columns.contains { $0.hasPrefix("arrival_") && $0.hasSuffix("=\(entry.column)") }
  }

  private static func read(
    _ entries: [ColumnMap.Entry], _ sample: TableSample, _ feed: TraceFeed
  ) throws(FileProblems) {
    var columns = entries.map(\.column)
    let parts = parts(of: entries, sample.names)
    let firstPart = columns.count
    columns += parts.map(\.column)
    let rest = columns.count
    // Rows that name others do so by this.
    let names = entries.contains { $0.field == .parentID || $0.field == .dependsOn }
    if names, sample.names.contains("request_id") { columns.append("request_id") }
    feed.meanings = entries.map { entry in
      let names = [entry.column] + parts.filter { $0.field == entry.field }.map(\.column)
      return ColumnMeaning(
        field: entry.field, column: names.joined(separator: " + "), time: entry.time)
    }
    let layout = RowLayout(syntax: sample.syntax, required: [], optional: columns)
    try feed.eachRow(layout) { rows, record in
      for (column, entry) in entries.enumerated() {
        switch entry.time {
        case .date: rows.takeDate(&record, column)
        case .epoch(let unit): rows.takeEpoch(&record, column, unit)
        case .number(let unit): rows.take(&record, entry.field, column, unit)
        case nil where entry.field.isRequired: rows.need(&record, entry.field, column)
        case nil: rows.take(&record, entry.field, column)
        }
      }
      if columns.count > rest { rows.need(&record, .requestID, rest) }
      guard firstPart < rest else { return }
      for (place, part) in parts.enumerated() where !rows.isAbsent(firstPart + place) {
        let tokens = Int64(rows.tokens(firstPart + place) ?? 0)
        record[part.field] = (record[part.field] ?? 0) + tokens
      }
      record[text: .extra] = rows.extra(with: Array(firstPart..<rest))
    }
  }

  /// The columns whose tokens come on top of those of others that were guessed.
  private static func parts(
    of entries: [ColumnMap.Entry], _ names: [String]
  ) -> [(field: TraceField, column: String)] {
    entries.filter { !$0.isStated && $0.field.isRequired }.flatMap { entry in
      CommonColumns.parts(beside: entry.column, among: names)
        .filter { name in !entries.contains { $0.column == name } }
        .map { (entry.field, $0) }
    }
  }
}

extension RecordReader {
  /// A time since 1970 as the arrival.
  mutating func takeEpoch(_ record: inout TraceRecord, _ column: Int, _ unit: TimeUnit) {
    guard !isAbsent(column) else { return }
    // 1998 to 2096, as the guess of the unit has it.
    if let time = decimal(column, scale: unit.decimals),
      (900_000_000_000_000_000...4_000_000_000_000_000_000).contains(time)
    {
      record.arrival = time
    } else {
      reportFound(column, "the rows above have \(unit.name) since 1970")
    }
  }
}
