/// One run of a recorded engine as its clients and its clock saw it. Times are on the run's clock.
package struct ServedRun: Sendable {
  package var name: String
  package var server: String
  /// What the server served; nil: not stated.
  package var model: String?
  /// Clients that each send their next request when one has ended; nil: requests were sent at times
  /// of their own.
  package var concurrency: Int?
  /// The median gap between parts of an answer as the load generator reported it, in milliseconds;
  /// nil: not stated.
  package var medianGap: Double?
  /// Requests that got their whole answer.
  package internal(set) var requests: [ServedRequest] = []
  /// Requests that did not.
  package internal(set) var failed = 0
  /// Empty where nobody asked for them.
  package internal(set) var steps: [TimedStep] = []
  /// From sending to the end of those that did not, in nanoseconds; where it is known.
  package internal(set) var disturbances: [ClosedRange<Int64>] = []
  /// The server's settings by vLLM's option names, as a recording states them.
  package internal(set) var settings: [String: String] = [:]
  /// Nanoseconds that an answer takes which costs the server no work; nil: not measured.
  package internal(set) var roundTrip: Int64?

  /// Whether it is known when its requests were sent.
  package internal(set) var isTimed = true

  /// Puts other steps in their place.
  package mutating func replaceSteps(by steps: [TimedStep]) { self.steps = steps }

  /// Micro-benchmarks are for calibration, all other runs for holding it against.
  package var isMicroBenchmark: Bool {
    name.split(separator: ".").last?.hasPrefix("mb_") ?? false
  }
}

/// A request as its client saw it.
package struct ServedRequest: Sendable {
  /// Its arrival is when the client sent it.
  package var request: EngineRequest
  /// When the client got the first and the last part of the answer, and when its stream ended, in
  /// nanoseconds.
  package var firstToken: Int64
  package var lastToken: Int64
  package var end: Int64
  /// When the scheduler got it and when the engine had its first token; nil: not stated.
  package var engineArrival: Int64?
  package var engineFirstToken: Int64?
  /// When the parts of the answer came, in nanoseconds, and their tokens; empty: not recorded.
  package var chunks: [Chunk] = []
  /// Of the prompt, read from the server's cache.
  package var cachedTokens: Int32 = 0

  package struct Chunk: Hashable, Sendable {
    package var at: Int64
    package var tokens: Int64

    package init(at: Int64, tokens: Int64) {
      self.at = at
      self.tokens = tokens
    }
  }
}

/// A step's work and how long it took, in milliseconds; or that of several steps together.
package struct TimedStep: Sendable {
  /// How many steps these are.
  package var count: Int
  /// Scheduling, execution and the update after it.
  package var busy: Double
  /// Since the step before; nil for the first one.
  package var gap: Double?
  package var decodeSequences: Int
  package var decodeContext: Int
  package var prefillSequences: Int
  package var prefillTokens: Int
  /// Query-key pairs: the sum of n c + n (n + 1) / 2 over prompts with n tokens after c.
  package var prefillPairs: Int

  package init(
    count: Int = 1, busy: Double, gap: Double?, decodeSequences: Int, decodeContext: Int,
    prefillSequences: Int,
    prefillTokens: Int, prefillPairs: Int
  ) {
    self.count = count
    self.busy = busy
    self.gap = gap
    self.decodeSequences = decodeSequences
    self.decodeContext = decodeContext
    self.prefillSequences = prefillSequences
    self.prefillTokens = prefillTokens
    self.prefillPairs = prefillPairs
  }
}
