import Accuracy
import ServingModel
import Testing

struct CaseMemoryTests {
  @Test(arguments: [
    ("vllm", "H100", 8192, 1024), ("vllm", "L40S", 2048, 256), ("sglang", "L40S", 4096, 2048),
    ("trtllm", "H100", 8192, 2048), ("atom", "MI300X", 8192, 1024),
  ])
  func `engines have their defaults`(engine: String, gpu: String, tokens: Int, sequences: Int)
    throws
  {
    let setUp = try CaseSetUp(
      resolving: measured {
        $0.engine = engine
        $0.gpu = gpu
      })
    #expect(setUp.limits.maxNumBatchedTokens == tokens)
    #expect(setUp.limits.maxNumSeqs == sequences)
    #expect(setUp.limits.gpuMemoryUtilization == 0.9)
    #expect(setUp.limits.memoryShare == (engine == "trtllm" ? .rest : .all))
  }

  @Test func `what the case states counts before defaults`() throws {
    let setUp = try CaseSetUp(
      resolving: measured {
        $0.maxNumBatchedTokens = 1024
        $0.maxNumSeqs = 128
        $0.numGPUBlocks = 501
      })
    #expect(setUp.limits.maxNumBatchedTokens == 1024 && setUp.limits.maxNumSeqs == 128)
    #expect(setUp.kvTokens == 8000)
  }

  @Test func `a static batch has seats for all, other loads do not`() throws {
    let batch = try CaseSetUp(
      resolving: measured {
        $0.gpu = "L40S"
        $0.load = .batch(300)
      })
    #expect(batch.limits.maxNumSeqs == 300)
    let clients = try CaseSetUp(
      resolving: measured {
        $0.gpu = "L40S"
        $0.load = .clients(300)
      })
    #expect(clients.limits.maxNumSeqs == 256)
  }

  @Test func `the limit of a mean batch is the engine's`() throws {
    let setUp = try CaseSetUp(resolving: measured { $0.load = .meanBatch(31.5, maxNumSeqs: 32) })
    #expect(setUp.limits.maxNumSeqs == 32)
  }

  @Test(arguments: [("vllm", 0.9, 1.0), ("trtllm", 1.0, 0.9)])
  func `KV entries get the share that the engine takes`(
    engine: String, utilization: Double, ofRest: Double
  ) throws {
    let setUp = try CaseSetUp(resolving: measured { $0.engine = engine })
    let memory = MemoryFootprint(
      model: setUp.model, accelerator: setUp.accelerator, parallelism: setUp.parallelism,
      precision: setUp.precision,
      engine: EngineLimits(
        maxNumSeqs: engine == "vllm" ? 1024 : 256, gpuMemoryUtilization: utilization))
    // vLLM's graphs, which it counts since 0.21, are not TensorRT-LLM's.
    let graphs = memory.lines.first { $0.name == "CUDA graphs" }?.bytes ?? .zero
    let room = engine == "vllm" ? memory.kvBytes : memory.kvBytes - graphs
    let blocks = room.count * ofRest / memory.bytesPerBlock.count
    #expect(setUp.numGPUBlocks == Int(blocks))
  }

  @Test func `a model that is too large for 0.9 gets 0.95, and it is said`() throws {
    // 65.7 GiB of weights; 0.9 of 79.2 leaves less than the 5 GiB that the requests take.
    let tight = measured {
      $0.model = "Llama-2-70B"
      $0.precision = "fp8"
      $0.maxNumSeqs = 256
      $0.prompt = StatedLength(mean: 26_000)
      $0.output = StatedLength(mean: 1000)
    }
    let setUp = try CaseSetUp(resolving: tight)
    #expect(setUp.limits.gpuMemoryUtilization == 0.95)
    #expect(setUp.assumptions == ["a share of memory of 0.95, since 0.9 is too little"])
  }

  @Test func `a model that does not fit is refused with the sum`() throws {
    let reason = try #require(refusal(measured { $0.model = "Llama-2-70B" }))
    #expect(reason.hasPrefix("does not fit: 75.2 gpu_memory_utilization - 128."))
    #expect(reason.hasSuffix("GiB for KV entries, and a request takes 111 tokens"))
  }

  @Test func `what has left a window takes no room`() throws {
    func tokens(_ output: Double) throws -> Int {
      try CaseSetUp(
        resolving: measured {
          $0.model = "gpt-oss-20b"
          $0.precision = "mxfp4"
          $0.output = StatedLength(mean: output)
        }
      ).kvTokens
    }
    // Half of the layers keep 128 tokens: nearly twice as many long requests fit.
    let ratio = Double(try tokens(10_000)) / Double(try tokens(20))
    #expect(ratio > 1.9 && ratio < 2)
  }
}
