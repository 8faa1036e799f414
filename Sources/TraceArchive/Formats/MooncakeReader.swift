/// Mooncake's traces, whose prompts are lists of block ids: `hash_ids` holds one id a block, a last
/// block that is not full included. Sessions, delays and block sizes are what other tools add.
enum MooncakeReader: TraceReader {
  static let summary = "Mooncake traces (JSON Lines: times, token counts, prefix block ids)"
  static let isJSONLines: Bool? = true
  static let required = ["timestamp", "input_length", "output_length"]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .think, .priority, .prefixIDs, .extra,
  ]

  static func read(_ feed: TraceFeed) throws(TraceProblems) {
    let hashing = TraceHeader.Hashing(
      kind: .prefixChain, blockSize: feed.options.mooncakeBlockSize)
    feed.header.hashing = hashing
    let layout = RowLayout(
      syntax: .jsonLines, required: required,
      optional: ["hash_ids", "session_id", "delay", "priority"])
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .arrival, 0, .milliseconds)
      rows.need(&record, .inputTokens, 1)
      rows.need(&record, .outputTokens, 2)
      rows.takeBlocks(&record, 3, hashing)
      rows.take(&record, .sessionID, 4)
      rows.take(&record, .think, 5, .milliseconds)
      rows.take(&record, .priority, 6)
    }
  }
}

extension RecordReader {
  /// A column of block ids, as many as the prompt has blocks.
  mutating func takeBlocks(
    _ record: inout TraceRecord, _ column: Int, _ hashing: TraceHeader.Hashing
  ) {
    guard !isAbsent(column) else { return }
    let before = problems.count
    take(&record, .prefixIDs, column)
    guard problems.count == before, record.has(.inputTokens) else { return }
    _ = checkBlockCount(column, record.prefixIDs.count, of: record, like: hashing)
  }
}
