/// How an endpoint is run.
package struct EndpointOptions: Sendable {
  package var host = "127.0.0.1"
  /// 0: any that is free.
  package var port = 8000
  /// What clients have to send as `Authorization: Bearer TOKEN`; nil: nothing.
  package var token: String?
  /// Simulated seconds that pass in a second.
  package var speed = 1.0
  package var modelName: String
  /// What /version says.
  package var version = ""
  /// Threads that serve connections; the first one runs the simulation, too.
  package var threads = 2
  package var limits = EndpointLimits()
  /// /metrics has the names of Dynamo's frontend beside vLLM's.
  package var tellsDynamoMetrics = false
  package var faults = FaultRates()
  /// What a token is.
  package var vocabulary = Vocabulary.bytes(ByteVocabulary())
  /// Whether `EndpointServer.stop` returns what happened to every request, which takes memory for
  /// each.
  package var keepsOutcomes = false

  package init(modelName: String) { self.modelName = modelName }
}

/// What an endpoint does not take more of.
package struct EndpointLimits: Sendable {
  /// Requests under way; further ones are answered 429.
  package var concurrency = 16_384
  /// Requests that wait in the engines' queues; further ones are answered 429. nil: no bound.
  package var waiting: Int?
  /// Seconds after which a client that was answered 429 may try again.
  package var retryAfter = 1
  /// Open connections; on a few further ones questions of health alone are answered.
  package var connections = 16_384
  package static let spareConnections = 64
  package var bodyBytes = 8 << 20
  /// Of all requests that are coming in together; further ones are answered 429.
  package var allBodyBytes = 256 << 20
  /// Of all header fields together.
  package var headerBytes = 32 << 10
  /// Seconds that a request may take to come in, from its first line on.
  package var readTime = 30
  /// Seconds that a connection may be open without a request.
  package var idleTime = 60
  /// Seconds that an answer may take.
  package var requestTime = 3600
  /// Seconds that requests under way have to end when the endpoint is stopped.
  package var drainTime = 30

  package init() {}
}
