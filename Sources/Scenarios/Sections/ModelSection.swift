import ServingModel

/// `model`: a catalogue name or Hugging Face id, a `config.json`, or a description.
enum ModelSection: Sendable {
  case named(Stated<String>)
  /// The path of a Hugging Face `config.json`, relative to the scenario.
  case file(Stated<String>)
  case described(ModelArchitecture, DocumentNode)

  init?(_ group: Fields) {
    guard let node = group.node("model") else { return nil }
    let path = group.path("model")
    if case .mapping = node.content {
      let fields = Fields(node, path: path, issues: group.issues)
      guard let model = Self.model(fields) else { return nil }
      self = .described(model, node)
      return
    }
    let name = group.scalar(
      node, path: path, expected: "a catalogue name, a path of a config.json, or a mapping"
    ) { $0 }
    guard let name else { return nil }
    self = name.value.hasSuffix(".json") ? .file(name) : .named(name)
  }

  private static func model(_ fields: Fields) -> ModelArchitecture? {
    let name = fields.text("name")?.value ?? "described in the scenario"
    let layers = required(fields, "layers", "the number of layers", .layers)
    let hidden = required(fields, "hidden_size", "the width of the residual stream")
    let attention = fields.fields("attention").flatMap { Self.attention($0) }
    let feedForward = fields.fields("feed_forward").flatMap { Self.feedForward($0, layers: layers) }
    let vocabulary = required(
      fields, "vocabulary_size", "the number of tokens in the vocabulary", .vocabulary)
    let tied = fields.flag("tied_embeddings")?.value ?? false
    let windowed = fields.wholeNumber("windowed_layers", in: 0...Bounds.layers.range.upperBound)
    let window = fields.wholeNumber("window", .context)
    let maxContext = required(
      fields, "max_context", "the longest context in tokens", .context)
    let format = fields.choice("format", of: NumberFormat.self)
    let parameters = fields.positive("declared_parameters", .parameters)
    let active = fields.positive("declared_active_parameters", .parameters)
    if fields.node("attention") == nil {
      fields.missing("attention", "a mapping like {heads: 32, kv_heads: 8, head_size: 128}")
    }
    if fields.node("feed_forward") == nil {
      fields.missing("feed_forward", "a mapping like {intermediate_size: 14336}")
    }
    check(windowed, window, layers: layers, fields)
    fields.finish()
    guard let layers, let hidden, let attention, let feedForward, let vocabulary, let maxContext
    else { return nil }
    let windowedLayers = min(windowed?.value ?? 0, layers)
    return ModelArchitecture(
      id: name, layers: layers, hiddenSize: hidden, attention: attention, feedForward: feedForward,
      vocabularySize: vocabulary, tiedEmbeddings: tied,
      layerKinds: LayerKinds(
        full: layers - windowedLayers, windowed: windowedLayers, window: window?.value ?? 0),
      maxContext: maxContext, nativeFormat: format?.value ?? .bfloat16,
      declaredParameters: parameters?.value, declaredActiveParameters: active?.value,
      source: "the scenario")
  }

  private static func check(
    _ windowed: Stated<Int>?, _ window: Stated<Int>?, layers: Int?, _ fields: Fields
  ) {
    if let windowed, let layers, windowed.value > layers {
      fields.issues.add(
        windowed.origin, windowed.path, "found \"\(windowed.text)\"; the model has \(layers) layers"
      )
    }
    if (windowed?.value ?? 0) > 0, window == nil {
      fields.missing("window", "the tokens that a windowed layer sees")
    }
  }

  private static func attention(_ fields: Fields) -> Attention? {
    defer { fields.finish() }
    let heads = required(fields, "heads", "the number of query heads", .heads)
    if fields.node("kv_rank") != nil {
      let kvRank = required(fields, "kv_rank", "the size of the KV latent", .heads)
      let queryRank = fields.wholeNumber("query_rank", .heads)?.value
      let nope = required(fields, "nope_size", "the head size without rotary part", .heads)
      let rope = required(fields, "rope_size", "the size of the rotary part", .heads)
      let value = required(fields, "value_size", "the head size of values", .heads)
      guard let heads, let kvRank, let nope, let rope, let value else { return nil }
      return .latent(
        heads: heads, queryRank: queryRank, kvRank: kvRank, nopeSize: nope, ropeSize: rope,
        valueSize: value)
    }
    let kvHeads = fields.wholeNumber("kv_heads", .heads)
    let headSize = required(fields, "head_size", "the size of a head, like 128", .heads)
    guard let heads, let headSize else { return nil }
    if let kvHeads, kvHeads.value > heads || heads % kvHeads.value != 0 {
      fields.issues.add(
        kvHeads.origin, kvHeads.path,
        "found \"\(kvHeads.text)\"; expected a divisor of the \(heads) query heads")
    }
    return .grouped(heads: heads, kvHeads: kvHeads?.value ?? heads, headSize: headSize)
  }

  private static func feedForward(_ fields: Fields, layers: Int?) -> FeedForward? {
    defer { fields.finish() }
    let gated = fields.flag("gated")?.value ?? true
    guard fields.node("experts") != nil else {
      let size = required(fields, "intermediate_size", "the inner width, like 14336")
      return size.map { .dense(intermediateSize: $0, gated: gated) }
    }
    let experts = required(fields, "experts", "the number of routed experts", .experts)
    let topK = required(fields, "top_k", "how many experts a token is routed to", .topK)
    let size = required(fields, "expert_size", "the inner width of an expert")
    let shared = fields.wholeNumber("shared_size", in: 0...1_000_000)?.value ?? 0
    let moeLayers = fields.wholeNumber("moe_layers", .layers)?.value ?? layers
    let dense = fields.wholeNumber("dense_size", in: 0...1_000_000)?.value ?? 0
    guard let experts, let topK, let size, let moeLayers else { return nil }
    if topK > experts { fields.problem("top_k \(topK) is more than the \(experts) experts") }
    if let layers, moeLayers > layers {
      fields.problem("moe_layers \(moeLayers) is more than the model's \(layers) layers")
    }
    return .mixture(
      experts: experts, topK: topK, expertSize: size, sharedSize: shared, moeLayers: moeLayers,
      denseSize: dense, gated: gated)
  }

  private static func required(
    _ fields: Fields, _ name: String, _ expected: String, _ bounds: Bounds<Int> = .width
  ) -> Int? {
    if fields.node(name) == nil { fields.missing(name, expected) }
    return fields.wholeNumber(name, bounds)?.value
  }
}
