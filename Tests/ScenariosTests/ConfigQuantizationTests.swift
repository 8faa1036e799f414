import ServingModel
import Testing

@testable import Scenarios

/// What `quantization_config` says, by the weights that vLLM printed.
struct ConfigQuantizationTests {
  /// Qwen3 8B and Qwen3 30B A3B.
  private static let dense = """
    "model_type": "qwen3", "hidden_size": 4096, "num_hidden_layers": 36, "head_dim": 128,
    "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 12288,
    "vocab_size": 151936, "max_position_embeddings": 40960
    """
  private static let mixture = """
    "model_type": "qwen3_moe", "hidden_size": 2048, "num_hidden_layers": 48, "head_dim": 128,
    "num_attention_heads": 32, "num_key_value_heads": 4, "intermediate_size": 6144,
    "num_experts": 128, "num_experts_per_tok": 8, "moe_intermediate_size": 768,
    "vocab_size": 151936, "max_position_embeddings": 40960
    """

  private static func model(_ shape: String, _ quantization: String) throws -> ModelArchitecture {
    try HuggingFaceConfigTests.read("{\(shape), \"quantization_config\": {\(quantization)}}")
  }

  private static func gibibytes(_ model: ModelArchitecture) -> Double {
    model.weightBytes(.native(to: model)).gibibytes
  }

  @Test(arguments: [
    // "Model loading took" 5.98 GiB and 8.8 GiB.
    (#""quant_method": "modelopt", "quant_algo": "NVFP4", "ignore": ["lm_head"]"#, 5.98),
    (#""quant_method": "fp8", "weight_block_size": [128, 128]"#, 8.8),
    (
      #""quant_method": "compressed-tensors", "config_groups": {"group_0": {"targets": ["Linear"], "#
        + #""weights": {"num_bits": 4, "type": "float", "group_size": 16}}}, "ignore": ["lm_head"]"#,
      5.98
    ),
    // 6.95 billion values in 4 + 20 / 128 bits, 1.24 billion in 16.
    (#""quant_method": "awq", "bits": 4, "group_size": 128"#, 5.68),
    // A group for all of a row has no scales to speak of.
    (#""quant_method": "gptq", "bits": 4, "group_size": -1"#, 5.55),
    (#""quant_method": "gptq", "bits": 8"#, 8.8),
    (#""quant_method": "bitsandbytes", "load_in_4bit": true"#, 5.98),
  ])
  func `weights take what their scheme takes`(quantization: String, printed: Double) throws {
    let weights = Self.gibibytes(try Self.model(Self.dense, quantization))
    #expect(abs(weights / printed - 1) < 0.01, "\(weights)")
  }

  @Test func `what the format alone says is not said twice`() throws {
    let fp8 = try Self.model(Self.dense, #""quant_method": "fp8""#)
    #expect(fp8.nativeFormat == .float8 && fp8.quantization == nil)
    // Four bits of a mixture usually are those of its experts; AWQ means all matrices.
    let awq = try Self.model(Self.mixture, #""quant_method": "awq", "bits": 4"#)
    #expect(awq.quantization?.unquantised == [])
    let mxfp4 = try Self.model(Self.mixture, #""quant_method": "mxfp4""#)
    #expect(mxfp4.nativeFormat == .float4 && mxfp4.quantization == nil)
  }

  @Test(arguments: [
    #""ignore": ["lm_head", "re:.*self_attn.*"]"#, #""exclude_modules": ["*self_attn*"]"#,
    #""ignore": [\#((0..<48).map { "\"model.layers.\($0).self_attn\"" }.joined(separator: ","))]"#,
  ])
  func `ignored modules stay in 16 bits`(list: String) throws {
    let model = try Self.model(
      Self.mixture, #""quant_method": "modelopt", "quant_algo": "NVFP4", "# + list)
    let precision = Precision.native(to: model)
    #expect(precision.format(of: .attention) == .bfloat16)
    #expect(precision.format(of: .expert) == .float4)
    #expect(precision.storedBytes(of: .expert) == 0.5625)
  }

  @Test(arguments: [
    #""ignore": ["model.layers.0.self_attn", "model.layers.1.self_attn"]"#,
    #""ignore": ["model.layers.3.mlp.gate", "re:.*mlp.gate$", "re:visual.*"]"#,
  ])
  func `a few layers, routers and towers are no reason to leave a part out`(list: String) throws {
    let model = try Self.model(
      Self.mixture, #""quant_method": "modelopt", "quant_algo": "NVFP4", "# + list)
    #expect(Precision.native(to: model).format(of: .attention) == .float4)
    #expect(Precision.native(to: model).format(of: .expert) == .float4)
  }

  @Test func `groups may have formats of their own`() throws {
    let model = try Self.model(
      Self.mixture,
      """
      "quant_method": "compressed-tensors", "config_groups": {
        "group_0": {"targets": ["re:.*self_attn.*"],
                    "weights": {"num_bits": 8, "type": "float"}},
        "group_1": {"targets": ["re:.*experts.*"],
                    "weights": {"num_bits": 4, "type": "float", "group_size": 16}}}
      """)
    let precision = Precision.native(to: model)
    #expect(precision.format(of: .attention) == .float8)
    #expect(precision.storedBytes(of: .attention) == 1)
    #expect(precision.storedBytes(of: .expert) == 0.5625)
  }

  @Test(arguments: [
    (
      #""quant_method": "awq", "bits": 3"#,
      "quantization_config: nothing says which of 4 and 8 bits the weights of \"awq\" have"
    ),
    (
      #""quant_method": "modelopt""#,
      "quantization_config: nothing says which of 4 and 8 bits the weights of \"modelopt\" have"
    ),
  ])
  func `what is not understood is refused`(quantization: String, message: String) throws {
    #expect(
      try HuggingFaceConfigTests.messages(
        "{\(Self.dense), \"quantization_config\": {\(quantization)}}") == [message])
  }

  @Test func `a tower is counted from its shape`() throws {
    let model = try HuggingFaceConfigTests.read(
      "{\(Self.dense), \"vision_config\": {\"hidden_size\": 1152, \"num_hidden_layers\": 27, "
        + "\"intermediate_size\": 4304}}")
    // 27 layers of 4 x 1152 x 1152 and 2 x 1152 x 4304, and 1152 x 4096.
    #expect(model.towerParameters == 415_789_056)
    // It is in bf16 whatever the language model is in, and shared like it.
    let whole = model.weightBytes(.native(to: model))
    var without = model
    without.towerParameters = 0
    #expect((whole - without.weightBytes(.native(to: model))) == Bytes(831_578_112))
  }
}
