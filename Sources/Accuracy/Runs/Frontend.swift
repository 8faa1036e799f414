package import ServingModel

/// What lies between a measured client and the engine.
package struct Frontend: Sendable {
  /// In seconds, both ways.
  package var latency = 0.0
  /// Steps until a request's first tokens are sent.
  package var streamSteps = 0.0
  /// How much of an M/D/1 queue's wait to add in closed loops.
  package var promptQueueing = 0.0
  /// Seconds to add in closed loops for each token of a prompt and each other client.
  package var promptCrowding = 0.0

  package init() {}

  package init(_ coefficients: RooflineCoefficients) {
    latency = coefficients[.frontendLatency]
    streamSteps = coefficients[.streamSteps]
    promptQueueing = coefficients[.promptQueueing]
    promptCrowding = coefficients[.promptCrowding]
  }
}
