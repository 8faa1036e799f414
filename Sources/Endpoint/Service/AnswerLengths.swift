import ServingSim
import SimKernel

/// How long answers are by themselves: as in the scenario's workload.
struct AnswerLengths: Sendable {
  private let outputTokens: [Int32]
  private let seed: UInt64

  init(_ plan: Plan) {
    outputTokens = plan.workload.outputTokens
    seed = plan.seed
  }

  /// The tokens of the answer to request `index` of a run, and whether it ends by itself, not at the
  /// limit.
  func draw(
    _ request: CompletionRequest, _ script: AnswerScript, index: UInt64, room: Int
  ) -> (tokens: Int, endsItself: Bool) {
    let limit = min(request.maxTokens ?? room, room)
    let natural = max(1, request.minTokens, own(request, script, index: index) ?? limit)
    if let stop = script.stop, stop.tokens <= min(natural, limit) { return (stop.tokens, true) }
    return natural < limit || (natural == limit && !request.ignoresEnd && script.ownTokens == limit)
      ? (natural, true) : (limit, false)
  }

  /// How long it would be without a limit; nil: it goes on for ever.
  private func own(_ request: CompletionRequest, _ script: AnswerScript, index: UInt64) -> Int? {
    guard !request.ignoresEnd else { return nil }
    // What has a form is as long as it takes.
    if let own = script.ownTokens { return own }
    guard !outputTokens.isEmpty else { return nil }
    var stream = RandomStream(seed: seed, .outputLengths, index: index)
    return Int(outputTokens[stream.integer(below: outputTokens.count)])
  }
}
