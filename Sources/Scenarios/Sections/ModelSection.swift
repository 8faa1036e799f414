import ServingModel

/// `model`: a catalogue name or Hugging Face id, a `config.json`, or a description.
enum ModelSection: Sendable {
  /// Or a directory with a `config.json`.
  case named(Stated<String>)
  /// The path of a Hugging Face `config.json`, relative to the scenario.
  case file(Stated<String>)
  case described(ModelArchitecture, DocumentNode)

  init?(_ group: Fields) {
    let expected =
      "a catalogue name, a path of a config.json or of a directory with one, or a mapping"
    let node = group.node(
      "model", expected,
      "A name of `kavier catalog models`, a Hugging Face repository listed there, the path of a "
        + "Hugging Face `config.json` or of a model's directory, or a description.",
      .needed("unless `step_time` is linear or a table"))
    guard let node else { return nil }
    if case .mapping = node.content {
      guard let model = Self.model(group.below("model", node)) else { return nil }
      self = .described(model, node)
      return
    }
    let name = group.scalar(node, path: group.path("model"), expected: expected) { $0 }
    guard let name else { return nil }
    self = name.value.hasSuffix(".json") ? .file(name) : .named(name)
  }

  private static let unnamed = "described in the scenario"

  private static func model(_ fields: Fields) -> ModelArchitecture? {
    fields.introduce("The shape of a transformer.")
    let name = fields.text("name", "What reports call it.", .default(unnamed))?.value ?? unnamed
    let layers = required(fields, "layers", "the number of layers", .layers)
    let hidden = required(fields, "hidden_size", "the width of the residual stream")
    let attention = fields.fields(
      "attention", "How layers attend to the context.",
      .required("a mapping like {heads: 32, kv_heads: 8, head_size: 128}")
    ).flatMap { Self.attention($0) }
    let feedForward = fields.fields(
      "feed_forward", "What follows attention in each layer.",
      .required("a mapping like {intermediate_size: 14336}")
    ).flatMap { Self.feedForward($0, layers: layers) }
    let vocabulary = required(
      fields, "vocabulary_size", "the number of tokens in the vocabulary", .vocabulary)
    let tied = fields.flag(
      "tied_embeddings", "The output head uses the matrix of the embedding.", .default("false"))
    let windowed = fields.wholeNumber(
      "windowed_layers", in: 0...Bounds.layers.range.upperBound,
      "How many of the layers see only a window of the context.", .default("0"))
    let window = fields.wholeNumber(
      "window", .context, "The tokens that these layers see.", .needed("with `windowed_layers`"))
    let maxContext = required(
      fields, "max_context", "the longest context in tokens", .context)
    let format = fields.choice(
      "format", of: NumberFormat.self, "The format that the weights are published in.",
      .default("bf16"))
    let parameters = fields.positive(
      "declared_parameters", .parameters,
      "How many the publisher says there are. The counted weights are scaled to it when the two "
        + "differ by more than 1.5 %.")
    let active = fields.positive(
      "declared_active_parameters", .parameters,
      "How many of them the publisher says a token uses. For information only.")
    check(windowed, window, layers: layers, fields)
    fields.finish()
    guard let layers, let hidden, let attention, let feedForward, let vocabulary, let maxContext
    else { return nil }
    let windowedLayers = min(windowed?.value ?? 0, layers)
    return ModelArchitecture(
      id: name, layers: layers, hiddenSize: hidden, attention: attention, feedForward: feedForward,
      vocabularySize: vocabulary, tiedEmbeddings: tied?.value ?? false,
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
}
