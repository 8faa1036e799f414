import ServingModel

/// A layer that keeps a state: what it keeps for a sequence, and its weights.
struct StateLayer {
  /// State values, and the last inputs that its convolution looks back on.
  var values: Int
  var convolution: Int
  var parameters: Int
  var format: NumberFormat
}

/// Shapes are those of vLLM (vllm/model_executor/layers/mamba/mamba_utils.py, 0.15); parameters those of
/// the checkpoints.
extension ConfigFields {
  mutating func stateLayer(_ family: ConfigFamily, hidden: Int) -> StateLayer {
    switch family.states {
    case .gatedDelta: gatedDelta(hidden: hidden)
    case .kimiDelta: kimiDelta(hidden: hidden)
    case .mamba: mamba(family, hidden: hidden)
    case .lightning: lightning(hidden: hidden)
    case .convolution: shortConvolution(hidden: hidden)
    case .none: StateLayer(values: 0, convolution: 0, parameters: 0, format: .float32)
    }
  }

  /// Queries, keys, values and a gate are projected together, and two more values a head.
  private mutating func gatedDelta(hidden: Int) -> StateLayer {
    let keyHeads = optionalSize("linear_num_key_heads", within: .heads) ?? 16
    let valueHeads = optionalSize("linear_num_value_heads", within: .heads) ?? 32
    let keySize = optionalSize("linear_key_head_dim", within: .stateSizes) ?? 128
    let valueSize = optionalSize("linear_value_head_dim", within: .stateSizes) ?? 128
    let kernel = optionalSize("linear_conv_kernel_dim", within: .stateSizes) ?? 4
    let (keys, values) = (keyHeads * keySize, valueHeads * valueSize)
    let convolved = 2 * keys + values
    return StateLayer(
      values: valueHeads * keySize * valueSize, convolution: convolved * (kernel - 1),
      parameters: hidden * (convolved + values + 2 * valueHeads) + convolved * kernel
        + values * hidden,
      format: stateFormat(otherwise: .bfloat16))
  }

  /// Queries, keys and values have a convolution each; the decay and the output have gates of low rank.
  private mutating func kimiDelta(hidden: Int) -> StateLayer {
    guard var linear = fields("linear_attn_config") else {
      problem("linear_attn_config", "missing")
      return StateLayer(values: 0, convolution: 0, parameters: 0, format: .float32)
    }
    if linear.flag("use_full_rank_gate", otherwise: false) {
      problem("linear_attn_config.use_full_rank_gate", "true is not supported")
    }
    if optionalSize("routed_expert_hidden_size") != nil {
      problem("routed_expert_hidden_size", "experts of another width are not supported")
    }
    let heads = linear.size("num_heads", within: .heads)
    let size = linear.size("head_dim", within: .stateSizes)
    let kernel = linear.optionalSize("short_conv_kernel_size", within: .stateSizes) ?? 4
    for found in linear.problems { problem("linear_attn_config.\(found.field)", found.message) }
    let width = heads * size
    return StateLayer(
      values: heads * size * size, convolution: 3 * width * (kernel - 1),
      parameters: 4 * hidden * width + hidden * heads + 2 * (hidden * size + size * width)
        + 3 * width * kernel,
      format: .float32)
  }

  /// Mamba-2: the input is projected to values, a gate, two vectors a group, and a step a head.
  private mutating func mamba(_ family: ConfigFamily, hidden: Int) -> StateLayer {
    let isNemotron = family.feedForward == .blocks
    let heads = size(isNemotron ? "mamba_num_heads" : "mamba_n_heads", within: .heads)
    let stated = optionalSize("mamba_d_ssm")
    let expansion = optionalSize("mamba_expand", within: .stateSizes) ?? 2
    let inner: Int
    if isNemotron {
      inner = heads * size("mamba_head_dim", within: .stateSizes)
    } else {
      inner = stated ?? expansion * hidden
      if heads > 0, inner % heads != 0 {
        problem("mamba_n_heads", "\(heads) does not divide the \(inner) values of a layer")
      }
    }
    let state = size(isNemotron ? "ssm_state_size" : "mamba_d_state", within: .stateSizes)
    let groups = size(isNemotron ? "n_groups" : "mamba_n_groups", within: .heads)
    let kernel =
      optionalSize(isNemotron ? "conv_kernel" : "mamba_d_conv", within: .stateSizes) ?? 4
    let convolved = inner + 2 * groups * state
    return StateLayer(
      values: inner * state, convolution: convolved * (kernel - 1),
      parameters: hidden * (inner + convolved + heads) + convolved * kernel + inner * hidden,
      format: stateFormat(otherwise: isNemotron ? .float32 : .bfloat16))
  }

  /// Queries, keys, values, a gate and the output are as wide as all heads.
  private mutating func lightning(hidden: Int) -> StateLayer {
    let heads = size("num_attention_heads", within: .heads)
    let size =
      optionalSize("head_dim", within: .stateSizes) ?? (heads > 0 ? hidden / heads : 0)
    return StateLayer(
      values: heads * size * size, convolution: 0, parameters: 5 * hidden * heads * size,
      format: .float32)
  }

