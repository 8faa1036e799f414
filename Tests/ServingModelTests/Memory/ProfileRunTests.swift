import Testing

@testable import ServingModel

/// Figures by hand from vLLM's sources, and some that vLLM printed.
struct ProfileRunTests {
  private func run(
    _ model: String, tensor: Int = 1, tokens: Int, sequences: Int
  ) throws -> ProfileRun {
    let model = try #require(Models.named(model))
    return ProfileRun(
      model: model, parallelism: Parallelism(tensor: tensor), precision: .native(to: model),
      engine: EngineLimits(maxNumBatchedTokens: tokens, maxNumSeqs: sequences))
  }

  @Test func `a logit takes 38 bytes while it is sorted`() throws {
    // 2 (bf16) + 4 (fp32) + 4 + 8 (sorted) + 8 (places sorted by) + 4 + 8 (second buffers).
    let logits = 256.0 * 128_256
    let states = (2048.0 + 256) * 4096 * 2
    #expect(
      try run("llama-3.1-8b", tokens: 2048, sequences: 256).sampler == Bytes(logits * 38 + states))
  }

  @Test func `a batch has no more sequences than tokens`() throws {
    let few = try run("llama-3.1-8b", tokens: 64, sequences: 1024)
    #expect(few.sampler == (try run("llama-3.1-8b", tokens: 64, sequences: 64)).sampler)
  }

  /// "PyTorch activation peak memory takes" or "GiB for peak activation", in GiB.
  @Test(arguments: [
    ("llama-3.1-8b", 1, 2048, 256, 1.19), ("qwen3-8b", 1, 2048, 256, 1.40),
    ("qwen3-next-80b-a3b", 2, 8192, 1024, 5.58),
  ])
  func `the peak is what vLLM printed`(
    model: String, tensor: Int, tokens: Int, sequences: Int, printed: Double
  ) throws {
    let peak = try run(model, tensor: tensor, tokens: tokens, sequences: sequences).peak
    #expect(abs(peak.bytes.gibibytes / printed - 1) < 0.02)
    #expect(peak.origin.contains("sampler"))
  }

  @Test func `few sequences leave the peak to the layers`() throws {
    // Stream 4 x 4096; a gated product of 14336 / 2 with both its factors.
    let peak = try run("llama-3.1-8b", tensor: 2, tokens: 8192, sequences: 8).peak
    let values: Double = 4 * 4096 + 3 * 7168
    #expect(peak.bytes == Bytes(8192 * values * 2))
    #expect(peak.origin == "peak in a layer at max_num_batched_tokens 8192")
  }

  @Test func `fused experts hold a row for each expert of a token`() throws {
    // Stream 4 x 4096; 8 experts with a product as wide as the hidden state and 1536 / 4 inside;
    // an output.
    let layer = try run("qwen3-235b-a22b", tensor: 4, tokens: 8192, sequences: 8).layer
    let values: Double = 4 * 4096 + 8 * (4096 + 384) + 4096
    #expect(layer == Bytes(8192 * values * 2))
  }

  @Test func `a latent is expanded for 65,536 tokens of context`() throws {
    let eight = try run("deepseek-v3", tensor: 8, tokens: 16, sequences: 1).layer
    // 16 heads of 128 and 128 values, two bytes each.
    let workspace = 536_870_912.0
    #expect(eight.count > workspace && eight.count < 1.02 * workspace)
  }
}
