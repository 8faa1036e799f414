import TextAndBytes

/// The traces of the original Kavier, which are Marconi's. Only the two counts are required; files
/// list one session after the other. Without `ts` no row has an arrival.
enum KavierReader: TraceReader {
  static let summary = "Kavier and Marconi traces (CSV: sessions, times, token counts, token lists)"
  static let isJSONLines: Bool? = false
  static let required = ["num_input_tokens", "num_output_tokens"]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .extra,
  ]
  static let isUnordered = true
  static let optionalArrival: String? = "ts"

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let layout = RowLayout(
      syntax: .csv, required: required,
      optional: ["session_id", "turn_id", "ts", "input_tokens", "output_tokens"])
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .inputTokens, 0)
      rows.need(&record, .outputTokens, 1)
      rows.take(&record, .sessionID, 2)
      rows.take(&record, .turn, 3)
      rows.take(&record, .arrival, 4, .seconds)
      rows.takeTokens(5, count: 0, record[.inputTokens], to: &record.inputIDs)
      rows.takeTokens(6, count: 1, record[.outputTokens], to: &record.outputIDs)
    }
  }
}

extension RecordReader {
  /// A column of token ids, as many as another column says.
  mutating func takeTokens(
    _ column: Int, count countColumn: Int, _ count: Int64?, to ids: inout [Int32]
  ) {
    guard !isAbsent(column), let count else { return }
    var numbers: [Int64] = []
    guard appendList(column, to: &numbers), !numbers.isEmpty else { return }
    guard numbers.count == Int(count) else {
      return report(
        column, "found \(numbers.count) tokens; \(columns[countColumn].name) says \(count)")
    }
    ids.append(contentsOf: numbers.map { Int32(clamping: $0) })
  }
}

/// Ids of blocks of tokens, each of which stands for its tokens and all before.
enum TokenBlocks {
  static let size = 16

  static func ids(of tokens: [Int32]) -> BlockRuns {
    var ids = BlockRuns()
    var hash: UInt64 = 0
    for (index, token) in tokens.enumerated() {
      hash = Self.mix(hash ^ Self.mix(UInt64(UInt32(bitPattern: token))))
      if (index + 1) % Self.size == 0 { ids.append(BlockRuns.Run(id: Int64(bitPattern: hash))) }
    }
    return ids
  }

  /// The finalizer of SplitMix64, with its increment so that 0 does not stay 0.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