  private mutating func shortConvolution(hidden: Int) -> StateLayer {
    let kernel = optionalSize("conv_L_cache", within: .stateSizes) ?? 3
    return StateLayer(
      values: 0, convolution: hidden * (kernel - 1),
      parameters: 4 * hidden * hidden + hidden * kernel, format: .float32)
  }

  /// What vLLM keeps states in: as the file says, else as the rest of the model.
  private func stateFormat(otherwise usual: NumberFormat) -> NumberFormat {
    switch text("mamba_ssm_dtype") ?? text("mamba_ssm_cache_dtype") {
    case "float32": .float32
    case "bfloat16", "float16": .bfloat16
    default: usual
    }
  }
}

// MARK: - Their feed-forward parts

extension ConfigFields {
  mutating func hybridFeedForward(_ family: ConfigFamily, layers: Int) -> FeedForward {
    switch family.feedForward {
    case .gemma: gemmaFeedForward(layers: layers)
    case .granite: graniteFeedForward(layers: layers)
    case .blocks: blocksFeedForward(family)
    case .adjusted: .dense(intermediateSize: adjustedSize(), gated: true)
    case .afterDenseLayers, .dense, .mixtral, .qwen, .deepSeek: lateMixture(layers: layers)
    }
  }

  private mutating func gemmaFeedForward(layers: Int) -> FeedForward {
    if number("hidden_size_per_layer_input") ?? 256 != 0 {
      problem(
        "hidden_size_per_layer_input",
        "embeddings for each layer (Gemma 4 E2B and E4B; 256 unless the file says 0) are not "
          + "supported")
    }
    if number("num_kv_shared_layers") ?? 0 != 0 {
      problem("num_kv_shared_layers", "layers that share keys and values are not supported")
    }
    let dense = size("intermediate_size")
    guard flag("enable_moe_block", otherwise: false) else {
      return .dense(intermediateSize: dense, gated: true)
    }
    return .mixture(
      experts: size("num_experts", within: .experts), topK: size("top_k_experts", within: .topK),
      expertSize: size("moe_intermediate_size"), sharedSize: dense, moeLayers: layers,
      denseSize: 0, gated: true)
  }

  private mutating func graniteFeedForward(layers: Int) -> FeedForward {
    let shared = size("shared_intermediate_size")
    guard let experts = optionalSize("num_local_experts", within: .experts) else {
      return .dense(intermediateSize: shared, gated: true)
    }
    return .mixture(
      experts: experts, topK: size("num_experts_per_tok", within: .topK),
      expertSize: size("intermediate_size"), sharedSize: shared, moeLayers: layers, denseSize: 0,
      gated: true)
  }

  private mutating func blocksFeedForward(_ family: ConfigFamily) -> FeedForward {
    let moeLayers = blocks.count { $0 == "moe" }
    let dense = blocks.count { $0 == "mlp" }
    if moeLayers + dense == 0 { problem("layers_block_type", "no layer is \"mlp\" or \"moe\"") }
    guard moeLayers > 0 else {
      return .dense(intermediateSize: size("intermediate_size"), gated: family.gated)
    }
    if optionalSize("moe_latent_size") != nil {
      problem("moe_latent_size", "experts of another width are not supported")
    }
    let shared = optionalSize("n_shared_experts", within: .topK) ?? 0
    return .mixture(
      experts: size("n_routed_experts", within: .experts),
      topK: size("num_experts_per_tok", within: .topK), expertSize: size("moe_intermediate_size"),
      sharedSize: shared > 0 ? shared * size("moe_shared_expert_intermediate_size") : 0,
      moeLayers: moeLayers, denseSize: dense > 0 ? size("intermediate_size") : 0,
      gated: family.gated)
  }

  /// Two thirds of what the file says, times a factor, rounded up to a multiple.
  private mutating func adjustedSize() -> Int {
    let stated = optionalSize("block_ff_dim") ?? size("intermediate_size")
    guard flag("block_auto_adjust_ff_dim", otherwise: true) else { return stated }
    let factor = decimal("block_ffn_dim_multiplier") ?? 1
    guard factor > 0, factor <= 1000 else {
      problem("block_ffn_dim_multiplier", "expected a number above 0 and up to 1000")
      return stated
    }
    let multiple = optionalSize("block_multiple_of") ?? 256
    let adjusted = Int(factor * Double(2 * stated / 3))
    let rounded = max(1, (adjusted + multiple - 1) / multiple) * multiple
    guard Bounds<Int>.width.range.contains(rounded) else {
      problem("block_ffn_dim_multiplier", "it makes intermediate_size \(rounded)")
      return stated
    }
    return rounded
  }

  private mutating func lateMixture(layers: Int) -> FeedForward {
    let dense = min(layers, optionalSize("num_dense_layers", within: .layers) ?? 0)
    return .mixture(
      experts: size("num_experts", within: .experts),
      topK: size("num_experts_per_tok", within: .topK), expertSize: size("moe_intermediate_size"),
      sharedSize: 0, moeLayers: layers - dense,
      denseSize: dense > 0 ? size("intermediate_size") : 0,
      gated: true)
  }
}
