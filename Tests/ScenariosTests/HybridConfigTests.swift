import Scenarios
import ServingModel
import Testing

/// Files of models with layers that keep a state, or whose layers attend by different heads.
@Suite(.timeLimit(.minutes(30))) struct HybridConfigTests {
  static let qwen3Next = """
    {"model_type": "qwen3_next", "hidden_size": 2048, "num_hidden_layers": 48, "head_dim": 256,
     "num_attention_heads": 16, "num_key_value_heads": 2, "intermediate_size": 5120,
     "full_attention_interval": 4, "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128,
     "linear_num_key_heads": 16, "linear_num_value_heads": 32, "linear_value_head_dim": 128,
     "num_experts": 512, "num_experts_per_tok": 10, "moe_intermediate_size": 512,
     "shared_expert_intermediate_size": 512, "decoder_sparse_step": 1, "mlp_only_layers": [],
     "vocab_size": 151936, "max_position_embeddings": 262144, "tie_word_embeddings": false}
    """
  static let qwen35 = """
    {"model_type": "qwen3_5_moe", "tie_word_embeddings": false, "vision_config": {"depth": 27},
     "text_config": {"model_type": "qwen3_5_moe_text", "hidden_size": 2048,
     "num_hidden_layers": 8, "head_dim": 256, "num_attention_heads": 16,
     "num_key_value_heads": 2, "attn_output_gate": true, "mamba_ssm_dtype": "float32",
     "layer_types": ["linear_attention", "linear_attention", "linear_attention",
       "full_attention", "linear_attention", "linear_attention", "linear_attention",
       "full_attention"],
     "linear_num_key_heads": 16, "linear_num_value_heads": 32, "num_experts": 256,
     "num_experts_per_tok": 8, "moe_intermediate_size": 512,
     "shared_expert_intermediate_size": 512, "vocab_size": 248320,
     "max_position_embeddings": 262144}}
    """
  static let qwen35Dense = """
    {"model_type": "qwen3_5", "text_config": {"model_type": "qwen3_5_text", "hidden_size": 5120,
     "num_hidden_layers": 64, "head_dim": 256, "num_attention_heads": 24,
     "num_key_value_heads": 4, "attn_output_gate": true, "mamba_ssm_dtype": "float32",
     "linear_num_key_heads": 16, "linear_num_value_heads": 48, "intermediate_size": 17408,
     "vocab_size": 248320, "max_position_embeddings": 262144}}
    """
  static let gemma4 = """
    {"model_type": "gemma4", "text_config": {"model_type": "gemma4_text", "hidden_size": 5376,
     "num_hidden_layers": 60, "num_attention_heads": 32, "num_key_value_heads": 16,
     "num_global_key_value_heads": 4, "head_dim": 256, "global_head_dim": 512,
     "attention_k_eq_v": true, "hidden_size_per_layer_input": 0, "intermediate_size": 21504,
     "sliding_window": 1024, "vocab_size": 262144, "max_position_embeddings": 262144}}
    """
  static let gemma4Mixture = """
    {"model_type": "gemma4", "text_config": {"model_type": "gemma4_text", "hidden_size": 2816,
     "num_hidden_layers": 30, "num_attention_heads": 16, "num_key_value_heads": 8,
     "num_global_key_value_heads": 2, "head_dim": 256, "global_head_dim": 512,
     "attention_k_eq_v": true, "hidden_size_per_layer_input": 0, "intermediate_size": 2112,
     "enable_moe_block": true, "num_experts": 128, "top_k_experts": 8,
     "moe_intermediate_size": 704, "num_kv_shared_layers": 0,
     "sliding_window": 1024, "vocab_size": 262144, "max_position_embeddings": 262144}}
    """
  static let kimi = """
    {"model_type": "kimi_linear", "hidden_size": 2304, "num_hidden_layers": 27, "head_dim": 72,
     "num_attention_heads": 32, "num_key_value_heads": 32, "q_lora_rank": null,
     "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
     "num_experts": 256, "num_experts_per_token": 8, "num_shared_experts": 1,
     "moe_intermediate_size": 1024, "first_k_dense_replace": 1, "intermediate_size": 9216,
     "vocab_size": 163840, "model_max_length": 1048576, "max_position_embeddings": 1048576,
     "linear_attn_config": {"full_attn_layers": [4, 8, 12, 16, 20, 24, 27], "head_dim": 128,
       "num_heads": 32, "short_conv_kernel_size": 4}}
    """
  static let graniteTiny = """
    {"model_type": "granitemoehybrid", "hidden_size": 1536, "num_hidden_layers": 40,
     "num_attention_heads": 12, "num_key_value_heads": 4, "intermediate_size": 512,
     "shared_intermediate_size": 1024, "num_local_experts": 64, "num_experts_per_tok": 6,
     "mamba_n_heads": 48, "mamba_d_head": 64, "mamba_n_groups": 1, "mamba_d_state": 128,
     "mamba_d_conv": 4, "mamba_expand": 2, "vocab_size": 100352,
     "max_position_embeddings": 131072, "tie_word_embeddings": true, "layer_types": [\(granite)]}
    """
  private static let granite = (0..<40).map {
    [5, 15, 25, 35].contains($0) ? "\"attention\"" : "\"mamba\""
  }.joined(separator: ", ")
  static let nemotron = """
    {"model_type": "nemotron_h", "hidden_size": 2688, "num_hidden_layers": 52, "head_dim": 128,
     "hybrid_override_pattern": "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME",
     "num_attention_heads": 32, "num_key_value_heads": 2, "intermediate_size": 1856,
     "mamba_num_heads": 64, "mamba_head_dim": 64, "ssm_state_size": 128, "n_groups": 8,
     "conv_kernel": 4, "n_routed_experts": 128, "n_shared_experts": 1,
     "num_experts_per_tok": 6, "moe_intermediate_size": 1856,
     "moe_shared_expert_intermediate_size": 3712, "mamba_ssm_cache_dtype": "float32",
     "vocab_size": 131072, "max_position_embeddings": 262144, "tie_word_embeddings": false}
    """
  static let nemotronDense = """
    {"model_type": "nemotron_h", "hidden_size": 4480, "num_hidden_layers": 56, "head_dim": 128,
     "hybrid_override_pattern": "M-M-M-MM-M-M-M*-M-M-M*-M-M-M-M*-M-M-M-M*-M-MM-M-M-M-M-M-",
     "num_attention_heads": 40, "num_key_value_heads": 8, "intermediate_size": 15680,
     "mamba_num_heads": 128, "mamba_head_dim": 80, "ssm_state_size": 128, "n_groups": 8,
     "conv_kernel": 4, "vocab_size": 131072, "max_position_embeddings": 131072}
    """
  static let miniMax = """
    {"model_type": "minimax_text_01", "hidden_size": 6144, "num_hidden_layers": 80,
     "head_dim": 128, "num_attention_heads": 64, "num_key_value_heads": 8,
     "intermediate_size": 9216, "num_local_experts": 32, "num_experts_per_tok": 2,
     "attn_type_list": [\(lightning)], "vocab_size": 200064,
     "max_position_embeddings": 10240000}
    """
  private static let lightning = (0..<80).map { $0 % 8 == 7 ? "1" : "0" }.joined(separator: ", ")
  static let miniMaxM2 = """
    {"model_type": "minimax_m2", "hidden_size": 3072, "num_hidden_layers": 62, "head_dim": 128,
     "num_attention_heads": 48, "num_key_value_heads": 8, "intermediate_size": 1536,
     "num_local_experts": 256, "num_experts_per_tok": 8, "vocab_size": 200064,
     "max_position_embeddings": 196608, "tie_word_embeddings": false}
    """
  static let falcon = """
    {"model_type": "falcon_h1", "hidden_size": 5120, "num_hidden_layers": 72, "head_dim": 128,
     "num_attention_heads": 20, "num_key_value_heads": 4, "intermediate_size": 21504,
     "mamba_d_ssm": 4096, "mamba_n_heads": 32, "mamba_d_head": 128, "mamba_n_groups": 2,
     "mamba_d_state": 256, "mamba_d_conv": 4, "mamba_expand": 2, "vocab_size": 261120,
     "max_position_embeddings": 262144, "tie_word_embeddings": false}
    """
  static let bamba = """
    {"model_type": "bamba", "hidden_size": 4096, "num_hidden_layers": 32,
     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
     "attn_layer_indices": [9, 18, 27], "mamba_n_heads": 128, "mamba_d_head": 64,
     "mamba_n_groups": 1, "mamba_d_state": 128, "mamba_d_conv": 4, "mamba_expand": 2,
     "vocab_size": 128256, "tie_word_embeddings": false}
    """
  static let lfm2 = """
    {"model_type": "lfm2", "hidden_size": 2048, "num_hidden_layers": 16,
     "num_attention_heads": 32, "num_key_value_heads": 8, "block_ff_dim": 12288,
     "block_auto_adjust_ff_dim": true, "block_ffn_dim_multiplier": 1.0,
     "block_multiple_of": 256, "conv_L_cache": 3, "full_attn_idxs": [2, 5, 8, 10, 12, 14],
     "vocab_size": 65536, "max_position_embeddings": 128000, "tie_embedding": true}
    """
  static let lfm2Mixture = """
    {"model_type": "lfm2_moe", "hidden_size": 2048, "num_hidden_layers": 24,
     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 7168,
     "num_dense_layers": 2, "num_experts": 32, "num_experts_per_tok": 4,
     "moe_intermediate_size": 1792, "conv_L_cache": 3, "vocab_size": 65536,
     "layer_types": [\(convolutions)]}
    """
  private static let convolutions = (0..<24).map {
    [2, 6, 10, 14, 18, 21].contains($0) ? "\"full_attention\"" : "\"conv\""
  }.joined(separator: ", ")

  private static func read(_ json: String) throws -> ModelArchitecture {
    try HuggingFaceConfigTests.read(json)
  }

  @Test(arguments: [
    ("qwen3-next-80b-a3b", qwen3Next), ("qwen3.5-27b", qwen35Dense), ("gemma-4-31b", gemma4),
    ("gemma-4-26b-a4b", gemma4Mixture), ("kimi-linear-48b-a3b", kimi),
    ("granite-4.0-h-tiny", graniteTiny), ("nemotron-3-nano-30b-a3b", nemotron),
    ("nemotron-nano-9b-v2", nemotronDense), ("minimax-text-01", miniMax),
    ("minimax-m2", miniMaxM2),
  ])
  func `a hybrid's config describes what the catalogue lists`(id: String, json: String) throws {
    var read = try Self.read(json)
    let listed = try #require(Models.named(id))
    read.takeWords(of: listed)
    #expect(read == listed)
  }

  /// As their publishers count them.
  @Test(arguments: [
    (falcon, 33.64e9), (bamba, 9.78e9), (lfm2, 1.17e9), (lfm2Mixture, 8.34e9),
    (gemma4, 30.7e9), (nemotron, 31.6e9),
  ])
  func `parameters are within a few percent of the published`(
    json: String, published: Double
  ) throws {
    let counted = ParameterCount(try Self.read(json)).total
    // Gemma 4 keeps no values of its own in full layers, which is 0.8 %.
    #expect(abs(counted / published - 1) < ParameterCount.tolerance, "\(counted)")
  }

  @Test func `layers of a mixture go by the list of kinds`() throws {
    let model = try Self.read(Self.qwen35)
    let kinds = model.layerKinds
    #expect((kinds.full, kinds.linear, kinds.windowed) == (2, 6, 0))
    #expect((kinds.linearState, kinds.convolutionState) == (524_288, 24_576))
    #expect(kinds.stateFormat == .float32 && model.outputGate)
  }

  @Test func `states and KV entries are those of each kind of layer`() throws {
    let falcon = try Self.read(Self.falcon)
    // Attention and a state in every layer, side by side, and a feed-forward part in each.
    #expect(
      (falcon.layerKinds.full, falcon.layerKinds.linear, falcon.feedForwardLayers) == (72, 72, 72))
    #expect(KVSize(falcon, format: .bfloat16).full == Bytes(Double(72 * 2 * 4 * 128 * 2)))
    #expect(falcon.layerKinds.linearState == 4096 * 256)
    let lfm2 = try Self.read(Self.lfm2)
    #expect((lfm2.layerKinds.full, lfm2.layerKinds.linear) == (6, 10))
    // The last two inputs of a convolution of three.
    #expect((lfm2.layerKinds.linearState, lfm2.layerKinds.convolutionState) == (0, 2 * 2048))
    #expect(lfm2.feedForward == .dense(intermediateSize: 8192, gated: true))
  }

  @Test(arguments: [
    (
      gemma4.replacing("\"hidden_size_per_layer_input\": 0, ", with: ""),
      "hidden_size_per_layer_input: embeddings for each layer"
    ),
    (
      nemotron.replacing("\"n_shared", with: "\"moe_latent_size\": 1024, \"n_shared"),
      "moe_latent_size: experts of another width are not supported"
    ),
    (nemotron.replacing("MEMEM*", with: "MEMEX*"), "layer_types: \"X\" is not supported"),
    (
      kimi.replacing("\"num_heads\": 32", with: "\"num_heads\": 32, \"use_full_rank_gate\": true"),
      "linear_attn_config.use_full_rank_gate: true is not supported"
    ),
    (
      graniteTiny.replacing("\"mamba_n_heads\": 48", with: "\"mamba_n_heads\": 49"),
      "mamba_n_heads: 49 does not divide the 3072 values of a layer"
    ),
    (
      miniMax.replacing("attn_type_list", with: "kinds"),
      "layer_types or attn_type_list: missing"
    ),
  ])
  func `what a hybrid has that is not known is refused`(json: String, message: String) throws {
    let messages = try HuggingFaceConfigTests.messages(json)
    #expect(messages.contains { $0.hasPrefix(message) }, "\(messages)")
  }

  /// Qwen's windows are off unless the file turns them on, and begin at a layer then.
  @Test func `Qwen2 uses windows only where the file says so`() throws {
    let shape = """
      "model_type": "qwen2", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 2,
      "intermediate_size": 128, "vocab_size": 100, "sliding_window": 32
      """
    #expect(try Self.read("{\(shape)}").layerKinds == LayerKinds(full: 4))
    let windowed = try Self.read(
      "{\(shape), \"use_sliding_window\": true, \"max_window_layers\": 3}")
    #expect(windowed.layerKinds == LayerKinds(full: 3, windowed: 1, window: 32))
  }
}
