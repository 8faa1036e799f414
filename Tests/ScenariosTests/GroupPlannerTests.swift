import ServingModel
import SimKernel
import Testing

@testable import Scenarios
import ServingSim

struct GroupPlannerTests {
  @Test func `what is not stated gets vLLM's default and says so`() throws {
    let plan = try plan(small())
    let replica = try #require(plan.replicas.first)
    #expect(plan.replicas.count == 1)
    #expect(replica.maxNumSeqs == 1024)
    #expect(replica.maxNumBatchedTokens == 8192)
    #expect(replica.blockSize == 16)
    #expect(replica.enablePrefixCaching && replica.enableChunkedPrefill)
    #expect(replica.watermark == 0)
    #expect(replica.model == "llama-3.1-8b" && replica.accelerator?.id == "h100-sxm")
    #expect(replica.stepTime.name == "roofline")
    #expect(replica.meter != nil)
    #expect(plan.line("fleet.engine.block_size") == "16 (default: vLLM's)")
    #expect(plan.line("fleet.engine.scheduling_policy") == "fcfs (default: vLLM's)")
    #expect(plan.line("router") == "round_robin (default)")
    #expect(plan.line("seed") == "1 (default)")
  }

  @Test func `what is stated names its line and an override the command line`() throws {
    let plan = try plan(
      small(fleet: "engine:\n  max_num_seqs: 8\n"), set: ["fleet.engine.block_size=32"])
    #expect(plan.line("fleet.engine.max_num_seqs") == "8 (s.yaml:11)")
    #expect(plan.line("fleet.engine.block_size") == "32 (--set)")
    #expect(plan.line("fleet.accelerator")?.hasPrefix("h100-sxm (s.yaml:9; catalogue: ") == true)
  }

  @Test func `the KV capacity is a sum whose lines add up`() throws {
    let plan = try plan(small())
    let replica = try #require(plan.replicas.first)
    let summands = [
      "gpu_memory_utilization", "weights", "activations", "non_torch_memory", "cuda_graphs",
    ]
    let gibibytes = try summands.map { name in
      let line = try #require(plan.lines.first { $0.path == "derived.fleet.memory.\(name)" })
      return try #require(Double(line.value.dropLast(4)))
    }
    let left = try #require(plan.lines.first { $0.path == "derived.fleet.memory.kv_cache" })
    #expect(abs(gibibytes.reduce(0, +) - (Double(left.value.dropLast(4)) ?? 0)) < 0.03)
    #expect(
      plan.line("derived.fleet.num_gpu_blocks")?.hasPrefix("\(replica.usableBlocks + 1) ") == true)
    #expect(
      plan.line("derived.fleet.kv_cache_tokens")?.hasPrefix("\(replica.usableBlocks * 16) ") == true
    )
  }

  @Test func `vLLM keeps one of the stated blocks`() throws {
    let plan = try plan(small(fleet: "engine:\n  num_gpu_blocks: 1001\n"))
    #expect(plan.replicas.first?.usableBlocks == 1000)
    #expect(plan.line("derived.fleet.usable_blocks") == "1000 (derived: vLLM keeps one for itself)")
  }

  @Test func `the context is shortened to what the KV cache holds, and that is said`() throws {
    let plan = try plan(small(fleet: "engine:\n  num_gpu_blocks: 1001\n"))
    #expect(plan.replicas.first?.maxModelLength == 16_000)
    #expect(
      plan.line("fleet.engine.max_model_len")
        == "16000 (derived: the 131072 of llama-3.1-8b, shortened to what the KV cache holds)")
  }

  @Test func `a linear step time needs neither model nor accelerator`() throws {
    let text = """
      workload:
        synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1}
      fleet:
        engine: {num_gpu_blocks: 101, block_size: 32}
        step_time: {model: linear, base: 8 ms, per_prefill_pair: 235 ns}
      """
    let replica = try #require(try plan(text).replicas.first)
    #expect(replica.maxModelLength == 3200)
    #expect(replica.meter == nil && replica.model == nil)
    var work = StepWork()
    work.prefillPairs = 10
    #expect(replica.stepTime.duration(of: work).picoseconds == 8_002_350_000)
  }

  @Test func `groups of a list are numbered on`() throws {
    let text = small().replacing(
      "  model: llama-3.1-8b\n  accelerator: h100-sxm",
      with: """
          - {name: a, replicas: 2, model: llama-3.1-8b, accelerator: h100-sxm}
          - {name: b, model: llama-3.1-8b, accelerator: l40s}
        """)
    let plan = try plan(text)
    #expect(plan.replicas.map(\.group) == ["a", "a", "b"])
    #expect(plan.line("fleet.1.accelerator")?.hasPrefix("l40s ") == true)
    #expect(
      problems(text, set: ["fleet.1.name=a"]) == [
        "s.yaml:9: fleet.1: a second group is named \"a\""
      ])
  }

  @Test func `fp8 entries double what the cache holds`() throws {
    let half = try plan(small(fleet: "engine: {kv_cache_dtype: fp8}"))
    let whole = try plan(small())
    let ratio =
      Double(half.replicas.first?.usableBlocks ?? 0)
      / Double(whole.replicas.first?.usableBlocks ?? 1)
    #expect(abs(ratio - 2) < 0.01)
  }

  @Test func `quantised weights leave more room`() throws {
    let quantised = try plan(small(fleet: "engine: {quantization: fp8}")).replicas.first
    let published = try plan(small()).replicas.first
    #expect((quantised?.usableBlocks ?? 0) > (published?.usableBlocks ?? 0))
  }
}
