import TextAndBytes

/// Alibaba's Qwen-Bailian traces: conversations as chains of chat ids, prompts as ids of 16-token
/// blocks, a last block that is not full included.
enum QwenBailianReader: TraceReader {
  static let summary = "Qwen-Bailian traces (JSON Lines: chats, turns, prefix block ids)"
  static let isJSONLines: Bool? = true
  static let required = [
    "chat_id", "parent_chat_id", "timestamp", "input_length", "output_length",
  ]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .app, .prefixIDs, .extra,
  ]

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let hashing = TraceHeader.Hashing(kind: .prefixChain, blockSize: 16)
    feed.header.hashing = hashing
    var chats: [Int64: (row: Int64, root: Int64)] = [:]
    let layout = RowLayout(
      syntax: .jsonLines, required: required, optional: ["type", "turn", "hash_ids"])
    try feed.eachRow(layout) { rows, record in
      let chat = rows.integer(0, in: .min ... .max)
      let parent = rows.integer(1, in: .min ... .max)
      rows.need(&record, .arrival, 2, .seconds)
      rows.need(&record, .inputTokens, 3)
      rows.need(&record, .outputTokens, 4)
      rows.take(&record, .app, 5)
      let turn = rows.isAbsent(6) ? nil : rows.integer(6, in: 1...Int64(Int32.max))
      rows.takeBlocks(&record, 7, hashing)
      guard let chat, let parent else { return }
      record[.turn] = turn.map { $0 - 1 }
      let before = parent < 0 ? nil : chats[parent]
      // A parent from before the trace began leaves only its number.
      let root = before?.root ?? (parent < 0 ? chat : parent)
      record.session = String(root)
      record[.parentID] = before?.row
      record[text: .extra] = rows.extra(with: [0, 1])
      chats[chat] = (feed.upcomingID, root)
    }
  }
}
