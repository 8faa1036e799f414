package import ServingModel
import TextAndBytes

/// A recorded request trace, as columns: row `i` is the i-th entry of each.
package struct RequestTrace: Sendable {
  /// The arrival of a row that has none: it waits for other rows or for a free client.
  package static let noArrival = Int64.max

  /// The path it was read from.
  package var file: String
  package var format: TraceFormat
  /// What the reader decided on its own, for reports: a guessed format, columns left aside.
  package var notes: [String] = []
  /// What the file was taken for, in lines for whoever replays it.
  package var said: [String] = []

  /// Nanoseconds since the trace's first arrival, ascending over the rows that have one;
  /// `noArrival` for the others.
  package var arrivals: [Int64] = []
  /// The whole prompt, cached part included; at least 1.
  package var inputTokens: [Int32] = []
  /// All generated tokens, reasoning included; at least 1.
  package var outputTokens: [Int32] = []

  /// Conversations, numbered from 0 in order of appearance; -1: none. The other columns, too, are
  /// nil when the trace has no value of them.
  package var sessions: [Int32]?
  /// The place in its conversation, as the trace counts; -1: unknown.
  package var turns: [Int32]?
  /// The row whose prompt and answer this row's prompt goes on from; -1: none.
  package var parents: [Int32]?
  /// The rows that have to end before this one is sent; empty: only the parent.
  package var dependsOn: RowLists?
  /// Nanoseconds a client takes between the end of what it waited for and this request; -1:
  /// unknown.
  package var thinkTimes: [Int64]?
  /// A larger value is more urgent.
  package var priorities: [Int32]?
  /// What requests say of themselves.
  package var traits = RequestTraits()
  /// Nanoseconds from arrival to when the last token is due; -1: no deadline.
  package var deadlines: [Int64]?
  package var prefixes: PrefixBlocks?
  /// The parts each prompt is made of, where they are known instead of blocks.
  package var segments: [[PromptSegment]]?
  /// Whether later prompts of the conversation contain the answer: 1 yes, 0 no, -1 unknown.
  package var answersInContext: [Int8]?

  /// Rows of the file, dropped ones included.
  package var rowsRead = 0
  package var dropped: [DropReason: Int] = [:]

  init(file: String, format: TraceFormat) {
    self.file = file
    self.format = format
  }

  package var count: Int { arrivals.count }

  /// `3 rows left out: 2 with no output tokens, 1 with no input tokens`.
  var droppedText: String {
    let reasons = DropReason.allCases.compactMap { reason in
      dropped[reason].map { "\($0) with \(reason.rawValue)" }
    }
    return "\(dropped.values.reduce(0, +)) rows left out: \(reasons.joined(separator: ", "))"
  }
}

/// Why a row of the file is not in the trace.
package enum DropReason: String, CaseIterable, Sendable {
  case noInputTokens = "no input tokens"
  case noOutputTokens = "no output tokens"
}

/// A list of rows for each row.
package struct RowLists: Hashable, Sendable {
  package var rows: [Int32] = []
  /// The list of row `i` is `rows[first[i]..<first[i + 1]]`.
  package var first: [Int] = [0]

  init() {}

  package subscript(row: Int) -> ArraySlice<Int32> { rows[first[row]..<first[row + 1]] }

  package mutating func endRow() { first.append(rows.count) }
}

/// A part of a prompt. Parts of one kind and id are the same text.
package struct PromptSegment: Hashable, Sendable {
  package var kind: String
  package var id: Int64
  package var tokens: Int32

  package init(kind: String, id: Int64, tokens: Int32) {
    self.kind = kind
    self.id = id
    self.tokens = tokens
  }

  /// The segments of llm-trace's column; none where it holds something else.
  package static func list(_ text: String) -> [PromptSegment] {
    (JSON(text: text)?.array ?? []).compactMap { item in
      guard let kind = item["kind"]?.text, let id = item["id"]?.integer,
        let tokens = item["tokens"]?.integer
      else { return nil }
      return PromptSegment(kind: kind, id: id, tokens: Int32(clamping: max(0, tokens)))
    }
  }

  static func text(_ segments: [PromptSegment]) -> String {
    JSON.array(
      segments.map { segment in
        .object([
          .init("kind", .string(segment.kind)), .init("id", .integer(segment.id)),
          .init("tokens", .integer(Int64(segment.tokens))),
        ])
      }
    ).compact
  }
}

/// Ids of the blocks that prompts are made of. An id stands for a block and everything before it,
/// so prompts with an equal id are equal up to there.
package struct PrefixBlocks: Hashable, Sendable {
  private(set) var runs: [BlockRuns.Run] = []
  /// The runs of row `i` are `runs[first[i]..<first[i + 1]]`.
  private var first: [Int] = [0]
  /// Tokens a block.
  package var blockSize: Int
  package var scope: Scope
  /// Whether a last block that is not full has an id.
  package var hasPartialBlocks: Bool

  package enum Scope: String, CaseIterable, Sendable {
    case global
    /// Equal ids mean equal blocks only within a session.
    case session
  }

  package init(blockSize: Int, scope: Scope = .global, hasPartialBlocks: Bool) {
    self.blockSize = blockSize
    self.scope = scope
    self.hasPartialBlocks = hasPartialBlocks
  }

  package subscript(row: Int) -> BlockRuns { BlockRuns(runs[first[row]..<first[row + 1]]) }

  package func hasBlocks(_ row: Int) -> Bool { first[row + 1] > first[row] }

  package mutating func append(_ row: BlockRuns) {
    runs.append(contentsOf: row.runs)
    first.append(runs.count)
  }

  mutating func keep(_ order: [Int32]) {
    let all = self
    runs.removeAll(keepingCapacity: true)
    first = [0]
    for row in order {
      runs.append(contentsOf: all.runs[all.first[Int(row)]..<all.first[Int(row) + 1]])
      first.append(runs.count)
    }
  }
}
