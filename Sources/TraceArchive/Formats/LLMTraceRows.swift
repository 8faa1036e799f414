/// Turns llm-trace rows into trace rows. Ids of requests become row numbers, so a row can only name
/// rows above it.
struct LLMTraceRows {
  /// The columns in the order that the reader asks for them.
  private enum Column {
    static let id = 0, input = 1, output = 2, arrival = 3, session = 4, agent = 5, turn = 6
    static let parent = 7, dependsOn = 8, think = 9, priority = 10, blockSize = 11, prefixIDs = 12
  }

  private let header: LLMTraceHeader
  private var rowOfID: [Int64: Int32] = [:]
  /// The last row of each agent of each session.
  private var lastRow: [String: Int32] = [:]
  private var saidBlockSize = false

  init(header: LLMTraceHeader) { self.header = header }

  private var readsPrefixes: Bool {
    header.hashingKind == nil || header.hashingKind == "prefix_chain"
  }

  mutating func prepare(_ trace: inout TraceBuilder) {
    guard readsPrefixes else {
      if let kind = header.hashingKind, kind != "none" {
        trace.note("prefix_ids are left aside: hashing.kind is \(kind), not prefix_chain")
      }
      return
    }
    trace.blocks = PrefixBlocks(
      blockSize: header.blockSize ?? 1, scope: header.scope,
      hasPartialBlocks: header.hasPartialBlocks)
    saidBlockSize = header.blockSize != nil
  }

  mutating func add(_ rows: inout RecordReader, to trace: inout TraceBuilder) {
    let id = rows.integer(Column.id, in: .min ... .max)
    let input = rows.tokens(Column.input)
    let output = rows.tokens(Column.output)
    guard let id, let input, let output else { return }
    var row = TraceBuilder.Row(input: input, output: output)
    guard readTimes(&rows, into: &row), readSmallNumbers(&rows, into: &row) else { return }
    if !rows.isAbsent(Column.session) { row.session = trace.session(rows.text(Column.session)) }
    let agent = "\(row.session) \(rows.text(Column.agent))"
    guard readParent(&rows, into: &row),
      let dependencies = readDependencies(&rows),
      readPrefix(&rows, row, agent: agent, trace: &trace)
    else { return }
    guard rowOfID.updateValue(Int32(trace.count), forKey: id) == nil else {
      return rows.report(Column.id, "found \(id) a second time")
    }
    for dependency in dependencies { trace.addDependency(dependency) }
    if row.session >= 0 { lastRow[agent] = Int32(trace.count) }
    trace.add(row, line: rows.number)
  }

  private func readTimes(_ rows: inout RecordReader, into row: inout TraceBuilder.Row) -> Bool {
    if !rows.isAbsent(Column.arrival) {
      guard let arrival = rows.nanoseconds(Column.arrival, unit: .microseconds) else {
        return false
      }
      row.arrival = arrival
    }
    if !rows.isAbsent(Column.think) {
      guard let think = rows.nanoseconds(Column.think, unit: .microseconds) else { return false }
      guard think >= 0 else {
        rows.reportFound(Column.think, "times to think are not negative")
        return false
      }
      row.think = think
    }
    return true
  }

  private func readSmallNumbers(
    _ rows: inout RecordReader, into row: inout TraceBuilder.Row
  ) -> Bool {
    if !rows.isAbsent(Column.turn) {
      guard let turn = rows.integer(Column.turn, in: 0...Int64(Int32.max)) else { return false }
      row.turn = Int32(turn)
    }
    if !rows.isAbsent(Column.priority) {
      let bounds = -Int64(Int32.max)...Int64(Int32.max)
      guard let priority = rows.integer(Column.priority, in: bounds) else { return false }
      row.priority = Int32(priority)
    }
    return true
  }

  private func readParent(_ rows: inout RecordReader, into row: inout TraceBuilder.Row) -> Bool {
    guard !rows.isAbsent(Column.parent) else { return true }
    guard let id = rows.integer(Column.parent, in: .min ... .max) else { return false }
    guard let parent = rowOfID[id] else {
      rows.report(Column.parent, "found \(id); no row above has that request_id")
      return false
    }
    row.parent = parent
    return true
  }

  private func readDependencies(_ rows: inout RecordReader) -> [Int32]? {
    guard !rows.isAbsent(Column.dependsOn) else { return [] }
    var ids: [Int64] = []
    guard rows.appendList(Column.dependsOn, to: &ids) else { return nil }
    var dependencies: [Int32] = []
    for id in ids {
      guard let row = rowOfID[id] else {
        rows.report(Column.dependsOn, "found \(id); no row above has that request_id")
        return nil
      }
      if !dependencies.contains(row) { dependencies.append(row) }
    }
    return dependencies
  }

  private mutating func readPrefix(
    _ rows: inout RecordReader, _ row: TraceBuilder.Row, agent: String,
    trace: inout TraceBuilder
  ) -> Bool {
    guard !rows.isAbsent(Column.prefixIDs), trace.blocks != nil else { return true }
    guard header.scope == .global || row.session >= 0 else {
      rows.report(Column.prefixIDs, "its ids hold within a session, and the row has no session_id")
      return false
    }
    guard readBlockSize(&rows, &trace) else { return false }
    let text = rows.text(Column.prefixIDs)
    guard !text.hasPrefix("[") else {
      return rows.appendBlocks(Column.prefixIDs, tokens: row.input, to: &trace.blocks)
    }
    guard var blocks = trace.blocks.take() else { return true }
    defer { trace.blocks = blocks }
    let source = row.parent >= 0 ? row.parent : lastRow[agent] ?? -1
    let inherited =
      source >= 0 ? blocks.first[Int(source)]..<blocks.first[Int(source) + 1] : 0..<0
    let before = blocks.ids.count
    let fault = PrefixRuns.append(
      text, inherited: inherited, limit: blocks.expectedCount(tokens: row.input),
      to: &blocks.ids)
    if let fault { rows.report(Column.prefixIDs, "found \(excerpt(text)), which \(fault)") }
    let isRight =
      fault == nil
      && rows.reportBlockCount(
        Column.prefixIDs, found: blocks.ids.count - before, tokens: row.input, blocks: blocks)
    if !isRight { blocks.ids.removeLast(blocks.ids.count - before) }
    return isRight
  }

  private mutating func readBlockSize(
    _ rows: inout RecordReader, _ trace: inout TraceBuilder
  ) -> Bool {
    guard !rows.isAbsent(Column.blockSize) else {
      if !saidBlockSize {
        rows.report(Column.prefixIDs, "neither the row nor trace.json says how long a block is")
      }
      return saidBlockSize
    }
    guard let size = rows.integer(Column.blockSize, in: 1...1_000_000) else { return false }
    if !saidBlockSize { trace.blocks?.blockSize = Int(size) }
    saidBlockSize = true
    guard trace.blocks?.blockSize == Int(size) else {
      rows.reportFound(Column.blockSize, "all rows of a trace have blocks of one size")
      return false
    }
    return true
  }
}
