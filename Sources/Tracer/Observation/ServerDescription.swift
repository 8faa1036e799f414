import NIOCore
package import TextAndBytes

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
  /// The status of its list of models; nil: no answer.
  package private(set) var listStatus: Int?
  /// It has a list of models.
  package private(set) var hasList = false
  /// As it says itself.
  package private(set) var version: String?

  /// A server of which only its engine is known.
  package init(engine: ServerEngine) { self.engine = engine }

  /// Asks the server. `engine` overrides what it seems to be.
  package static func ask(_ fetcher: Fetcher, engine: ServerEngine?) async -> ServerDescription {
    guard let list = await fetcher.get("/v1/models") else {
      var server = ServerDescription(engine: engine ?? .openAI)
      server.absence = await fetcher.failure()
      return server
    }
    let models = list.status == 200 ? JSON(text: list.text) : nil
    let metrics = await fetcher.get("/metrics")
    let samples = metrics.map { PrometheusText.samples($0.body) } ?? []
    var server = ServerDescription(
      engine: engine ?? guess(samples, models) ?? .openAI)
    server.listStatus = list.status
    server.hasList = models?["data"]?.array != nil
    server.take(models: models)
    if server.engine == .vLLM {
      server.take(vLLM: samples)
      server.take(version: await fetcher.get("/version"))
    }
    if server.engine == .sgLang {
      for path in ["/get_server_info", "/server_info"] where server.settings.count < 3 {
        server.take(sgLang: await fetcher.get(path))
      }
    }
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
    if let length = first["max_model_len"]?.integer, length > 0 {
      set("max_model_len", .integer(length))
    }
  }

  private mutating func take(version answer: Fetcher.Answer?) {
    guard let answer, answer.status == 200 else { return }
    version = JSON(text: answer.text)?["version"]?.text
  }

  /// vLLM tells its cache's settings as labels.
  private mutating func take(vLLM samples: [PrometheusSample]) {
    guard let cache = samples.first(where: { $0.name == "vllm:cache_config_info" }) else { return }
    for name in ["block_size", "num_gpu_blocks"] {
      if let value = cache.label(name).flatMap({ Int64($0) }), value > 0 {
        set(name, .integer(value))
      }
    }
    if let share = cache.label("gpu_memory_utilization").flatMap({ Double($0) }), share > 0 {
      set("gpu_memory_utilization", .decimal(share))
    }
    if let caches = cache.label("enable_prefix_caching") {
      set("enable_prefix_caching", .bool(caches.lowercased() == "true"))
    }
  }

  /// SGLang's settings under vLLM's names. A page is a block; it counts no block for itself.
  private mutating func take(sgLang answer: Fetcher.Answer?) {
    guard let answer, answer.status == 200, let json = JSON(text: answer.text) else { return }
    version = json["version"]?.text
    for (name, theirs) in [
      ("max_num_seqs", "max_running_requests"), ("max_num_batched_tokens", "chunked_prefill_size"),
      ("max_model_len", "context_length"), ("block_size", "page_size"),
    ] {
      if let value = json[theirs]?.integer, value > 0 { set(name, .integer(value)) }
    }
    if let tokens = json["max_total_num_tokens"]?.integer, let size = json["page_size"]?.integer,
      size > 0, (1...Int64(Int32.max)).contains(tokens / size)
    {
      set("num_gpu_blocks", .integer(tokens / size + 1))
    }
    if let isOff = json["disable_radix_cache"]?.flag { set("enable_prefix_caching", .bool(!isOff)) }
  }

  /// A slot takes one request, and each has a part of the context for itself.
  private mutating func take(llamaCpp json: JSON?) {
    version = json?["build_info"]?.text
    guard let slots = json?["total_slots"]?.integer, (1...1_000_000).contains(slots),
      let length = json?["default_generation_settings"]?["n_ctx"]?.integer,
      (1...1_000_000_000).contains(length)
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
