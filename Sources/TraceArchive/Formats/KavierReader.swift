/// The traces of the original Kavier. Only the two counts are required; files list one session
/// after the other, so rows are always sorted by `ts`. Without `ts` no row has an arrival.
///
/// Token lists become ids of 16-token blocks, each of which stands for its tokens and all before.
enum KavierReader: TraceReader {
  static let summary = "Kavier traces (CSV: sessions, times, token counts, token lists)"
  static let isJSONLines: Bool? = false
  static let required = ["num_input_tokens", "num_output_tokens"]
  static let blockSize = 16

  static func read(path: String, options: TraceReadOptions) throws(TraceProblems) -> RequestTrace {
    let rows = try RecordReader.open(
      path: path, syntax: .csv, format: .kavier, required: required,
      optional: ["session_id", "turn_id", "ts", "input_tokens"])
    var trace = TraceBuilder(file: path, format: .kavier, columns: .sessions, sort: true)
    trace.blocks = PrefixBlocks(blockSize: blockSize, hasPartialBlocks: false)
    var tokens: [Int64] = []
    return try trace.reading(rows) { rows, trace in
      let input = rows.tokens(0)
      let output = rows.tokens(1)
      guard let input, let output else { return }
      var row = TraceBuilder.Row(input: input, output: output)
      if !rows.isAbsent(2) { row.session = trace.session(rows.text(2)) }
      if !rows.isAbsent(3) {
        guard let turn = rows.integer(3, in: 0...Int64(Int32.max)) else { return }
        row.turn = Int32(turn)
      }
      if !rows.isAbsent(4) {
        guard let arrival = rows.nanoseconds(4, unit: .seconds) else { return }
        row.arrival = arrival
      }
      tokens.removeAll(keepingCapacity: true)
      if !rows.isAbsent(5) {
        guard rows.appendList(5, to: &tokens) else { return }
        guard tokens.count == Int(input) else {
          return rows.report(5, "found \(tokens.count) tokens; num_input_tokens says \(input)")
        }
      }
      appendBlocks(of: tokens, to: &trace.blocks)
      trace.add(row, line: rows.number)
    }
  }

  private static func appendBlocks(of tokens: [Int64], to blocks: inout PrefixBlocks?) {
    var hash: UInt64 = 0
    for (index, token) in tokens.enumerated() {
      hash = mix(hash ^ mix(UInt64(bitPattern: token)))
      if (index + 1) % blockSize == 0 { blocks?.ids.append(Int64(bitPattern: hash)) }
    }
  }

  /// The finalizer of SplitMix64, with its increment so that 0 does not stay 0.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
