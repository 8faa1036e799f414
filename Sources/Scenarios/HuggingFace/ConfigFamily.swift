/// Model types that name and default their fields alike.
struct ConfigFamily: Sendable {
  enum FeedForwardFields: Sendable {
    case dense
    /// `num_local_experts` of `intermediate_size`, in every layer.
    case mixtral
    /// `num_experts` of `moe_intermediate_size`, in every `decoder_sparse_step`-th layer.
    case qwen
    /// `n_routed_experts` of `moe_intermediate_size` after `first_k_dense_replace` dense layers.
    case deepSeek
    /// `num_experts` of `moe_intermediate_size` beside a dense part in every layer, where
    /// `enable_moe_block` says so (Gemma 4).
    case gemma
    /// `num_local_experts` of `intermediate_size` beside `shared_intermediate_size`; without experts
    /// that one alone (Granite 4.0).
    case granite
    /// Layers of their own, by their letters or words (Nemotron-H).
    case blocks
    /// `intermediate_size` adjusted as LFM2 does.
    case adjusted
    /// `num_experts` of `moe_intermediate_size` after `num_dense_layers` dense layers.
    case afterDenseLayers
  }

  enum Windows: Sendable {
    /// `sliding_window` holds for all layers.
    case everywhere
    /// Every n-th layer attends to everything, the others to the window.
    case allButEvery(Int)
    /// No windows, whatever `sliding_window` says.
    case never
  }

  /// What layers that keep a state, and not the whole context, are.
  enum StateLayers: Sendable {
    case none
    /// Gated delta nets: Qwen3-Next's `linear_attention`.
    case gatedDelta
    /// Kimi's delta attention, described by `linear_attn_config`.
    case kimiDelta
    /// Mamba-2 by the fields of Granite, Bamba and Falcon, or by those of Nemotron.
    case mamba
    /// MiniMax's lightning attention.
    case lightning
    /// LFM2's short convolutions.
    case convolution
  }

  var types: [String]
  var feedForward = FeedForwardFields.dense
  var gated = true
  var latentAttention = false
  var windows = Windows.everywhere
  var tiedByDefault = false
  var maxContextByDefault = 2048
  var states = StateLayers.none
  /// Every layer attends to everything and keeps a state, side by side.
  var mixesInParallel = false
  /// The output of attention passes a gate unless `attn_output_gate` denies it.
  var outputGate = false
  /// Full layers have heads of their own sizes, `global_head_dim` and `num_global_key_value_heads`.
  var globalHeads = false
  /// Without `use_sliding_window` there is no window.
  var windowsOnDemand = false
  /// Sparse attention that is read as full attention.
  var indexed = false

  static let all = [
    ConfigFamily(types: [
      "llama", "mistral", "mistral3", "ministral", "phi3", "granite", "olmo2",
      "olmo3", "smollm3", "seed_oss", "internlm3", "exaone4",
    ]),
    ConfigFamily(types: ["qwen2", "qwen3"], windowsOnDemand: true),
    ConfigFamily(types: ["gemma"], tiedByDefault: true),
    ConfigFamily(types: ["gemma2"], windows: .allButEvery(2), tiedByDefault: true),
    ConfigFamily(
      types: ["gemma3", "gemma3_text"], windows: .allButEvery(6), tiedByDefault: true),
    ConfigFamily(
      types: ["gemma4", "gemma4_text"], feedForward: .gemma, windows: .allButEvery(6),
      tiedByDefault: true, maxContextByDefault: 131_072, globalHeads: true),
    ConfigFamily(types: ["apertus"], gated: false),
    ConfigFamily(types: ["mixtral", "phimoe", "minimax_m2"], feedForward: .mixtral),
    ConfigFamily(types: ["gpt_oss"], feedForward: .mixtral, windows: .allButEvery(2)),
    ConfigFamily(types: ["qwen2_moe", "qwen3_moe"], feedForward: .qwen, windowsOnDemand: true),
    ConfigFamily(
      types: ["qwen3_next", "qwen3_5_moe", "qwen3_5_moe_text"], feedForward: .qwen,
      maxContextByDefault: 32_768, states: .gatedDelta, outputGate: true),
    ConfigFamily(
      types: ["qwen3_5", "qwen3_5_text"], maxContextByDefault: 32_768, states: .gatedDelta,
      outputGate: true),
    ConfigFamily(
      types: ["kimi_linear"], feedForward: .deepSeek, latentAttention: true,
      maxContextByDefault: 4096, states: .kimiDelta),
    ConfigFamily(types: ["granitemoehybrid"], feedForward: .granite, states: .mamba),
    ConfigFamily(
      types: ["bamba"], tiedByDefault: false, maxContextByDefault: 262_144, states: .mamba),
    ConfigFamily(
      types: ["falcon_h1"], maxContextByDefault: 8192, states: .mamba, mixesInParallel: true),
    ConfigFamily(
      types: ["nemotron_h"], feedForward: .blocks, gated: false, windows: .never,
      maxContextByDefault: 4096, states: .mamba),
    ConfigFamily(
      types: ["minimax", "minimax_text_01", "minimax_m1"], feedForward: .mixtral, states: .lightning
    ),
    ConfigFamily(
      types: ["lfm2"], feedForward: .adjusted, tiedByDefault: true, maxContextByDefault: 128_000,
      states: .convolution),
    ConfigFamily(
      types: ["lfm2_moe"], feedForward: .afterDenseLayers, tiedByDefault: true,
      maxContextByDefault: 128_000, states: .convolution),
    ConfigFamily(types: ["glm4_moe"], feedForward: .deepSeek),
    ConfigFamily(
      types: ["deepseek_v2", "deepseek_v3", "kimi_k2", "kimi_k25"], feedForward: .deepSeek,
      latentAttention: true),
    ConfigFamily(
      types: ["deepseek_v32", "glm_moe_dsa"], feedForward: .deepSeek, latentAttention: true,
      indexed: true),
    ConfigFamily(types: ["gpt_neox"], gated: false),
    ConfigFamily(types: ["opt", "falcon"], gated: false, windows: .never, tiedByDefault: true),
  ]

  static func named(_ type: String) -> ConfigFamily? { all.first { $0.types.contains(type) } }
}
