package import SimKernel

/// Another model's step times, and what a drafter takes after each step to propose the tokens that the
/// next one verifies (`propose` in `vllm/v1/spec_decode/eagle.py`, 0.11).
///
/// The drafter goes once over the tokens of the step, which gives the first proposal of each sequence,
/// and once more over one token a sequence for each further one.
package struct SpeculativeStepTime: StepTimeModel {
  private let target: any StepTimeModel
  private let drafter: any StepTimeModel
  private let schedule: DraftSchedule
  /// Whether one pass proposes all tokens of a sequence.
  private let isParallel: Bool

  package init(
    _ target: any StepTimeModel, drafter: any StepTimeModel, schedule: DraftSchedule,
    isParallel: Bool = false
  ) {
    self.target = target
    self.drafter = drafter
    self.schedule = schedule
    self.isParallel = isParallel
  }

  package var name: String { target.name }
  package var provenance: String { "\(target.provenance); not measured with a drafter" }
  package var attentionWindow: Int? { target.attentionWindow }

  package func duration(of work: StepWork) -> SimDuration {
    target.duration(of: work) + drafting(after: work)
  }

  /// Steps yield different numbers of tokens, so each is priced by itself.
  package func decodeLine(sequences: Int) -> DecodeLine? { nil }

  /// The ranks draft together, too.
  package func duration(ofRanks works: [StepWork]) -> SimDuration {
    target.duration(ofRanks: works) + (works.map(drafting(after:)).max() ?? .zero)
  }

  package func covers(_ work: StepWork) -> Bool { target.covers(work) }

  private func drafting(after work: StepWork) -> SimDuration {
    let drafts = schedule.drafts(batch: work.sequences)
    guard drafts > 0 else { return .zero }
    // What the step verified goes through the drafter's layers, but its head is asked for one token a
    // sequence: to the drafter it is as a prompt.
    var first = work
    first.prefillTokens += work.draftTokens
    first.draftTokens = isParallel ? work.sequences * (drafts - 1) : 0
    guard !isParallel else { return drafter.duration(of: first) }
    var next = StepWork()
    next.decodeSequences = work.sequences
    next.decodeContext = work.decodeContext + work.prefillContext + work.prefillTokens
    return drafter.duration(of: first) + drafter.duration(of: next) * (drafts - 1)
  }
}

/// How many tokens a drafter proposes for each sequence of a step.
package struct DraftSchedule: Hashable, Sendable {
  /// By sequences in the step, from 1; of more sequences the last one's.
  private let byBatch: [Int]

  /// The same whatever the batch.
  package init(_ tokens: Int) { self.init(byBatch: [tokens]) }

  /// vLLM's `num_speculative_tokens_per_batch_size`, spread out.
  package init(byBatch: [Int]) {
    precondition(
      !byBatch.isEmpty && byBatch.allSatisfy { (0...255).contains($0) },
      "a draft of no length, or of more than 255 tokens")
    self.byBatch = byBatch
  }

  /// The most.
  package var longest: Int { byBatch.max() ?? 0 }

  package func drafts(batch sequences: Int) -> Int {
    byBatch[min(max(sequences, 1), byBatch.count) - 1]
  }
}
