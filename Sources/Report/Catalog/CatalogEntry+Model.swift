package import ServingModel

extension CatalogEntry {
  package init(_ model: ModelArchitecture) {
    self.init(id: model.id, source: model.source, note: model.note)
    if let repository = model.huggingFaceID { add("hugging face", repository) }
    add("layers", model.layers)
    add("layer kinds", model.layerKinds.text)
    add("hidden size", model.hiddenSize)
    add("attention", model.attention.text)
    add("feed-forward", model.feedForward.text)
    add("vocabulary", model.vocabularySize, "tokens")
    add("tied embeddings", model.tiedEmbeddings ? "yes" : "no")
    add("longest context", model.maxContext, "tokens")
    add("native format", model.nativeFormat.rawValue)
    addParameters(model)
    addMemory(model)
  }

  private mutating func addParameters(_ model: ModelArchitecture) {
    let count = ParameterCount(model)
    add(
      "declared parameters", model.declaredParameters.map { $0 / 1e9 }, "billion", "its publisher")
    add("parameters", count.total / 1e9, "billion", Self.counted)
    for (part, parameters) in count.parts {
      add("- \(part.rawValue)", parameters / 1e9, "billion", Self.counted)
    }
    add("active parameters", count.active / 1e9, "billion", Self.counted)
  }

  private mutating func addMemory(_ model: ModelArchitecture) {
    let bf16 = model.weightBytes(Precision(weights: .bfloat16, of: model))
    let origin = model.declaredExcess == 1 ? Self.counted : "from the declared parameters"
    add("weights in bf16", bf16.gibibytes, "GiB", origin)
    if model.nativeFormat != .bfloat16 {
      let native = Precision.native(to: model)
      add(
        "weights as published", model.weightBytes(native).gibibytes, "GiB",
        "\(native.summary(for: model)), \(origin)")
    }
    let kv = KVSize(model, format: .bfloat16)
    add("KV cache", kv.full.count, "B/token", "bf16, layers that keep the whole context")
    if kv.windowed > .zero {
      add(
        "KV cache in windows", kv.windowed.count, "B/token",
        "bf16, up to \(model.layerKinds.window) tokens")
    }
    if kv.state > .zero {
      add("states", kv.state.count, "B/sequence", "fp32, layers with linear attention")
    }
  }

  private static let counted = "counted from the shape"
}

extension Attention {
  fileprivate var text: String {
    switch self {
    case .grouped(let heads, let kvHeads, let size):
      "\(heads) heads of \(size), \(kvHeads) for KV"
    case .latent(let heads, _, let kvRank, _, let ropeSize, _):
      "\(heads) heads, MLA latent \(kvRank) + \(ropeSize)"
    }
  }
}

extension LayerKinds {
  fileprivate var text: String {
    var kinds = full > 0 ? ["\(full) full"] : []
    if windowed > 0 { kinds.append("\(windowed) with window \(window)") }
    if linear > 0 { kinds.append("\(linear) linear") }
    return kinds.joined(separator: ", ")
  }
}

extension FeedForward {
  fileprivate var text: String {
    switch self {
    case .dense(let size, let gated):
      return "\(size) wide\(gated ? ", gated" : "")"
    case .mixture(let experts, let topK, let size, let shared, let layers, let dense, _):
      return "\(topK) of \(experts) experts \(size) wide in \(layers) layers"
        + (shared > 0 ? ", \(shared) shared" : "") + (dense > 0 ? ", else \(dense)" : "")
    }
  }
}
