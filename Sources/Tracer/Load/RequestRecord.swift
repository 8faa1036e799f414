/// What became of a request. Times are nanoseconds of the recording's clock.
package struct RequestRecord: Sendable {
  /// Its place in the workload.
  package var number: Int
  /// When it was due: by the workload, or in a closed loop when a client was free. Latencies count
  /// from here, so that a client that falls behind does not hide the server's delay.
  package var scheduled: Int64
  /// When it went out; nil: it never did.
  package var sent: Int64?
  package var end: Int64
  /// nil: the answer is whole.
  package var failure: ExchangeFailure?
  package var httpStatus: Int?
  package var attempts = 1
  package var chunks: [StreamedAnswer.Chunk] = []
  package var finishReason: String?
  package var model: String?
  /// As the server counts; nil: it did not say.
  package var promptTokens: Int64?
  package var completionTokens: Int64?
  package var cachedTokens: Int64?
  package var reasoningTokens: Int64?

  package init(number: Int, scheduled: Int64) {
    self.number = number
    self.scheduled = scheduled
    end = scheduled
  }

  package var firstToken: Int64? { chunks.first?.at }
  package var lastToken: Int64? { chunks.last?.at }
  package var isOK: Bool { failure == nil }
  private var isMiscounted: Bool { if case .miscounted? = failure { true } else { false } }

  mutating func take(_ answer: StreamedAnswer) {
    chunks = answer.countedChunks
    finishReason = answer.finishReason
    model = answer.model
    reasoningTokens = answer.usage?.reasoning
    promptTokens = answer.usage?.prompt
    completionTokens = answer.completionTokens
    cachedTokens = answer.usage?.cached
    // Of counts that cannot be, none is to be believed.
    guard answer.fault != nil || isMiscounted else { return }
    (promptTokens, completionTokens, cachedTokens, reasoningTokens) = (nil, nil, nil, nil)
    chunks = chunks.map { StreamedAnswer.Chunk(at: $0.at, tokens: nil) }
  }
}
