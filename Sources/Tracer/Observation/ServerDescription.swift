import NIOCore
package import TraceArchive

/// What a server tells of itself: which engine it is, its models, and its settings by vLLM's option
/// names.
package struct ServerDescription: Sendable {
  package var engine: ServerEngine
  package var models: [String] = []
  /// Tokens that the model knows; nil: it does not say.
  package var vocabulary: Int?
  package var settings: [(name: String, value: JSON)] = []
  /// The median time of an answer that costs no work, in microseconds.
  package var roundTrip: Int64?
  /// Why it did not answer at all; nil: it did.
  package var absence: ExchangeFailure?

  /// A server of which only its engine is known.
  package init(engine: ServerEngine) { self.engine = engine }

  /// Asks the server. `engine` overrides what it seems to be.
  package static func ask(_ fetcher: Fetcher, engine: ServerEngine?) async -> ServerDescription {
    let metrics = await fetcher.get("/metrics")
    let list = await fetcher.get("/v1/models")
    let models = list.flatMap { JSON(text: $0.text) }
    let samples = metrics.map { PrometheusText.samples($0.body) } ?? []
    var server = ServerDescription(
      engine: engine ?? guess(samples, models) ?? .openAI)
    guard metrics != nil || list != nil else {
      server.absence = await fetcher.failure()
      return server
    }
    server.take(models: models)
    if server.engine == .vLLM { server.take(vLLM: samples) }
    if server.engine == .llamaCpp, let props = await fetcher.get("/props") {
      server.take(llamaCpp: JSON(text: props.text))
    }
    await server.measureRoundTrip(fetcher)
    return server
  }

  /// By the names of its metrics, or by who its models belong to.
  static func guess(_ samples: [PrometheusSample], _ models: JSON?) -> ServerEngine? {
    for engine in ServerEngine.allCases {
      guard let prefix = engine.metricPrefix else { continue }
      if samples.contains(where: { $0.name.hasPrefix(prefix) }) { return engine }
    }
    switch models?["data"]?.array?.first?["owned_by"]?.text {
    case "vllm": return .vLLM
    case "sglang": return .sgLang
    case "llamacpp": return .llamaCpp
    default: return nil
    }
  }

  private mutating func take(models json: JSON?) {
    let data = json?["data"]?.array ?? []
    models = data.compactMap { $0["id"]?.text }
    guard let first = data.first else { return }
    vocabulary = first["meta"]?["n_vocab"]?.integer.map { Int($0) }
    if let length = first["max_model_len"] { set("max_model_len", length) }
  }

  /// vLLM tells its cache's settings as labels.
  private mutating func take(vLLM samples: [PrometheusSample]) {
    guard let cache = samples.first(where: { $0.name == "vllm:cache_config_info" }) else { return }
    for name in ["block_size", "num_gpu_blocks"] {
      if let value = cache.label(name).flatMap({ Int64($0) }) { set(name, .integer(value)) }
    }
    if let caches = cache.label("enable_prefix_caching") {
      set("enable_prefix_caching", .bool(caches.lowercased() == "true"))
    }
  }

  /// A slot takes one request, and each has a part of the context for itself.
  private mutating func take(llamaCpp json: JSON?) {
    guard let slots = json?["total_slots"]?.integer,
      let length = json?["default_generation_settings"]?["n_ctx"]?.integer
    else { return }
    set("max_num_seqs", .integer(slots))
    set("max_model_len", .integer(length))
    set("block_size", .integer(Self.slotBlock))
    set("num_gpu_blocks", .integer(slots * (length / Self.slotBlock) + 1))
    set("enable_prefix_caching", .bool(false))
  }

  /// Slots have no blocks; with such ones a simulated engine has the same room.
  private static let slotBlock: Int64 = 16

  private mutating func set(_ name: String, _ value: JSON) {
    settings.removeAll { $0.name == name }
    settings.append((name, value))
  }

  /// A setting that the user states: a number, true, false, or a word.
  package mutating func set(_ name: String, text: String) {
    set(name, JSON(text: text) ?? .string(text))
  }

  private mutating func measureRoundTrip(_ fetcher: Fetcher) async {
    var times: [Int64] = []
    for _ in 0..<9 {
      guard let answer = await fetcher.get("/v1/models") else { return }
      times.append(answer.roundTrip.nanoseconds / 1000)
    }
    roundTrip = times.sorted()[times.count / 2]
  }
}
