import TextAndBytes

/// Values of the current record into a trace record.
extension RecordReader {
  /// A column that every row has to have.
  mutating func need(_ record: inout TraceRecord, _ field: TraceField, _ column: Int) {
    note(field, column, nil)
    switch field.kind {
    case .integer(0...Int64(Int32.max)): record[field] = tokens(column).map { Int64($0) }
    case .text where isAbsent(column): reportFound(column, "a text is needed")
    case _ where isAbsent(column): reportFound(column, "every row has one")
    default: take(&record, field, column)
    }
  }

  /// A column that may be empty.
  mutating func take(_ record: inout TraceRecord, _ field: TraceField, _ column: Int) {
    note(field, column, nil)
    guard !isAbsent(column) else { return }
    if case .integer = field.kind, !Self.changesRun(field), isUnknown(column) { return }
    switch field.kind {
    case .integer(let bounds): record[field] = integer(column, in: bounds)
    case .flag: record[field] = flag(column).map { $0 ? 1 : 0 }
    case .text: record[text: field] = text(column)
    case .choice(let words): record[text: field] = word(column, of: words)
    case .json: record[text: field] = json(column)
    case .ids:
      var ids: [Int64] = []
      if appendList(column, to: &ids) { record.dependsOn = ids }
    case .prefix:
      var ids: [Int64] = []
      if appendList(column, to: &ids) { record.prefixIDs = ids }
    }
  }

  /// A time in the given unit as a field of microseconds, which is cut to whole ones.
  mutating func take(
    _ record: inout TraceRecord, _ field: TraceField, _ column: Int, _ unit: TimeUnit
  ) {
    let unit = field == .arrival ? statedUnit ?? unit : unit
    note(field, column, .number(unit))
    guard !isAbsent(column), Self.changesRun(field) || !isUnknown(column),
      let time = nanoseconds(column, unit: unit)
    else { return }
    guard field != .arrival else { return record.arrival = time }
    guard time >= 0 else { return reportFound(column, "times are not negative") }
    record[field] = time / 1000
  }

  /// A date as the arrival.
  mutating func takeDate(_ record: inout TraceRecord, _ column: Int) {
    if !isAbsent(column) { needDate(&record, column) }
  }

  /// A date as the arrival that every row has to have.
  mutating func needDate(_ record: inout TraceRecord, _ column: Int) {
    note(.arrival, column, .date)
    if let time = timestamp(column) { record.arrival = time }
  }

  /// Whether a replay goes by the field.
  private static func changesRun(_ field: TraceField) -> Bool {
    [.arrival, .think, .deadline, .priority, .turn, .parentID].contains(field)
  }

  /// Whether a number that a row need not have is written as one that nobody knows.
  func isUnknown(_ column: Int) -> Bool {
    guard cells[column].end - cells[column].start <= 4 else { return false }
    return Numbers.isUnknown(text(column))
  }

  /// Keeps what a column was taken for.
  private mutating func note(_ field: TraceField, _ column: Int, _ time: TimeSpelling?) {
    guard rowsRead == 1, mayHave(column), !uses.contains(where: { $0.purpose == field.rawValue })
    else { return }
    uses.append(ColumnUse(purpose: field.rawValue, column: column, time: time))
  }

  /// A time that every row has to have.
  mutating func need(
    _ record: inout TraceRecord, _ field: TraceField, _ column: Int, _ unit: TimeUnit
  ) {
    guard !isAbsent(column) else {
      return reportFound(column, "allowed are numbers of \(unit.name)")
    }
    take(&record, field, column, unit)
  }

  /// Whether a date's time has a fraction of a second.
  func hasFraction(_ column: Int) -> Bool {
    let start = lines.line.lowerBound + cells[column].start
    return cells[column].end - cells[column].start > 19
      && lines.buffer[start + 19] == UInt8(ascii: ".")
  }

  /// 0, 1, true or false.
  mutating func flag(_ column: Int) -> Bool? {
    switch text(column) {
    case "1", "true", "True": return true
    case "0", "false", "False": return false
    default:
      reportFound(column, "allowed are true and false")
      return nil
    }
  }

  private mutating func word(_ column: Int, of words: [String]) -> String? {
    let found = text(column)
    if words.contains(found) { return found }
    reportFound(column, "allowed are \(words.joined(separator: ", "))")
    return nil
  }

  /// The value as JSON text.
  private mutating func json(_ column: Int) -> String? {
    let text = text(column)
    if cells[column].kind == .nested || JSON(text: text) != nil { return text }
    reportFound(column, "JSON is needed")
    return nil
  }

  /// The values that no column asks for, as a JSON object; nil when there are none. `others` are
  /// columns that were asked for and are to be kept as they stand.
  func extra(with others: [Int] = []) -> String? {
    let others = others.filter { !isAbsent($0) }
    guard !unmapped.isEmpty || !others.isEmpty else { return nil }
    var text = "{"
    for (name, value) in unmapped {
      if syntax == .csv {
        JSON.quote(names[name.lowerBound], to: &text)
      } else {
        text += "\"" + raw(name) + "\""
      }
      text += ":"
      appendJSON(value, to: &text)
      text += ","
    }
    for column in others {
      JSON.quote(columns[column].name, to: &text)
      text += ":"
      appendJSON(cells[column], to: &text)
      text += ","
    }
    text.removeLast()
    return text + "}"
  }

  private func raw(_ range: Range<Int>) -> String {
    let start = lines.line.lowerBound
    return String(
      decoding: lines.buffer[start + range.lowerBound..<start + range.upperBound], as: UTF8.self)
  }

  private func appendJSON(_ cell: Cell, to text: inout String) {
    let value = raw(cell.range)
    switch (syntax, cell.kind) {
    case (.jsonLines, .quoted), (.jsonLines, .escaped): text += "\"" + value + "\""
    // Numbers that are none, which JSON has no form for.
    case (.jsonLines, .plain) where value.hasSuffix("y"): JSON.quote(value, to: &text)
    case (.jsonLines, .nested) where value.contains("N") || value.contains("I"):
      text += JSON(text: value)?.compact ?? value
    case (.jsonLines, _): text += value
    case (.csv, .escaped):
      JSON.quote(Escapes.csv(Array(value.utf8).span), to: &text)
    case (.csv, .plain) where JSON.isNumber(value): text += value
    case (.csv, _): JSON.quote(value, to: &text)
    }
  }
}
