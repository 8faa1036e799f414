import TextAndBytes

/// Turns rows of llm-trace's requests into records. Ids of requests are checked to be those of rows
/// above, and the short form of block ids is written out.
struct LLMTraceRows {
  private let hashing: TraceHeader.Hashing?
  private var rows = RowsByID()
  private var store = PrefixStore()
  /// The last row of each agent of each session, where rows may go on from it.
  private var lastRow: [String: Int32] = [:]
  private var blockSize: Int64?
  /// Optional columns that this file has, found at its first row.
  private var present: [(field: TraceField, column: Int)]?

  init(hashing: TraceHeader.Hashing?) {
    self.hashing = hashing
    blockSize = hashing?.blockSize.map { Int64($0) }
  }

  private var isChain: Bool { hashing?.kind == nil || hashing?.kind == .prefixChain }

  mutating func fill(
    _ record: inout TraceRecord, from reader: inout RecordReader, _ others: [TraceField]
  ) {
    let columns = present ?? presentColumns(others, reader)
    present = columns
    if let id = reader.integer(0, in: .min ... .max) { record.id = id }
    reader.need(&record, .inputTokens, 1)
    reader.need(&record, .outputTokens, 2)
    var prefixColumn: Int?
    for (field, column) in columns where !reader.isAbsent(column) {
      switch field {
      case .arrival: reader.take(&record, .arrival, column, .microseconds)
      case .prefixIDs: prefixColumn = column
      case .parentID: fillParent(&record, from: &reader, column)
      case .dependsOn: fillDependencies(&record, from: &reader, column)
      default: reader.take(&record, field, column)
      }
    }
    if let prefixColumn { fillPrefix(&record, from: &reader, prefixColumn) }
    finishRow(&record, &reader, keepsPrefixes: columns.contains { $0.field == .prefixIDs })
  }

  private func presentColumns(
    _ others: [TraceField], _ reader: borrowing RecordReader
  ) -> [(field: TraceField, column: Int)] {
    var columns: [(field: TraceField, column: Int)] = []
    for (index, field) in others.enumerated() where reader.mayHave(3 + index) {
      columns.append((field, 3 + index))
    }
    return columns
  }

  private func fillParent(
    _ record: inout TraceRecord, from reader: inout RecordReader, _ column: Int
  ) {
    guard let id = reader.integer(column, in: .min ... .max) else { return }
    guard rows[id] != nil else {
      return reader.report(column, "found \(id); no row above has that request_id")
    }
    record[.parentID] = id
  }

  private func fillDependencies(
    _ record: inout TraceRecord, from reader: inout RecordReader, _ column: Int
  ) {
    var ids: [Int64] = []
    guard reader.appendList(column, to: &ids) else { return }
    var unique: [Int64] = []
    for id in ids where !unique.contains(id) {
      guard rows[id] != nil else {
        return reader.report(column, "found \(id); no row above has that request_id")
      }
      unique.append(id)
    }
    record.dependsOn = unique
  }

  private mutating func fillPrefix(
    _ record: inout TraceRecord, from reader: inout RecordReader, _ column: Int
  ) {
    if isChain {
      guard hashing?.scope != .session || record.has(.sessionID) else {
        return reader.report(
          column, "its ids hold within a session, and the row has no session_id")
      }
      guard checkBlockSize(record, &reader, column) else { return }
    }
    let text = reader.text(column)
    let limit = min(isChain ? expectedCount(record) : .max, PrefixRuns.most)
    var ids = BlockRuns()
    if text.hasPrefix("[") {
      var list: [Int64] = []
      guard reader.appendList(column, to: &list) else { return }
      ids = BlockRuns(list)
    } else {
      let inherited =
        text.hasPrefix("=") ? source(of: record).map { store[$0] } ?? BlockRuns() : BlockRuns()
      if let fault = PrefixRuns.append(text, inherited: inherited, limit: limit, to: &ids) {
        return reader.report(
          column, "found \(excerpt(text)), which \(fault)",
          check: fault == PrefixRuns.tooMany ? "block-count" : nil)
      }
    }
    guard !isChain || reader.checkBlockCount(column, ids.count, of: record, like: shape) else {
      return
    }
    record.prefixRuns = ids
  }

  /// The header's hashing with the size that rows say.
  private var shape: TraceHeader.Hashing {
    var shape = hashing ?? TraceHeader.Hashing()
    shape.blockSize = blockSize.map { Int($0) }
    return shape
  }

  private func expectedCount(_ record: TraceRecord) -> Int {
    shape.expectedCount(tokens: record.inputTokens) ?? 0
  }

  /// The row whose ids a row in short form goes on from.
  private func source(of record: TraceRecord) -> Int32? {
    if let parent = record[.parentID] { return rows[parent] }
    return lastRow[key(record)]
  }

  private func key(_ record: TraceRecord) -> String {
    "\(record.session ?? "")\u{0}\(record.agent ?? "")"
  }

  private mutating func checkBlockSize(
    _ record: TraceRecord, _ reader: inout RecordReader, _ column: Int
  ) -> Bool {
    guard let size = record[.blockSize] else {
      if blockSize == nil {
        reader.report(column, "neither the row nor trace.json says how long a block is")
      }
      return blockSize != nil
    }
    let first = blockSize ?? size
    blockSize = first
    guard first == size else {
      reader.report(
        "block_size: found \"\(size)\"; all rows of a trace have blocks of one size")
      return false
    }
    return true
  }

  private mutating func finishRow(
    _ record: inout TraceRecord, _ reader: inout RecordReader, keepsPrefixes: Bool
  ) {
    guard record.has(.requestID) else { return }
    guard rows[record.id] == nil else {
      return reader.report(0, "found \(record.id) a second time")
    }
    if keepsPrefixes {
      store.append(record.prefixRuns)
      if record.has(.sessionID) { lastRow[key(record)] = rows.count }
    }
    rows.append(record.id)
  }
}

extension RecordReader {
  /// Whether a prompt has as many ids as it should have. Those of a prompt that goes on from answers
  /// say what its conversation begins with.
  mutating func checkBlockCount(
    _ column: Int, _ found: Int, of record: TraceRecord, like hashing: TraceHeader.Hashing
  ) -> Bool {
    guard let size = hashing.blockSize,
      let expected = hashing.expectedCount(tokens: record.inputTokens), found != expected,
      record[.answerInContext] != 1 || found > expected
    else { return true }
    report(
      column,
      """
      found \(found) ids for a prompt of \(record.inputTokens) tokens; with \(size) tokens a block \
      \(hashing.hasPartialBlocks ? "and a last one that is not full" : "and full blocks only") \
      it has \(expected)
      """, check: "block-count")
    return false
  }
}
