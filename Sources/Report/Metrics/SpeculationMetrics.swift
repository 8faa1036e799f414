import ServingSim

/// What came of a drafter's tokens, by the names of vLLM's metrics.
package struct SpeculationMetrics: Hashable, Sendable {
  /// How often tokens were proposed for a request and verified, how many were proposed, and how many of
  /// those were accepted, whether or not an answer's end cut them off.
  package var drafts: Int
  package var draftTokens: Int
  package var acceptedTokens: Int

  /// Accepted over proposed.
  package var acceptanceRate: Double? { ratio(Double(acceptedTokens), Double(draftTokens)) }

  /// Tokens that a draft yields on average, the one after the accepted ones among them.
  package var meanAcceptanceLength: Double? {
    ratio(Double(acceptedTokens), Double(drafts)).map { 1 + $0 }
  }

  /// nil: nothing was verified.
  init?(_ recording: Recording) {
    var sum = WindowTotals()
    for replica in recording.replicas { for window in replica.windows { sum.add(window) } }
    guard sum.verifiedDrafts > 0 else { return nil }
    drafts = sum.verifiedDrafts
    acceptedTokens = sum.acceptedTokens
    draftTokens = Int(sum.prefillSteps.draftTokens + sum.decodeSteps.draftTokens)
  }
}
