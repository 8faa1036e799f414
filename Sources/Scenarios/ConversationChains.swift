import ServingSim
import TraceArchive

/// Content chains from conversations: a turn's prompt goes on from the prompt of the turn before, and
/// from its answer where that goes on in the chain, when it is at least as long as they are; a
/// shorter one is a new context.
struct ConversationChains {
  private let trace: RequestTrace
  private var chainOfRow: [Int32]
  /// By chain: the last row on it; -1: none of a conversation.
  private var lastRows: [Int] = []
  private var lastOfSession: [Int32: Int] = [:]

  init(_ trace: RequestTrace) {
    self.trace = trace
    chainOfRow = [Int32](repeating: -1, count: trace.count)
  }

  /// The chain of a row, which comes after those before it. A context begins with the text up to
  /// `start`.
  mutating func chain(
    of row: Int, answersExtend: Bool, after start: ChainPlace? = nil, in table: inout ContentTable
  ) -> Int32 {
    let session = trace.sessions?[row] ?? -1
    let predecessor = predecessor(of: row, session: session)
    if session >= 0 { lastOfSession[session] = row }
    let chain =
      next(row, after: predecessor, answersExtend, in: &table)
      ?? begin(row, after: start, answersExtend, in: &table)
    chainOfRow[row] = chain
    while lastRows.count < table.chainCount { lastRows.append(-1) }
    lastRows[Int(chain)] = row
    return chain
  }

  private func predecessor(of row: Int, session: Int32) -> Int? {
    guard let parents = trace.parents else { return lastOfSession[session] }
    return parents[row] >= 0 ? Int(parents[row]) : nil
  }

  /// nil: it does not go on from a row before.
  private func next(
    _ row: Int, after predecessor: Int?, _ answersExtend: Bool, in table: inout ContentTable
  ) -> Int32? {
    guard let predecessor, chainOfRow[predecessor] >= 0 else { return nil }
    let chain = chainOfRow[predecessor]
    var context = Int(trace.inputTokens[predecessor])
    if table.answersExtend[Int(chain)] { context += Int(trace.outputTokens[predecessor]) }
    guard Int(trace.inputTokens[row]) >= context else { return nil }
    if lastRows[Int(chain)] == predecessor, table.answersExtend[Int(chain)] == answersExtend {
      return chain
    }
    return table.branch(
      off: ChainPlace(chain: chain, tokens: context), answersExtend: answersExtend)
  }

  private func begin(
    _ row: Int, after start: ChainPlace?, _ answersExtend: Bool, in table: inout ContentTable
  ) -> Int32 {
    guard var start else { return table.addChain(answersExtend: answersExtend) }
    start.tokens = min(start.tokens, Int(trace.inputTokens[row]))
    return table.branch(off: start, answersExtend: answersExtend)
  }
}

extension ContentTable {
  /// Adds a chain that begins with the text up to `place`.
  fileprivate mutating func branch(off place: ChainPlace, answersExtend: Bool) -> Int32 {
    // The text up to there may lie on what the chain itself begins with.
    var chain = place.chain
    while parents[Int(chain)] >= 0, Int(offsets[Int(chain)]) > place.tokens {
      chain = parents[Int(chain)]
    }
    return addChain(
      parent: chain, offset: Int32(clamping: place.tokens), answersExtend: answersExtend)
  }
}
