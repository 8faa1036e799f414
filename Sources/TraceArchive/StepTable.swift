package import TextAndBytes

/// Measured steps of an engine: a CSV file, or the same compressed with gzip, with a row for each
/// step and these columns; others are ignored.
/// - `decode_sequences`: sequences that decode; empty or 0 in a prefill step.
/// - `decode_context`: the sum of their contexts in tokens. Left out throughout: not told apart.
/// - `prefill_tokens`: tokens of a prompt, or of a chunk of one; empty or 0 in a decode step.
/// - `prefill_context`: tokens of that prompt computed before. Left out throughout: likewise.
/// - `duration_ms`: how long the engine was busy with the step, in milliseconds.
package struct StepTable: Sendable {
  /// A step of one kind.
  package struct Step: Hashable, Sendable {
    /// Sequences of a decode step, tokens of a prefill step.
    package var size: Int
    package var context: Int
    package var picoseconds: Int64
  }

  /// In the order of the file; no two of a kind with one size and context.
  package private(set) var decode: [Step] = []
  package private(set) var prefill: [Step] = []
  /// The line of each step.
  private var lines: [Place: Int] = [:]

  private struct Place: Hashable {
    var decodes: Bool
    var size: Int
    var context: Int
  }

  /// Reads a table, which has steps of both kinds.
  package static func read(path: String) throws(FileProblems) -> StepTable {
    var table = StepTable()
    var rows = try RecordReader.open(
      path: path, syntax: .csv, kind: "a table of steps",
      required: ["decode_sequences", "prefill_tokens", "duration_ms"],
      optional: ["decode_context", "prefill_context"])
    try rows.eachRecord { table.add(&$0) }
    for (kind, steps) in [("decode", table.decode), ("prefill", table.prefill)]
    where steps.isEmpty {
      throw FileProblems(
        FileProblem(
          file: path, message: "has no \(kind) step; a table of steps needs both kinds"))
    }
    return table
  }

  private mutating func add(_ rows: inout RecordReader) {
    let sequences = rows.count(0, upTo: 1_000_000)
    let tokens = rows.count(1, upTo: 10_000_000)
    let duration = rows.picoseconds(2)
    let decodeContext = rows.count(3, upTo: 1_000_000_000_000)
    let prefillContext = rows.count(4, upTo: 1_000_000_000)
    guard let sequences, let tokens, let duration, let decodeContext, let prefillContext else {
      return
    }
    let decodes = sequences > 0
    guard decodes != (tokens > 0) else {
      return rows.report(
        "found decode_sequences \(sequences) and prefill_tokens \(tokens); a row is a decode step "
          + "or a prefill step, so one of them is above 0")
    }
    guard (decodes ? prefillContext : decodeContext) == 0 else {
      return rows.reportFound(decodes ? 4 : 3, "this step has none, it is a step of the other kind")
    }
    let step = Step(
      size: decodes ? sequences : tokens, context: decodes ? decodeContext : prefillContext,
      picoseconds: duration)
    let place = Place(decodes: decodes, size: step.size, context: step.context)
    if let line = lines.updateValue(rows.number, forKey: place) {
      return rows.report(
        "measures the same step as line \(line); state one duration for it, such as the median")
    }
    if decodes { decode.append(step) } else { prefill.append(step) }
  }
}

extension RecordReader {
  /// A whole number from 0; nothing is 0, too.
  fileprivate mutating func count(_ column: Int, upTo limit: Int64) -> Int? {
    isGap(column) ? 0 : integer(column, in: 0...limit).map { Int($0) }
  }

  /// A step's duration in milliseconds. Longer ones have a wrong unit.
  fileprivate mutating func picoseconds(_ column: Int) -> Int64? {
    let value = decimal(column, scale: 9)
    if let value, value > 0, value <= 100_000_000_000_000 { return value }
    reportFound(column, "allowed are milliseconds above 0, up to 100000")
    return nil
  }
}
