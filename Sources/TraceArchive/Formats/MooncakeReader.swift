/// Mooncake's traces, whose prompts are lists of block ids: `hash_ids` holds one id a block, a last
/// block that is not full included.
enum MooncakeReader: TraceReader {
  static let summary = "Mooncake traces (JSON Lines: times, token counts, prefix block ids)"
  static let isJSONLines: Bool? = true
  static let required = ["timestamp", "input_length", "output_length"]

  static func read(path: String, options: TraceReadOptions) throws(TraceProblems) -> RequestTrace {
    let rows = try RecordReader.open(
      path: path, syntax: .jsonLines, format: .mooncake, required: required,
      optional: ["hash_ids"])
    var trace = TraceBuilder(file: path, format: .mooncake, columns: .counts, sort: options.sort)
    trace.blocks = PrefixBlocks(blockSize: options.mooncakeBlockSize, hasPartialBlocks: true)
    return try trace.reading(rows) { rows, trace in
      let arrival = rows.nanoseconds(0, unit: .milliseconds)
      let input = rows.tokens(1)
      let output = rows.tokens(2)
      guard let arrival, let input, let output else { return }
      guard rows.appendBlocks(3, tokens: input, to: &trace.blocks) else { return }
      trace.add(TraceBuilder.Row(arrival: arrival, input: input, output: output), line: rows.number)
    }
  }
}

extension RecordReader {
  /// Appends the current record's block ids; false when there is something wrong with them, and
  /// then none is left.
  mutating func appendBlocks(_ column: Int, tokens: Int32, to blocks: inout PrefixBlocks?) -> Bool {
    guard !isAbsent(column), var taken = blocks.take() else { return true }
    let before = taken.ids.count
    var isRight = appendList(column, to: &taken.ids)
    if isRight {
      isRight = reportBlockCount(
        column, found: taken.ids.count - before, tokens: tokens, blocks: taken)
    }
    if !isRight { taken.ids.removeLast(taken.ids.count - before) }
    blocks = taken
    return isRight
  }

  /// Whether a prompt has the ids it should have.
  mutating func reportBlockCount(
    _ column: Int, found: Int, tokens: Int32, blocks: PrefixBlocks
  ) -> Bool {
    let expected = blocks.expectedCount(tokens: tokens)
    guard found != expected else { return true }
    report(
      column,
      """
      found \(found) ids for a prompt of \(tokens) tokens; with \(blocks.blockSize) tokens a block \
      \(blocks.hasPartialBlocks ? "and a last one that is not full" : "and full blocks only") \
      it has \(expected)
      """)
    return false
  }
}
