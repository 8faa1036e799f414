import Scenarios
import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct HuggingFaceConfigTests {
  static let llama = """
    {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
     "vocab_size": 128256, "max_position_embeddings": 131072, "torch_dtype": "bfloat16",
     "rope_scaling": {"factor": 8.0}, "eos_token_id": [128001, 128008]}
    """
  static let qwen = """
    {"model_type": "qwen3_moe", "hidden_size": 2048, "num_hidden_layers": 48, "head_dim": 128,
     "num_attention_heads": 32, "num_key_value_heads": 4, "intermediate_size": 6144,
     "num_experts": 128, "num_experts_per_tok": 8, "moe_intermediate_size": 768,
     "decoder_sparse_step": 1, "mlp_only_layers": [], "sliding_window": null,
     "use_sliding_window": false, "vocab_size": 151936, "max_position_embeddings": 40960,
     "tie_word_embeddings": false}
    """
  static let deepSeek = """
    {"model_type": "deepseek_v3", "hidden_size": 7168, "num_hidden_layers": 61,
     "num_attention_heads": 128, "num_key_value_heads": 128, "q_lora_rank": 1536,
     "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
     "intermediate_size": 18432, "moe_intermediate_size": 2048, "n_routed_experts": 256,
     "n_shared_experts": 1, "num_experts_per_tok": 8, "first_k_dense_replace": 3,
     "vocab_size": 129280, "max_position_embeddings": 163840,
     "quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]}}
    """
  static let gemma = """
    {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "hidden_size": 5376,
     "num_hidden_layers": 62, "num_attention_heads": 32, "num_key_value_heads": 16,
     "head_dim": 128, "intermediate_size": 21504, "sliding_window": 1024,
     "vocab_size": 262208, "max_position_embeddings": 131072},
     "vision_config": {"hidden_size": 1152}}
    """
  static let gptOSS = """
    {"model_type": "gpt_oss", "hidden_size": 2880, "num_hidden_layers": 24, "head_dim": 64,
     "num_attention_heads": 64, "num_key_value_heads": 8, "intermediate_size": 2880,
     "num_local_experts": 32, "num_experts_per_tok": 4, "sliding_window": 128,
     "vocab_size": 201088, "max_position_embeddings": 131072,
     "quantization_config": {"quant_method": "mxfp4"}}
    """
  static let falcon = """
    {"model_type": "falcon", "hidden_size": 4544, "num_hidden_layers": 32, "vocab_size": 65024,
     "num_attention_heads": 71, "multi_query": true, "new_decoder_architecture": false}
    """
  static let mixtral = """
    {"model_type": "mixtral", "hidden_size": 4096, "num_hidden_layers": 32, "vocab_size": 32000,
     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
     "num_local_experts": 8, "num_experts_per_tok": 2, "max_position_embeddings": 32768,
     "sliding_window": null}
    """
  static let opt = """
    {"model_type": "opt", "hidden_size": 4096, "num_hidden_layers": 32, "vocab_size": 50272,
     "num_attention_heads": 32, "ffn_dim": 16384, "max_position_embeddings": 2048}
    """

  static func read(_ json: String) throws -> ModelArchitecture {
    try HuggingFaceConfig.model(from: Array(json.utf8), id: "mine", source: "test")
  }

  static func messages(_ json: String) throws -> [String] {
    try #require(throws: HuggingFaceConfigError.self) { try read(json) }.problems
      .map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }
  }

  @Test(arguments: [
    ("llama-3.1-8b", llama), ("qwen3-30b-a3b", qwen), ("deepseek-v3", deepSeek),
    ("gemma-3-27b", gemma), ("gpt-oss-20b", gptOSS), ("falcon-7b", falcon),
    ("mixtral-8x7b", mixtral), ("opt-6.7b", opt),
  ])
  func `a config describes what the catalogue lists`(id: String, json: String) throws {
    var read = try Self.read(json)
    let listed = try #require(Models.named(id))
    read.takeWords(of: listed)
    #expect(read == listed)
  }

  @Test func `everything that is missing is said at once`() throws {
    #expect(
      try Self.messages(#"{"model_type": "llama", "hidden_size": 4096, "vocab_size": -5}"#) == [
        "num_hidden_layers or n_layer or n_layers: missing",
        "num_attention_heads or n_head or n_heads: missing",
        "intermediate_size: missing",
        "vocab_size: expected a whole number from 1 to 100000000",
      ])
  }

  @Test func `an unknown model type names the known ones`() throws {
    let message = try #require(try Self.messages(#"{"model_type": "mamba"}"#).first)
    #expect(message.hasPrefix(#"model_type: "mamba" is not supported; supported are apertus, "#))
  }

  @Test(arguments: ["", "[]", "{", "null", "\u{0}"])
  func `what is no JSON object is refused`(text: String) throws {
    #expect(try Self.messages(text) == ["not a JSON object"])
  }

  /// Python writes what is no number so, and begins no file with a byte order mark, but editors do.
  @Test func `what JSON does not have but configs do is passed over`() throws {
    let odd = Self.llama.replacing(
      "{\"model_type\"", with: "{\"limits\": [0.0, Infinity, NaN], \"model_type\"")
    #expect(odd != Self.llama)
    #expect(try Self.read(odd) == Self.read(Self.llama))
    #expect(try Self.read("\u{FEFF}" + Self.llama) == Self.read(Self.llama))
  }

  @Test func `layer types are counted and unknown ones refused`() throws {
    let types = ["\"full_attention\"", "\"sliding_attention\""]
    let shape = """
      "model_type": "qwen3", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
      "intermediate_size": 128, "vocab_size": 100, "sliding_window": 32,
      """
    let model = try Self.read("{\(shape) \"layer_types\": [\(types.joined(separator: ","))]}")
    #expect(model.layerKinds == LayerKinds(full: 1, windowed: 1, window: 32))
    #expect(
      try Self.messages("{\(shape) \"layer_types\": [\(types[0]), \"linear_attention\"]}")
        == [#"layer_types: "linear_attention" is not supported"#])
  }

  @Test func `parts that do not go together are refused`() throws {
    let json = Self.qwen.replacing("\"num_key_value_heads\": 4", with: "\"num_key_value_heads\": 5")
      .replacing("_per_tok\": 8", with: "_per_tok\": 800")
    #expect(
      try Self.messages(json) == [
        "num_key_value_heads: 5 does not divide num_attention_heads 32",
        "num_experts_per_tok: 800 of 128 experts",
      ])
  }

  @Test func `a model beyond all sense is refused`() throws {
    let json = Self.llama.replacing("4096", with: "1000000")
      .replacing("\"num_hidden_layers\": 32", with: "\"num_hidden_layers\": 9999")
    let messages = try Self.messages(json)
    #expect(messages == ["the model has more than 100 trillion parameters"])
  }

  @Test func `an unknown quantisation is refused`() throws {
    let json = Self.llama.replacing(
      "\"rope_scaling\"", with: "\"quantization_config\": {\"quant_method\": \"hqq\"}, \"x\"")
    #expect(
      try Self.messages(json).first?.hasPrefix("quantization_config.quant_method: \"hqq\"") == true)
  }
}

extension ModelArchitecture {
  /// What a catalogue entry has and no config says. What the parts of a tower come to is a test of its
  /// own.
  mutating func takeWords(of listed: ModelArchitecture) {
    id = listed.id
    huggingFaceID = listed.huggingFaceID
    declaredParameters = listed.declaredParameters
    declaredActiveParameters = listed.declaredActiveParameters
    towerParameters = listed.towerParameters
    source = listed.source
    note = listed.note
  }
}
