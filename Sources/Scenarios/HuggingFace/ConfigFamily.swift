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
  }

  enum Windows: Sendable {
    /// `sliding_window` holds for all layers.
    case everywhere
    /// Every n-th layer attends to everything, the others to the window.
    case allButEvery(Int)
    /// No windows, whatever `sliding_window` says.
    case never
  }

  var types: [String]
  var feedForward = FeedForwardFields.dense
  var gated = true
  var latentAttention = false
  var windows = Windows.everywhere
  var tiedByDefault = false
  var maxContextByDefault = 2048
  /// Sparse attention that is read as full attention.
  var indexed = false

  static let all = [
    ConfigFamily(types: [
      "llama", "mistral", "mistral3", "ministral", "qwen2", "qwen3", "phi3", "granite", "olmo2",
      "olmo3", "smollm3", "seed_oss", "internlm3", "exaone4",
    ]),
    ConfigFamily(types: ["gemma"], tiedByDefault: true),
    ConfigFamily(types: ["gemma2"], windows: .allButEvery(2), tiedByDefault: true),
    ConfigFamily(
      types: ["gemma3", "gemma3_text"], windows: .allButEvery(6), tiedByDefault: true),
    ConfigFamily(types: ["apertus"], gated: false),
    ConfigFamily(types: ["mixtral", "phimoe"], feedForward: .mixtral),
    ConfigFamily(types: ["gpt_oss"], feedForward: .mixtral, windows: .allButEvery(2)),
    ConfigFamily(types: ["qwen2_moe", "qwen3_moe"], feedForward: .qwen),
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
