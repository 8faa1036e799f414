/// RFC 4180: fields in quotes may hold commas, line breaks and doubled quotes.
extension RecordReader {
  mutating func readHeader() throws(FileProblem) {
    repeat {
      guard try lines.advance() else {
        throw FileProblem(file: lines.path, message: "the file has only blank lines")
      }
    } while lines.line.isEmpty
    number = lines.number
    var names: [String] = []
    delimiter = Delimiter.sniffed(lines.buffer.span.extracting(lines.line))
    var reader = FieldReader(delimiter: delimiter)
    while let field = reader.next(lines.buffer.span.extracting(lines.line)) {
      names.append(field.name(lines.buffer.span.extracting(lines.line)))
    }
    // Some files end their header, and only that, with a comma.
    while names.last == "" { names.removeLast() }
    let all = Set(names)
    let missing = columns.filter { $0.isRequired && !all.contains($0.name) }.map(\.name)
    guard missing.isEmpty else {
      throw FileProblem(
        file: lines.path, line: number,
        message: Spelling.missing(missing, found: names, kind: kind, required: required))
    }
    try setColumns(names)
  }

  private mutating func setColumns(_ names: [String]) throws(FileProblem) {
    var columnOfName: [String: Int] = [:]
    for (column, entry) in columns.enumerated().reversed() { columnOfName[entry.name] = column }
    var seen: Set<String> = []
    for name in names where columnOfName[name] != nil {
      guard seen.insert(name).inserted else {
        throw FileProblem(
          file: lines.path, line: number,
          message: "two columns are named \(excerpt(name)), and one is needed")
      }
    }
    columnOfField = names.map { columnOfName[$0] ?? -1 }
    self.names = names
  }

  /// Splits the current line, and those that a quoted field goes on in; false when the record
  /// does not fit the header.
  mutating func splitCSV() throws(FileProblem) -> Bool {
    for column in cells.indices { cells[column] = .absent }
    unmapped.removeAll(keepingCapacity: true)
    var reader = FieldReader(delimiter: delimiter)
    var field = 0
    while true {
      while let cell = reader.next(lines.buffer.span.extracting(lines.line)) {
        if field < columnOfField.count {
          let column = columnOfField[field]
          if column >= 0 {
            cells[column] = cell
          } else if cell.kind != .absent {
            unmapped.append((field..<field + 1, cell))
          }
        } else if cell.kind != .absent {
          return reportFieldCount(field + 1)
        }
        field += 1
      }
      guard reader.isInQuotes else { break }
      guard try lines.join() else {
        throw FileProblem(
          file: lines.path, line: number,
          message: "a quote is opened and never closed\(cutOffHint)")
      }
    }
    if let fault = reader.fault {
      report(fault)
      return false
    }
    return field >= columnOfField.count ? true : reportFieldCount(field)
  }

  private mutating func reportFieldCount(_ found: Int) -> Bool {
    report(
      """
      found \(found)\(found > columnOfField.count ? " or more" : "") fields, \
      the header names \(columnOfField.count)\(cutOffHint)
      """)
    return false
  }
}

/// Finds the fields of a record one after another. Every call gets the same bytes, or the same
/// with a further line.
struct FieldReader {
  /// What stands between fields.
  private let delimiter: UInt8
  /// The first byte after the opening quote of a field that goes on in the next line.
  private var quote: Int?
  private var kind = Cell.Kind.quoted
  /// Where to go on.
  private var at = 0
  private var isDone = false
  /// What is wrong with the record.
  private(set) var fault: String?

  init(delimiter: UInt8) { self.delimiter = delimiter }

  var isInQuotes: Bool { quote != nil }

  /// The next field; nil at the end and where a quoted field lacks its end.
  @inline(__always)
  mutating func next(_ bytes: borrowing Span<UInt8>) -> Cell? {
    guard !isDone else { return nil }
    if quote != nil || (at < bytes.count && bytes[at] == UInt8(ascii: "\"")) {
      return quoted(bytes)
    }
    var start = at
    var end = at
    while end < bytes.count, bytes[end] != delimiter { end += 1 }
    at = end
    finishField(bytes)
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return start == end ? .absent : Cell(start: start, end: end, kind: .plain)
  }

  private mutating func quoted(_ bytes: borrowing Span<UInt8>) -> Cell? {
    if quote == nil {
      at += 1
      quote = at
      kind = .quoted
    }
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\"") else {
        at += 1
        continue
      }
      guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") else { break }
      kind = .escaped
      at += 2
    }
    guard at < bytes.count, let start = quote else { return nil }
    let cell = Cell(start: start, end: at, kind: kind)
    quote = nil
    at += 1
    guard at == bytes.count || bytes[at] == delimiter else {
      fault = "text follows a closing quote; a quote within quotes is written twice"
      isDone = true
      return nil
    }
    finishField(bytes)
    return cell
  }

  private mutating func finishField(_ bytes: borrowing Span<UInt8>) {
    if at == bytes.count { isDone = true } else { at += 1 }
  }
}
