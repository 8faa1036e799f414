import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct CatalogTests {
  @Test func `names are unique and lower case`() {
    let ids = Accelerators.all.map(\.id) + Models.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0 == $0.lowercased() })
    #expect(Accelerators.all.count >= 43)
    #expect(Models.all.count >= 128)
  }

  @Test(arguments: Accelerators.all) func `an accelerator has what a step time needs`(
    accelerator: Accelerator
  ) throws {
    #expect(!accelerator.source.isEmpty)
    #expect(accelerator.memory > .gibibytes(10))
    let bf16 = try #require(accelerator.denseCompute[.bfloat16])
    // Dense peaks: FP8 is at most twice bf16, where a sparse figure would be four times.
    for (format, peak) in accelerator.denseCompute where format == .float8 {
      #expect(peak.rate <= 2.03 * bf16.rate)
    }
    // A byte of HBM or GDDR comes with 40 to 1000 operations.
    let intensity = bf16.rate / accelerator.memoryBandwidth.rate
    #expect((30...1000).contains(intensity))
  }

  @Test(arguments: Models.all) func `a model's heads and layers go together`(
    model: ModelArchitecture
  ) {
    #expect(!model.source.isEmpty)
    #expect(model.mixingLayers > 0 && model.mixingLayers <= model.layers)
    #expect(model.maxContext >= 2048)
    #expect(Parallelism().issues(for: model).isEmpty)
    #expect((model.layerKinds.windowed > 0) == (model.layerKinds.window > 0))
    #expect((model.layerKinds.linear > 0) == (model.layerKinds.linearParameters > 0))
  }

  @Test func `a name is found whatever its case`() {
    #expect(Accelerators.named("H100-SXM")?.id == "h100-sxm")
    #expect(Accelerators.named("h100") == nil)
    #expect(Models.named("Llama-3.1-8B")?.layers == 32)
    #expect(Models.named("QWEN/qwen3-8b")?.id == "qwen3-8b")
    #expect(Models.named("qwen/unheard-of") == nil)
  }

  @Test func `an instruction-tuned name finds its base model`() {
    #expect(Models.named("meta-llama/Llama-3.1-8B-Instruct")?.id == "llama-3.1-8b")
    #expect(Models.named("meta-llama/Llama-2-7b-chat-hf")?.id == "llama-2-7b")
    #expect(Models.named("google/gemma-2-9b-it")?.id == "gemma-2-9b")
  }
}
