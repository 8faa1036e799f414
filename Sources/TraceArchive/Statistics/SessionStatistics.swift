/// Conversations: their turns, and the time between them.
package struct SessionStatistics: Sendable {
  package var count: Int
  package var turns: Summary
  /// Share of sessions with one request.
  package var singleShare: Double
  /// Seconds a client thinks, where the trace says so.
  package var think: Summary?
  /// Seconds from a request's arrival to that of the session's next.
  package var gaps: Summary?
  /// Of a prompt's tokens, how many were in the prompt before of the same agent: by token, and the
  /// spread over requests. nil without block ids.
  package var carriedShare: Double?
  package var carried: Summary?
  /// Tokens that a prompt adds to the one before of the same agent.
  package var added: Summary?
  /// Share of those prompts that lost more than a tenth of the blocks before.
  package var resetShare: Double?

  /// nil without sessions.
  package init?(_ table: TraceTable, carry: ContextCarry?) {
    guard table.sessionNames.count > 0 else { return nil }
    var perSession = [Double](repeating: 0, count: table.sessionNames.count)
    var last = [Int64](repeating: TraceTable.none, count: table.sessionNames.count)
    var gaps: [Double] = []
    let order = table.inputs.indices.sorted {
      (table.arrivals[$0], $0) < (table.arrivals[$1], $1)
    }
    for row in order where table.session(row) >= 0 {
      let session = Int(table.session(row))
      perSession[session] += 1
      let arrival = table.arrivals[row]
      guard arrival != TraceTable.none else { continue }
      if last[session] != TraceTable.none { gaps.append(Double(arrival - last[session]) / 1e6) }
      last[session] = arrival
    }
    guard let turns = Summary(perSession) else { return nil }
    count = perSession.count
    self.turns = turns
    singleShare = Double(perSession.count { $0 == 1 }) / Double(count)
    self.gaps = Summary(gaps)
    think = Summary(table.values(.think))?.scaled(by: 1e-6)
    guard let carry, !carry.shares.isEmpty else { return }
    carriedShare = carry.carriedTokens / carry.tokens
    carried = Summary(carry.shares)
    added = Summary(carry.added)
    resetShare = Double(carry.resets) / Double(carry.shares.count)
  }
}

/// Watches how much of each prompt was in the prompt before of the same agent.
package final class ContextCarry: RecordObserver {
  private(set) var shares: [Double] = []
  private(set) var added: [Double] = []
  private(set) var carriedTokens = 0.0
  private(set) var tokens = 0.0
  private(set) var resets = 0
  private var blockSize = 0.0
  private var before: [String: BlockRuns] = [:]

  package init() {}

  package func begin(_ header: TraceHeader) {
    let isChain = header.hashing?.kind == nil || header.hashing?.kind == .prefixChain
    blockSize = isChain ? Double(header.hashing?.blockSize ?? 0) : 0
  }

  package func observe(_ record: TraceRecord, _ table: TraceTable) {
    guard blockSize > 0, let session = record.session, record.inputTokens > 0 else { return }
    let key = "\(session)\u{0}\(record.agent ?? "")"
    let runs = record.prefixRuns
    guard let last = before.updateValue(runs, forKey: key) else { return }
    let shared = runs.sharedCount(with: last)
    let input = Double(record.inputTokens)
    let carried = min(Double(shared) * blockSize, input)
    shares.append(carried / input)
    added.append(input - carried)
    carriedTokens += carried
    tokens += input
    if Double(shared) < 0.9 * Double(last.count) { resets += 1 }
  }
}
