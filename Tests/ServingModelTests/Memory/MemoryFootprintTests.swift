import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct MemoryFootprintTests {
  static func footprint(
    _ model: String, _ accelerator: Accelerator? = Accelerators.named("h100-sxm"), tensor: Int = 1,
    weights: NumberFormat? = nil, engine: EngineLimits = EngineLimits()
  ) throws -> MemoryFootprint {
    let model = try #require(Models.named(model))
    return MemoryFootprint(
      model: model, accelerator: try #require(accelerator),
      parallelism: Parallelism(tensor: tensor),
      precision: weights.map { Precision(weights: $0, of: model) } ?? .native(to: model),
      engine: engine)
  }

  /// As the driver describes it; vLLM's own figures below come from this card.
  static let a6000 = Accelerator(
    id: "rtx-a6000", name: "NVIDIA RTX A6000", vendor: "NVIDIA", memory: .gibibytes(48),
    memoryBandwidth: .gigabytes(768), denseCompute: [.bfloat16: .tera(155)], scaleUp: nil,
    hostLink: .gigabytes(32), thermalDesignPower: nil, source: "datasheet")

  /// vLLM pull request 4454 prints 13,248 blocks for Llama 3 8B and 12,735 for a Mistral 7B with
  /// `max_num_batched_tokens` 32,768, under vLLM 0.4 on an RTX A6000.
  @Test(arguments: [("llama-3-8b", 8192, 13248.0, 0.01), ("mistral-7b-v0.1", 32768, 12735, 0.03)])
  func `blocks are what vLLM printed`(
    model: String, tokens: Int, blocks: Double, tolerance: Double
  ) throws {
    let footprint = try Self.footprint(
      model, Self.a6000, engine: EngineLimits(maxNumBatchedTokens: tokens))
    #expect(abs(Double(footprint.numGPUBlocks) / blocks - 1) < tolerance)
  }

  /// vLLM 0.19 leaves gpt-oss-20b 36.56 GiB of an A100 80 GB at a utilisation of 0.65
  /// (myoceane.fr, "AI vLLM A100 Gemma 4", 2026).
  @Test func `KV memory is what vLLM left`() throws {
    let footprint = try Self.footprint(
      "gpt-oss-20b", Accelerators.named("a100-sxm-80"),
      engine: EngineLimits(gpuMemoryUtilization: 0.65))
    #expect(abs(footprint.kvBytes.gibibytes / 36.56 - 1) < 0.05)
  }

  /// vLLM on an H100 80 GB with default settings: 27 to 29 thousand blocks.
  @Test func `Llama 3.1 8B on an H100 gets the usual number of blocks`() throws {
    #expect((27_000...29_000).contains(try Self.footprint("llama-3.1-8b").numGPUBlocks))
  }

  @Test func `a model that does not fit still shows the sum`() throws {
    let footprint = try Self.footprint("llama-3.1-70b")
    #expect(!footprint.fits)
    #expect(footprint.numGPUBlocks == 0)
    #expect(footprint.kvBytes < .zero)
    #expect(footprint.lines.map(\.name).prefix(2) == ["gpu_memory_utilization", "weights"])
    #expect(try Self.footprint("llama-3.1-70b", tensor: 4).fits)
  }

  @Test(arguments: ["llama-3.1-8b", "qwen3.5-27b", "gemma-3-27b"])
  func `the lines add up to what the blocks take`(model: String) throws {
    let footprint = try Self.footprint(model, tensor: 2)
    let sum = footprint.lines.reduce(0) { $0 + $1.bytes.count }
    let blocks = Double(footprint.numGPUBlocks) * footprint.bytesPerBlock.count
    #expect(sum - blocks >= 0 && sum - blocks < footprint.bytesPerBlock.count)
  }

  @Test func `smaller weights and KV entries leave more blocks`() throws {
    let full = try Self.footprint("llama-3.1-8b").numGPUBlocks
    #expect(try Self.footprint("llama-3.1-8b", weights: .float8).numGPUBlocks > full)
    let less = EngineLimits(gpuMemoryUtilization: 0.5)
    #expect(try Self.footprint("llama-3.1-8b", engine: less).numGPUBlocks < full)
  }
}
