import ServingModel

extension ConfigFields {
  mutating func attention(_ family: ConfigFamily, hidden: Int) -> Attention {
    let heads = size("num_attention_heads", "n_head", "n_heads", within: .heads)
    if family.globalHeads { return globalAttention(heads: heads) }
    return attention(heads: heads, family, hidden: hidden)
  }

  /// Of Gemma 4's full layers; `attention_k_eq_v` halves neither their cache nor their weights here.
  private mutating func globalAttention(heads: Int) -> Attention {
    let shared = flag("attention_k_eq_v", otherwise: false)
    let stated = shared ? optionalSize("num_global_key_value_heads", within: .heads) : nil
    return .grouped(
      heads: heads, kvHeads: stated ?? size("num_key_value_heads", within: .heads),
      headSize: optionalSize("global_head_dim", within: .heads) ?? 512)
  }

  private mutating func attention(
    heads: Int, _ family: ConfigFamily, hidden: Int
  ) -> Attention {
    if family.latentAttention {
      return .latent(
        heads: heads, queryRank: optionalSize("q_lora_rank", within: .heads),
        kvRank: size("kv_lora_rank", within: .heads),
        nopeSize: size("qk_nope_head_dim", within: .heads),
        ropeSize: size("qk_rope_head_dim", within: .heads),
        valueSize: size("v_head_dim", within: .heads))
    }
    let headSize =
      optionalSize("head_dim", within: .heads)
      ?? (family.states == .gatedDelta ? 256 : family.feedForward == .blocks ? 128 : nil)
    if heads > 0, headSize == nil, hidden % heads != 0 {
      problem("num_attention_heads", "\(heads) does not divide hidden_size \(hidden)")
    }
    let kvHeads = kvHeads(of: heads)
    if kvHeads > 0, heads % kvHeads != 0 {
      problem("num_key_value_heads", "\(kvHeads) does not divide num_attention_heads \(heads)")
    }
    return .grouped(
      heads: heads, kvHeads: kvHeads,
      headSize: headSize ?? (heads > 0 ? hidden / heads : 0))
  }

  /// Falcon says whether it is multi-query rather than how many KV heads it has, unless its
  /// decoder is the new one.
  private mutating func kvHeads(of heads: Int) -> Int {
    if text("model_type") == "falcon", !flag("new_decoder_architecture", otherwise: false) {
      return flag("multi_query", otherwise: true) ? 1 : heads
    }
    return optionalSize("num_key_value_heads", within: .heads) ?? optionalSize(
      "num_kv_heads", within: .heads) ?? heads
  }

  mutating func feedForward(_ family: ConfigFamily, layers: Int, hidden: Int) -> FeedForward {
    let part = statedFeedForward(family, layers: layers, hidden: hidden)
    if case .mixture(let experts, let topK, _, _, _, _, _) = part, topK > experts {
      problem("num_experts_per_tok", "\(topK) of \(experts) experts")
    }
    return part
  }

  private mutating func statedFeedForward(
    _ family: ConfigFamily, layers: Int, hidden: Int
  ) -> FeedForward {
    switch family.feedForward {
    case .dense:
      let fallback = text("model_type") == "falcon" ? 4 * hidden : nil
      let stated = optionalSize("ffn_hidden_size") ?? optionalSize("ffn_dim") ?? fallback
      return .dense(
        intermediateSize: stated ?? size("intermediate_size"), gated: family.gated)
    case .mixtral:
      return .mixture(
        experts: size("num_local_experts", within: .experts),
        topK: size("num_experts_per_tok", "experts_per_token", within: .topK),
        expertSize: size("intermediate_size"), sharedSize: 0, moeLayers: layers, denseSize: 0,
        gated: true)
    case .qwen:
      let period = optionalSize("decoder_sparse_step") ?? 1
      let moeLayers = max(0, layers / period - count("mlp_only_layers"))
      return .mixture(
        experts: size("num_experts", within: .experts),
        topK: size("num_experts_per_tok", within: .topK),
        expertSize: size("moe_intermediate_size"),
        sharedSize: optionalSize("shared_expert_intermediate_size") ?? 0, moeLayers: moeLayers,
        denseSize: moeLayers < layers ? size("intermediate_size") : 0, gated: true)
    case .deepSeek:
      let expertSize = size("moe_intermediate_size")
      let dense = min(layers, optionalSize("first_k_dense_replace") ?? 0)
      let shared =
        optionalSize("n_shared_experts", within: .topK)
        ?? optionalSize("num_shared_experts", within: .topK) ?? 0
      return .mixture(
        experts: size("n_routed_experts", "num_experts", within: .experts),
        topK: size("num_experts_per_tok", "num_experts_per_token", within: .topK),
        expertSize: expertSize,
        sharedSize: expertSize * shared,
        moeLayers: layers - dense, denseSize: dense > 0 ? size("intermediate_size") : 0,
        gated: true)
    case .gemma, .granite, .blocks, .adjusted, .afterDenseLayers:
      return hybridFeedForward(family, layers: layers)
    }
  }

  /// The format of the tensors that are not quantised.
  var tensorFormat: NumberFormat {
    (text("torch_dtype") ?? text("dtype")) == "float32" ? .float32 : .bfloat16
  }

  /// What `quantization_config` says; nil: there is none.
  mutating func quantization() -> ConfigQuantization? {
    guard let stated = fields("quantization_config") ?? fields("compression_config") else {
      return nil
    }
    var problems: [(String, String)] = []
    let quantization = ConfigQuantization(stated) { problems.append(($0, $1)) }
    for (field, message) in problems { problem(field, message) }
    return quantization
  }
}
