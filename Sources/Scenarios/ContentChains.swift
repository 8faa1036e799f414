import ServingSim
import TextAndBytes
import TraceArchive

/// The content chains of a trace's prompts, each by what the trace says of it: ids of blocks, parts,
/// or the conversation that it is a turn of. One trace can hold all three.
///
/// A conversation that begins with blocks or parts, such as questions about a document, is told by
/// `answer_in_context`: its turns go on from answers, which no ids can say.
struct ContentChains {
  private let trace: RequestTrace
  private var table = ContentTable()
  private var blocks: BlockChains?
  private var segments = SegmentChains()
  private var conversations: ConversationChains
  private let kinds: PromptKinds

  init(_ trace: RequestTrace) {
    self.trace = trace
    blocks = trace.prefixes.map { BlockChains($0, sessions: trace.sessions) }
    conversations = ConversationChains(trace)
    kinds = PromptKinds(trace)
  }

  /// The chains of `rows`; nil when nothing says that any two share something.
  mutating func table(rows: [Int32]) throws(FileProblems) -> ContentTable? {
    guard kinds.any else { return nil }
    var chainOfRequest: [Int32] = []
    chainOfRequest.reserveCapacity(rows.count)
    var problems = FileProblems()
    for row in rows {
      if let fault = blocks?.follow(Int(row), in: &table) {
        problems.add(FileProblem(file: trace.file, message: "row \(row): \(fault)"))
      }
      chainOfRequest.append(chain(of: Int(row)))
    }
    guard problems.isEmpty else { throw problems }
    table.chainOfRequest = chainOfRequest
    return table
  }

  private mutating func chain(of row: Int) -> Int32 {
    let tokens = trace.inputTokens[row]
    let said = trace.answersInContext.flatMap { $0[row] < 0 ? nil : $0[row] > 0 }
    switch kinds[row] {
    case .other:
      return -1
    case .turn:
      return conversations.chain(of: row, answersExtend: said ?? true, in: &table)
    case .blocks:
      guard said == true else { return blocks?.chain(of: row, tokens: tokens, in: &table) ?? -1 }
      let start = blocks?.end(of: row)
      return conversations.chain(of: row, answersExtend: true, after: start, in: &table)
    case .segments:
      let parts = trace.segments?[row] ?? []
      guard said == true else { return segments.chain(of: parts, tokens: tokens, in: &table) }
      let start = segments.end(of: parts, in: &table)
      return conversations.chain(of: row, answersExtend: true, after: start, in: &table)
    }
  }
}

/// A place on a chain: its text up to `tokens`.
struct ChainPlace {
  var chain: Int32
  var tokens: Int
}

/// What says of each row what its prompt shares.
private struct PromptKinds {
  enum Kind {
    case blocks
    case segments
    /// The conversation, since nothing else says anything of any of its turns.
    case turn
    /// Nothing.
    case other
  }

  private let trace: RequestTrace
  /// By session: whether some turn has blocks or parts, and so all that the trace knows is told by
  /// them.
  private var isTold: [Bool]

  init(_ trace: RequestTrace) {
    self.trace = trace
    let sessions = Int((trace.sessions?.max() ?? -1) + 1)
    isTold = [Bool](repeating: false, count: sessions)
    guard let numbers = trace.sessions, trace.prefixes != nil || trace.segments != nil else {
      return
    }
    for row in numbers.indices where numbers[row] >= 0 && ownKind(of: row) != .other {
      isTold[Int(numbers[row])] = true
    }
  }

  /// Whether any row's prompt can share something.
  var any: Bool {
    trace.prefixes != nil || trace.segments != nil || trace.sessions != nil || trace.parents != nil
  }

  subscript(row: Int) -> Kind {
    let kind = ownKind(of: row)
    guard kind == .other else { return kind }
    // A turn among told ones whose answer is said to go on is a conversation all the same.
    if let said = trace.answersInContext?[row], said >= 0 { return .turn }
    let session = trace.sessions?[row] ?? -1
    if session >= 0 { return isTold[Int(session)] ? .other : .turn }
    return trace.parents == nil ? .other : .turn
  }

  private func ownKind(of row: Int) -> Kind {
    if trace.prefixes?.hasBlocks(row) == true { return .blocks }
    if let segments = trace.segments, !segments[row].isEmpty { return .segments }
    return .other
  }
}
