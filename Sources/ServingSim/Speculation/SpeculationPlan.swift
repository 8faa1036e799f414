package import ServingModel
import SimKernel

/// Speculative decoding: a drafter proposes tokens for each sequence that decodes, and the next step
/// verifies them all at once. As vLLM V1 schedules it (`vllm/v1/core/sched/scheduler.py`, 0.11 to 0.32).
package struct SpeculationPlan: Hashable, Sendable {
  /// How many tokens are proposed.
  package var schedule: DraftSchedule
  /// Tokens that a running sequence has KV blocks for beyond those that a step computes, where the
  /// drafter writes KV entries of its own: vLLM's `num_lookahead_tokens`.
  package var lookaheadTokens: Int
  /// Whether the last block that the prefix cache finds is computed again, since an EAGLE or MTP drafter
  /// needs the model's hidden states of it.
  package var recomputesLastBlock: Bool
  package var acceptance: DraftAcceptance

  package init(
    schedule: DraftSchedule, lookaheadTokens: Int = 0, recomputesLastBlock: Bool = false,
    acceptance: DraftAcceptance
  ) {
    precondition(lookaheadTokens >= 0, "a drafter that looks back")
    self.schedule = schedule
    self.lookaheadTokens = lookaheadTokens
    self.recomputesLastBlock = recomputesLastBlock
    self.acceptance = acceptance
  }

  /// Nothing is proposed.
  static let none = SpeculationPlan(
    schedule: DraftSchedule(0), acceptance: DraftAcceptance(rates: [], seed: 0))
}

/// How many of the tokens that a drafter proposes are accepted.
///
/// Whether they are is drawn anew for each place in each answer: it depends on the request and on how
/// many tokens it has, and on nothing that the fleet does, so that runs that differ in a policy can be
/// compared.
package struct DraftAcceptance: Hashable, Sendable {
  /// The share of drafts of which at least so many first tokens are accepted, from 1, as vLLM's
  /// `synthetic_acceptance_rates` and the rates by position that its log prints; falling or level.
  package let rates: [Double]
  /// The scenario's seed, mixed.
  private let seed: UInt64
  /// `rates` as shares of the numbers of 53 bits.
  private let thresholds: [UInt64]

  package init(rates: [Double], seed: UInt64) {
    precondition(rates.allSatisfy { (0...1).contains($0) }, "a share that is none")
    precondition(
      zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 }, "a later token accepted more often")
    self.rates = rates
    var mixer = SplitMix64(state: seed)
    self.seed = mixer.next()
    thresholds = rates.map { UInt64(($0 * 0x1p53).rounded()) }
  }

  /// Tokens that a step yields a sequence on average, the one among them that is always right.
  package var meanLength: Double { 1 + rates.reduce(0, +) }

  /// Of `drafts` tokens proposed for request `number` when it has `generated` of its answer.
  package func accepted(_ drafts: Int, of number: Int, after generated: Int) -> Int {
    guard drafts > 0 else { return 0 }
    var mixer = SplitMix64(state: seed ^ UInt64(truncatingIfNeeded: number))
    mixer.state = mixer.next() ^ UInt64(truncatingIfNeeded: generated)
    let drawn = mixer.next() >> 11
    let most = min(drafts, thresholds.count)
    var accepted = 0
    while accepted < most, drawn < thresholds[accepted] { accepted &+= 1 }
    return accepted
  }
}
