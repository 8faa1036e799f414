import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct CalibrationSubjectTests {
  @Test(arguments: [
    ("vllm", "0.15.1", "vllm 0.13-"), ("vllm", "0.11.1", "vllm 0.8-0.12"),
    ("vllm", "2025-10 (~0.11)", "vllm 0.8-0.12"), ("vllm", "nightly-5b8c30d62b", "vllm 0.13-"),
    ("vllm", "2024 (vLLM~0.5-0.6)", "vllm 0.4-0.7"),
    ("vllm", "2023 (no CUDA graphs)", "vllm 2023"), ("vllm", nil, "vllm 0.13-"),
    ("tensorrt-llm", "0.17", "tensorrt-llm 0.14-0.20"),
    ("tensorrt-llm", "1.2.0rc6.post2", "tensorrt-llm 1.0-"),
    ("tensorrt-llm", "2024", "tensorrt-llm 2024"), ("sglang", "0.5.9", "sglang"),
  ])
  func `a version belongs to an era of its engine`(engine: String, version: String?, era: String) {
    #expect(EngineEra.name(of: engine, version: version) == era)
  }

  @Test(arguments: [
    ("h100-sxm", "hopper"), ("gh200", "hopper"), ("b200-sxm", "blackwell"), ("gb300", "blackwell"),
    ("a100-sxm-80", "ampere"), ("a10", "ampere"), ("l4", "ada"), ("l40s", "ada"),
    ("mi325x", "cdna"), ("v100-sxm2", "volta"), ("gaudi3", "intel"), ("tpu-v5e", "google"),
  ])
  func `an accelerator belongs to a generation, or to its maker`(id: String, name: String) throws {
    #expect(try #require(Accelerators.named(id)).architecture == name)
  }

  @Test func `a subject says what it is`() throws {
    let model = try #require(Models.named("qwen3-30b-a3b"))
    let accelerator = try #require(Accelerators.named("h200-sxm"))
    let subject = CalibrationSubject(
      model: model, accelerator: accelerator,
      parallelism: Parallelism(tensor: 4, data: 2, expert: 8),
      precision: Precision(weights: .float8, of: model), engine: "sglang", harness: "lab")
    let traits = subject.traits
    #expect(traits.contains(Trait(.engine, "sglang")))
    #expect(traits.contains(Trait(.architecture, "hopper")))
    #expect(traits.contains(Trait(.layers, "fp8")))
    #expect(traits.contains(Trait(.experts, "fp8")))
    #expect(traits.contains(Trait(.expertKernel, "sglang fp8")))
    #expect(traits.contains(Trait(.dataParallel, "sglang")))
    #expect(traits.contains(Trait(.harness, "sglang lab")))
    #expect(traits.contains(Trait(.tensorDoublings, weight: 2)))
  }
}
