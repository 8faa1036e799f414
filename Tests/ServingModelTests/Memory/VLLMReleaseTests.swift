import ServingModel
import Testing

struct VLLMReleaseTests {
  private func defaults(
    _ version: String?, _ accelerator: String, context: Int = 131_072
  ) throws -> [Int] {
    let accelerator = try #require(Accelerators.named(accelerator))
    let batch = VLLMRelease(version).batchDefaults(on: accelerator, context: context)
    return [batch.maxNumSeqs, batch.maxNumBatchedTokens]
  }

  @Test func `limits of a step depend on release and accelerator`() throws {
    for large in ["h100-sxm", "h200-sxm", "b200-sxm", "mi300x", "rtx-pro-6000-bw"] {
      #expect(try defaults(nil, large) == [1024, 8192])
    }
    for small in ["l40s", "a100-sxm-40", "rtx-4090", "a100-sxm-80"] {
      #expect(try defaults("0.15.1", small) == [256, 2048])
    }
    #expect(try defaults("0.8.5", "a100-sxm-80") == [1024, 8192])
    #expect(try defaults("0.7.3", "h100-sxm") == [256, 2048])
    #expect(try defaults("0.7.3", "h100-sxm", context: 8192) == [256, 8192])
    #expect(try defaults("0.6.0", "l4", context: 1024) == [256, 2048])
  }

  @Test func `graphs count since 0.21, with more memory to use`() {
    #expect(!VLLMRelease("0.20.2").countsCUDAGraphs && VLLMRelease("0.21.0").countsCUDAGraphs)
    #expect(VLLMRelease("0.20.2").gpuMemoryUtilization == 0.9)
    #expect(VLLMRelease(nil).gpuMemoryUtilization == 0.92)
    #expect(VLLMRelease("0.9.2") < VLLMRelease("0.10.1") && VLLMRelease("1.0.0") < .newest)
  }
}
