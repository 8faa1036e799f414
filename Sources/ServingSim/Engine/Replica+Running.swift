/// What policies may know of those who run.
extension Replica {
  /// The sum of `measure` over the running requests.
  func sumOverRunning(_ measure: (RunningRequest) -> Int) -> Int {
    var sum = 0
    var id = batch.running.first
    while id >= 0 {
      sum += measure(
        RunningRequest(
          promptTokens: Int(live[id].promptTokens), generatedTokens: generatedTokens(id),
          maxTokens: Int(live[id].maxTokens), heldTokens: heldTokens(id)))
      id = live[id].next
    }
    return sum
  }

  /// Tokens that a running request has of its answer.
  func generatedTokens(_ id: Int32) -> Int {
    live[id].isDecoding
      ? Int(decoders.context(of: id, in: live)) + 1 - Int(live[id].promptTokens)
      : Int(live[id].generatedTokens)
  }

  /// Tokens that it has KV blocks for when running requests have been served.
  private func heldTokens(_ id: Int32) -> Int {
    if live[id].isDecoding {
      return Int(decoders.context(of: id, in: live)) + (settings.promptsFirst ? 0 : 1)
    }
    return Int(live[id].computedTokens) + batch.chunk(of: id)
  }
}
