import ServingSim

extension Workload {
  /// Tokens, prompt and answer, of the request that a token of the workload is in on average: what
  /// windows and states are charged by, since the long requests fill the KV cache. nil: no requests.
  var typicalRequest: Int? {
    var tokens = 0.0
    var squares = 0.0
    for index in promptTokens.indices {
      let length = Double(promptTokens[index]) + Double(outputTokens[index])
      tokens += length
      squares += length * length
    }
    return tokens > 0 ? Int((squares / tokens).rounded(.up)) : nil
  }
}
