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
    _ request: CompletionRequest, index: UInt64, room: Int
  ) -> (tokens: Int, endsItself: Bool) {
    let limit = min(request.maxTokens ?? room, room)
    guard !request.ignoresEnd, !outputTokens.isEmpty else { return (limit, false) }
    var stream = RandomStream(seed: seed, .outputLengths, index: index)
    let drawn = Int(outputTokens[stream.integer(below: outputTokens.count)])
    let natural = max(drawn, request.minTokens, 1)
    return natural < limit ? (natural, true) : (limit, false)
  }
}
