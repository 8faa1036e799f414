import ServingModel

/// Which layers there are. Names and defaults are those of Transformers 5
/// (src/transformers/models/*/configuration_*.py) and of the checkpoints' own files before it.
extension ConfigFields {
  /// How many.
  mutating func layers(_ family: ConfigFamily) -> Int {
    guard family.feedForward == .blocks else {
      return size("num_hidden_layers", "n_layer", "n_layers", within: .layers)
    }
    let blocks = blocks
    guard Bounds<Int>.layers.range.contains(blocks.count) else {
      problem("layers_block_type or hybrid_override_pattern", "missing, or too many layers")
      return 1
    }
    return blocks.count
  }

  /// Of Nemotron-H, whose mixers and feed-forward parts are layers of their own.
  var blocks: [String] {
    if let words = words("layers_block_type") ?? words("layer_types") {
      return words.map(Self.kind(named:))
    }
    let letters: [Character: String] = [
      "M": "linear_attention", "E": "moe", "*": "full_attention", "-": "mlp",
    ]
    return (text("hybrid_override_pattern") ?? "").map { letters[$0] ?? String($0) }
  }

  /// Older files have other words for some kinds.
  private static func kind(named name: String) -> String {
    ["mamba": "linear_attention", "conv": "linear_attention", "attention": "full_attention"][name]
      ?? name
  }

  /// From the list of kinds where the file has one, else as its family has them.
  mutating func layerKinds(_ family: ConfigFamily, layers: Int, hidden: Int) -> LayerKinds {
    guard family.states == .none else {
      return hybridKinds(family, layers: layers, hidden: hidden)
    }
    var kinds =
      words("layer_types").map { layerKinds(types: $0, layers: layers) }
      ?? usualKinds(family, layers: layers)
    if family.globalHeads, kinds.windowed > 0 {
      kinds.windowedAttention = .grouped(
        heads: size("num_attention_heads", within: .heads),
        kvHeads: size("num_key_value_heads", within: .heads),
        headSize: optionalSize("head_dim", within: .heads) ?? 256)
    }
    return kinds
  }

  private mutating func usualKinds(_ family: ConfigFamily, layers: Int) -> LayerKinds {
    guard flag("use_sliding_window", otherwise: !family.windowsOnDemand),
      let window = optionalSize("sliding_window", within: .context)
    else { return LayerKinds(full: layers) }
    let full: Int
    switch family.windows {
    case .never: full = layers
    case .everywhere:
      full = family.windowsOnDemand ? min(layers, optionalSize("max_window_layers") ?? 0) : 0
    case .allButEvery(let period):
      full = layers / (optionalSize("sliding_window_pattern") ?? period)
    }
    return full == layers
      ? LayerKinds(full: layers)
      : LayerKinds(full: full, windowed: layers - full, window: window)
  }

  private mutating func layerKinds(types: [String], layers: Int) -> LayerKinds {
    check(types, are: ["full_attention", "sliding_attention"], layers: layers)
    let windowed = types.count { $0 == "sliding_attention" }
    guard windowed > 0 else { return LayerKinds(full: layers) }
    return LayerKinds(
      full: layers - windowed, windowed: windowed, window: size("sliding_window", within: .context))
  }

  private mutating func check(_ types: [String], are known: Set<String>, layers: Int) {
    if types.count != layers {
      problem("layer_types", "\(types.count) entries for \(layers) layers")
    }
    for type in Set(types).subtracting(known).sorted() {
      problem("layer_types", "\"\(type)\" is not supported")
    }
  }

  /// Of models with layers that keep a state.
  private mutating func hybridKinds(
    _ family: ConfigFamily, layers: Int, hidden: Int
  ) -> LayerKinds {
    let full: Int
    var linear: Int
    if family.mixesInParallel {
      (full, linear) = (layers, layers)
    } else {
      let kinds = hybridTypes(family, layers: layers)
      full = kinds.count { $0 == "full_attention" }
      linear = kinds.count { $0 == "linear_attention" }
    }
    guard linear > 0 else { return LayerKinds(full: full) }
    let state = stateLayer(family, hidden: hidden)
    if !(state.values < 1 << 40 && state.parameters < 1 << 40) {
      problem("", "a layer whose state or parameters are more than a trillion values")
      linear = 0
    }
    return LayerKinds(
      full: full, linear: linear, linearState: state.values, stateFormat: state.format,
      convolutionState: state.convolution, linearParameters: state.parameters)
  }

  /// The kind of each layer.
  private mutating func hybridTypes(_ family: ConfigFamily, layers: Int) -> [String] {
    if family.feedForward == .blocks {
      check(
        blocks, are: ["full_attention", "linear_attention", "moe", "mlp"], layers: layers)
      return blocks
    }
    if let types = (words("layer_types") ?? words("layers_block_type"))?.map(Self.kind(named:)) {
      check(types, are: ["full_attention", "linear_attention"], layers: layers)
      return types
    }
    let full = fullLayers(family, layers: layers)
    return (0..<layers).map { full.contains($0) ? "full_attention" : "linear_attention" }
  }

  /// The numbers, from 0, of layers that attend to everything, as older files list them.
  private mutating func fullLayers(_ family: ConfigFamily, layers: Int) -> Set<Int> {
    switch family.states {
    case .gatedDelta:
      let period = optionalSize("full_attention_interval", within: .layers) ?? 4
      return Set((0..<layers).filter { ($0 + 1) % period == 0 })
    case .kimiDelta:
      let linear = fields("linear_attn_config")
      guard let full = linear?.numbers("full_attn_layers") else {
        problem("linear_attn_config.full_attn_layers", "missing")
        return []
      }
      // Counted from 1.
      return Set(full.map { $0 - 1 })
    case .lightning:
      guard let types = numbers("attn_type_list") else {
        problem("layer_types or attn_type_list", "missing")
        return []
      }
      return Set(types.indices.filter { types[$0] == 1 })
    case .convolution: return Set(numbers("full_attn_idxs") ?? Array(0..<layers))
    case .mamba, .none: return Set(numbers("attn_layer_indices") ?? [])
    }
  }
}
