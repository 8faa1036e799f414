import Testing

@testable import ServingModel

struct OutsideTorchTests {
  private func gibibytes(
    _ accelerator: String, tensor: Int = 1, pipeline: Int = 1, version: String? = nil
  ) throws -> Double {
    let accelerator = try #require(Accelerators.named(accelerator))
    return OutsideTorch.memory(
      accelerator, Parallelism(tensor: tensor, pipeline: pipeline), VLLMRelease(version)
    ).bytes.gibibytes
  }

  /// "non-torch memory" of logs: Qwen3-Next on 2 x H200 and 4 x H100, Llama 3 8B on 2 x H100 before 0.8,
  /// two RTX 4090, eight L40S.
  @Test(arguments: [
    ("h200-sxm", 2, "0.11.0", 1.38), ("h100-sxm", 4, "0.10.2", 1.84),
    ("h100-sxm", 2, "0.6.5", 3.58), ("rtx-4090", 2, "0.7.2", 0.25), ("l40s", 8, "0.10.2", 0.18),
  ])
  func `buffers of communication are within half a gibibyte of logs`(
    accelerator: String, tensor: Int, version: String, printed: Double
  ) throws {
    let memory = try gibibytes(accelerator, tensor: tensor, version: version)
    #expect(abs(memory - printed) < 0.5)
  }

  @Test func `one process has no buffers`() throws {
    #expect(try abs(gibibytes("h100-sxm") - 0.15) < 1e-9)
    #expect(try abs(gibibytes("h100-sxm", version: "0.7.3") - 1.79) < 1e-9)
    #expect(try abs(gibibytes("a100-sxm-80", version: "0.7.3") - 0.15) < 1e-9)
  }

  @Test func `a link joins as many as its domain`() throws {
    let one = try gibibytes("h100-nvl")
    #expect(try gibibytes("h100-nvl", tensor: 2) - one > 1)
    #expect(try gibibytes("h100-nvl", tensor: 4) - one < 0.2)
    #expect(try gibibytes("h100-sxm", pipeline: 2) > one)
  }

  @Test func `what the driver offers is what was printed`() throws {
    for (accelerator, printed) in [("h100-sxm", 79.19), ("l40s", 44.39), ("a10", 22.07)] {
      let memory = try #require(Accelerators.named(accelerator)).visibleMemory
      #expect(abs(memory.gibibytes - printed) < 1e-9)
    }
    for accelerator in Accelerators.all {
      let share = accelerator.visibleMemory / accelerator.memory.count
      #expect(share.count > 0.9 && share.count <= 1, "\(accelerator.id)")
    }
  }
}
