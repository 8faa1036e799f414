import TextAndBytes

/// LMCache's agent traces with counted tokens: prompts as ids of 64-token blocks, a last block that
/// is not full left out. The published files hold text, which has to be tokenised first.
enum LMCacheReader: TraceReader {
  static let summary = "LMCache agent traces, tokenised (JSON Lines: sessions, counts, block ids)"
  static let isJSONLines: Bool? = true
  static let required = [
    "session_id", "turn", "timestamp_us", "input_length", "output_length",
  ]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .app, .prefixIDs, .extra,
  ]
  static let hasDates = true
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let hashing = TraceHeader.Hashing(
      kind: .prefixChain, blockSize: 64, hasPartialBlocks: false)
    feed.header.hashing = hashing
    let layout = RowLayout(
      syntax: .jsonLines, required: required, optional: ["suite", "hash_ids"])
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .sessionID, 0)
      rows.need(&record, .turn, 1)
      rows.need(&record, .arrival, 2, .microseconds)
      rows.need(&record, .inputTokens, 3)
      rows.need(&record, .outputTokens, 4)
      rows.take(&record, .app, 5)
      rows.takeBlocks(&record, 6, hashing)
    }
  }
}
