package import TraceArchive

/// A request that is to be sent.
package struct PlannedRequest: Sendable {
  /// Its place in the workload.
  package var number: Int
  /// When it is to be sent, nanoseconds from the load's start; nil: when what it waits for has
  /// ended, or a client is free.
  package var arrival: Int64?
  /// Numbers of requests before it that end before it is sent.
  package var waitsFor: [Int] = []
  /// Nanoseconds after they have ended.
  package var think: Int64 = 0
  package var prompt: Prompt
  package var inputTokens: Int64
  /// The limit of the answer; nil: the server's own.
  package var maxTokens: Int64?
  /// The row of the workload it comes from: what else it says is recorded with the answer.
  package var record: TraceRecord

  package init(number: Int, prompt: Prompt, inputTokens: Int64, maxTokens: Int64?) {
    self.number = number
    self.prompt = prompt
    self.inputTokens = inputTokens
    self.maxTokens = maxTokens
    record = TraceRecord()
    record.id = Int64(number)
  }
}
