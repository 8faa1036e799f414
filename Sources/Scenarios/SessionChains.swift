import ServingSim
import TraceArchive

/// Content chains from conversations: a turn's prompt goes on from the prompt and answer of the
/// turn before when it is at least as long as they are; a shorter one is a new context.
struct SessionChains {
  private var parents: [Int32] = []
  private var offsets: [Int32] = []
  /// By chain: the last row on it.
  private var lastRows: [Int] = []
  private var lastOfSession: [Int32: Int] = [:]

  mutating func table(_ trace: RequestTrace, _ rows: TraceRows) -> ContentTable {
    var chainOfRow = [Int32](repeating: -1, count: trace.count)
    for kept in rows.kept {
      let row = Int(kept)
      let session = trace.sessions?[row] ?? -1
      let predecessor = predecessor(of: row, session: session, trace)
      if session >= 0 { lastOfSession[session] = row }
      guard session >= 0 || trace.parents != nil else { continue }
      chainOfRow[row] = chain(of: row, after: predecessor, trace, chainOfRow)
    }
    return ContentTable(
      chainOfRequest: rows.kept.map { chainOfRow[Int($0)] }, answersExtendChain: true,
      parents: parents, offsets: offsets)
  }

  private func predecessor(of row: Int, session: Int32, _ trace: RequestTrace) -> Int? {
    guard let parents = trace.parents else { return lastOfSession[session] }
    return parents[row] >= 0 ? Int(parents[row]) : nil
  }

  private mutating func chain(
    of row: Int, after predecessor: Int?, _ trace: RequestTrace, _ chainOfRow: [Int32]
  ) -> Int32 {
    guard let predecessor, chainOfRow[predecessor] >= 0 else { return addChain(row: row) }
    let context = Int(trace.inputTokens[predecessor]) + Int(trace.outputTokens[predecessor])
    guard Int(trace.inputTokens[row]) >= context else { return addChain(row: row) }
    let chain = chainOfRow[predecessor]
    guard lastRows[Int(chain)] == predecessor else {
      return addChain(row: row, parent: chain, offset: Int32(context))
    }
    lastRows[Int(chain)] = row
    return chain
  }

  private mutating func addChain(row: Int, parent: Int32 = -1, offset: Int32 = 0) -> Int32 {
    parents.append(parent)
    offsets.append(offset)
    lastRows.append(row)
    return Int32(parents.count - 1)
  }
}
