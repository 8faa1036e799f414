package import SimKernel

/// One measured set-up as its rows state it: names are not looked up, and what is not stated is
/// nil.
package struct MeasuredCase: Sendable {
  package var id: String
  package var file: String
  /// Of the first row.
  package var line: Int
  /// What kind of measurement it is: `closed_loop`, `request_trace` ...
  package var family: String
  package var gpu: String
  /// Accelerators of the whole system, all replicas together.
  package var accelerators: Int
  package var model: String
  package var huggingFaceID: String?
  package var precision: String
  /// False: the source did not state it.
  package var isPrecisionKnown = true
  package var engine: String
  package var engineVersion: String?
  package var parallelism = StatedParallelism()
  package var load: Load
  package var prompt = StatedLength()
  package var output = StatedLength()
  /// Prompts recur, and the engine's prefix cache is on.
  package var isPrefixCached = false
  package var maxNumBatchedTokens: Int?
  package var maxNumSeqs: Int?
  package var numGPUBlocks: Int?
  /// What kind of requests they were: `lm-arena-chat`.
  package var workload: String?
  /// How many requests the measurement took; 1 where it was not stated.
  package var requests: Int?
  package var source: String
  /// What the reader inferred, in phrases.
  package var notes: [String] = []

  package init(
    id: String, file: String, line: Int, family: String, gpu: String, accelerators: Int,
    model: String, precision: String, engine: String, load: Load, source: String = ""
  ) {
    self.id = id
    self.file = file
    self.line = line
    self.family = family
    self.gpu = gpu
    self.accelerators = accelerators
    self.model = model
    self.precision = precision
    self.engine = engine
    self.load = load
    self.source = source
  }

  /// How requests were sent.
  package enum Load: Sendable {
    /// By clients that send their next request when one has ended.
    case clients(Int)
    /// By so many clients on average, behind an engine with this `max_num_seqs`.
    case meanBatch(Double, maxNumSeqs: Int)
    /// A second, at random.
    case rate(Double)
    /// All at the start.
    case atOnce
    /// One batch of this size at the start, and nothing after it.
    case batch(Int)
    case recorded(RecordedRequests)
  }
}

/// How the model was spread, as stated: nil where it was not.
package struct StatedParallelism: Hashable, Sendable {
  package var tensor: Int?
  package var pipeline: Int?
  /// Ranks of data-parallel attention.
  package var data: Int?
  /// Accelerators that share each expert; 0: not known.
  package var moeTensor: Int?
  /// Groups that the experts are dealt out to.
  package var expert: Int?

  /// No system shares anything among more.
  static let most = 100_000

  package init(
    tensor: Int? = nil, pipeline: Int? = nil, data: Int? = nil, moeTensor: Int? = nil,
    expert: Int? = nil
  ) {
    self.tensor = tensor
    self.pipeline = pipeline
    self.data = data
    self.moeTensor = moeTensor
    self.expert = expert
  }
}

/// Tokens of prompts or answers.
package struct StatedLength: Hashable, Sendable {
  /// As asked of the load generator.
  package var nominal: Double?
  /// As they came out.
  package var mean: Double?

  package init(nominal: Double? = nil, mean: Double? = nil) {
    self.nominal = nominal
    self.mean = mean
  }
}

/// The requests of a recorded run, in the order of their arrivals.
package struct RecordedRequests: Sendable {
  package var arrivals: [SimTime]
  package var promptTokens: [Int32]
  package var outputTokens: [Int32]

  package init(arrivals: [SimTime], promptTokens: [Int32], outputTokens: [Int32]) {
    self.arrivals = arrivals
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
  }
}
