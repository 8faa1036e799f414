import Parquet
import TraceArchive
import TextAndBytes

/// The requests of a Parquet file with the original's columns.
struct ParquetRows {
  private let path: String
  private let behaviour: Behaviour
  private static let counts = ["num_input_tokens", "num_output_tokens"]
  private static let optional = ["input_tokens", "output_tokens", "session_id"]

  init(path: String, _ behaviour: Behaviour) {
    self.path = path
    self.behaviour = behaviour
  }

  func read(_ take: (borrowing KavierRow) throws -> Void) throws {
    do {
      try readColumns(take)
    } catch let problem as ParquetProblem {
      throw OriginalProblems(["\(path): \(problem)"])
    }
  }

  private func readColumns(_ take: (borrowing KavierRow) throws -> Void) throws {
    let names = try columns()
    let reader = try ParquetReader(path: path, columns: names)
    guard reader.rowCount > 0 else { throw OriginalProblems(["\(path): the file has no row"]) }
    var first = 0
    var problems: [String] = []
    while let batch = try reader.next() {
      let columns = Dictionary(uniqueKeysWithValues: zip(names, batch))
      for row in 0..<(batch.first?.count ?? 0) {
        do {
          let request = try request(columns, row, number: first + row + 1)
          if problems.isEmpty { try take(request) }
        } catch let found as OriginalProblems {
          problems += found.lines
          guard problems.count < FileProblems.kept else { throw OriginalProblems(problems) }
        }
      }
      first += batch.first?.count ?? 0
    }
    guard problems.isEmpty else { throw OriginalProblems(problems) }
  }

  /// Those to be read: 0.1.0 needs them all.
  private func columns() throws -> [String] {
    let there = try ParquetReader(path: path, columns: Self.counts).fields.map(\.name)
    let needed = behaviour.corrects(.columns) ? Self.counts : Self.counts + Self.optional
    let missing = needed.filter { !there.contains($0) }
    guard missing.isEmpty else {
      throw OriginalProblems([
        """
        \(path): no column \(missing.joined(separator: ", ")); needed are \
        \(needed.joined(separator: ", "))
        """
      ])
    }
    return (Self.counts + ["session_id", "input_tokens", "ts"]).filter(there.contains)
  }

  private func request(
    _ columns: [String: ParquetColumn], _ row: Int, number: Int
  ) throws(OriginalProblems) -> KavierRow {
    var request = KavierRow()
    request.inputTokens = try count(columns, Self.counts[0], row, number)
    request.outputTokens = try count(columns, Self.counts[1], row, number)
    if let column = columns["session_id"] { request.session = Self.text(column, row) }
    if let column = columns["input_tokens"], column.hasValue(row) {
      request.tokens = try tokens(column, row, number)
    }
    request.arrival = try arrival(columns, row, number)
    return request
  }

  /// Nanoseconds; nil where the row has no time.
  private func arrival(
    _ columns: [String: ParquetColumn], _ row: Int, _ number: Int
  ) throws(OriginalProblems) -> Int64? {
    guard let column = columns["ts"], column.hasValue(row) else { return nil }
    let seconds: Double? =
      switch column.values {
      case .doubles(let values): values[row]
      case .integers(let values): Double(values[row])
      default: nil
      }
    let furthest = Double(ArrivalExtent.furthest)
    // NaN is not in the range either.
    guard let seconds, (-furthest...furthest).contains(seconds * 1e9) else {
      throw OriginalProblems([
        "\(path): row \(number): ts: arrivals are seconds, at most 126 years from the first"
      ])
    }
    return Int64(seconds * 1e9)
  }

  private func count(
    _ columns: [String: ParquetColumn], _ name: String, _ row: Int, _ number: Int
  ) throws(OriginalProblems) -> Int {
    let value: Int64? = columns[name].flatMap { column in
      guard column.hasValue(row) else { return nil }
      switch column.values {
      case .integers(let values): return values[row]
      case .doubles(let values): return Int64(exactly: values[row])
      default: return nil
      }
    }
    guard let value, (0...Int64(Int32.max)).contains(value) else {
      throw OriginalProblems([
        "\(path): row \(number): \(name): token counts are whole numbers from 0"
      ])
    }
    return Int(value)
  }

  private static func text(_ column: ParquetColumn, _ row: Int) -> String {
    guard column.hasValue(row) else { return "" }
    switch column.values {
    case .integers(let values): return String(values[row])
    case .doubles(let values): return String(values[row])
    case .texts(let values): return values[row]
    case .booleans(let values): return String(values[row])
    case .lists: return ""
    }
  }

  private func tokens(
    _ column: ParquetColumn, _ row: Int, _ number: Int
  ) throws(OriginalProblems) -> [Int64] {
    switch column.values {
    case .lists(let lists): return Array(lists[row])
    case .texts(let texts):
      let text = texts[row]
      if text.isEmpty { return [] }
      let items = text.split { !($0.isNumber || $0 == "-") }
      let tokens = items.compactMap { Int64($0) }
      if text.first == "[", text.last == "]", tokens.count == items.count { return tokens }
    default: break
    }
    throw OriginalProblems([
      "\(path): row \(number): input_tokens: allowed are lists of whole numbers like [1, 2, 3]"
    ])
  }
}
