import ServingSim
import Testing

@testable import Scenarios

/// What cannot run, by the words that the user sees.
struct RefusalTests {
  private func refusal(_ fleet: String, is expected: String) {
    #expect(problems(small(fleet: fleet)) == [expected])
  }

  private func excess(_ text: String, set overrides: [String], limit: Double) -> [String] {
    do throws(ScenarioIssues) {
      _ = try ScenarioLoader.load(
        SourceFile(name: "s.yaml", text: text, folder: ""), overrides: overrides,
        memoryLimit: MemoryLimit(bytes: limit, origin: "a test's"))
      return []
    } catch {
      return error.issues.map(\.description)
    }
  }

  @Test func `requests that memory cannot hold are refused before they are drawn`() {
    // 120 bytes each: 24 of columns, 80 of outcome, 16 of latencies.
    #expect(
      excess(small(), set: ["workload.synthetic.requests=100000000"], limit: 5.6e9) == [
        "s.yaml:3: workload.synthetic: 100000000 requests would take about 12.0 GB of memory; "
          + "allowed are 5.6 GB, a test's"
      ])
    #expect(excess(small(), set: ["workload.synthetic.requests=10000"], limit: 5.6e9) == [])
  }

  @Test func `so are requests of a duration, and turns of conversations`() {
    let overrides = [
      "workload.synthetic={duration: 10 d, arrivals: {rate: 100 /s}, prompt_tokens: 1, "
        + "output_tokens: 1, sessions: {turns: 10, think_time: 1 s}}"
    ]
    // 86.4 million conversations of ten turns.
    #expect(
      excess(small(), set: overrides, limit: 1e9).first?.contains("864000000 requests") == true)
  }

  @Test func `replicas that memory cannot hold are refused`() throws {
    let problem = try #require(
      excess(small(), set: ["fleet.replicas=100000"], limit: 1e9).first)
    #expect(problem.contains("fleet: 100000 replicas with the requests of the workload would take"))
    #expect(excess(small(), set: ["fleet.replicas=100"], limit: 1e9) == [])
  }

  @Test func `a cache of more tokens than a request can have`() throws {
    let text = """
      workload: {synthetic: {requests: 2, concurrency: 1, prompt_tokens: 5, output_tokens: 5}}
      fleet:
        engine: {num_gpu_blocks: 1000000000, block_size: 16, max_num_seqs: 4}
        step_time: {model: linear, base: 1 ms}
      """
    let plan = try plan(text)
    #expect(plan.replicas[0].maxModelLength == 2_147_483_647)
    #expect(Simulation.run(plan).outcomes.allSatisfy { $0.status == .finished })
  }

  @Test(arguments: [
    ("fleet.power_down={after: 1 s, wake: 54 d}", "a time from 1 ps to 53 d"),
    ("workload.synthetic.arrivals.rate=1e13 /s", "a rate from 0.000000001 /s to 1000000000000 /s"),
    ("impact={price: 1e-300}", "an amount of money from 0.000000001 to 1e12"),
    ("impact={price: [1, 1e300]}", "an amount of money from 0.000000001 to 1e12"),
    ("impact={tariff: 1e300}", "an amount of money from 0.000000001 to 1e12"),
    ("impact={grid: 1e300 g/kWh}", "a carbon intensity from 0.000001 g/kWh to 100 kg/kWh"),
    ("impact={pue: 1e300}", "a pue from 1 to 100"),
    (
      "impact={embodied: {lifetime: 4 y, host: 1e300 kg}}", "a mass from 0.001 g to 1000000 t"
    ),
    (
      "impact={ownership: {capex: 1e13, lifetime: 4 y}}",
      "an amount of money from 0.000000001 to 1e12"
    ),
    ("fleet.engine.gpu_memory_utilization=1e-300", "a share from 0.000000001 to 1"),
  ])
  func `a number out of bounds is told what the bounds are`(override: String, words: String) throws
  {
    let problem = try #require(problems(small(), set: [override]).first)
    #expect(problem.contains("; expected \(words)"), "\(problem)")
  }

  @Test func `a model that does not fit gets the sum`() throws {
    let problem = try #require(
      problems(small(), set: ["fleet.model=llama-3.1-70b"]).first)
    #expect(problem.hasPrefix("s.yaml:8: fleet: llama-3.1-70b does not fit on 1 x h100-sxm:\n"))
    #expect(problem.contains(" GiB  weights: bf16"))
    #expect(problem.contains(" GiB  left for the KV cache of an accelerator\n"))
    #expect(problem.hasSuffix("raise tensor_parallel_size or gpu_memory_utilization, or quantize"))
  }

  @Test func `a context that the KV cache cannot hold`() {
    refusal(
      "engine:\n  num_gpu_blocks: 101\n  max_model_len: 2000\n",
      is: "s.yaml:12: fleet.engine.max_model_len: a request of 2000 tokens takes 125 blocks of 16; "
        + "the KV cache has 100, enough for a request of 1600 tokens")
  }

  @Test func `a context longer than the model's`() {
    refusal(
      "engine: {max_model_len: 200000}",
      is: "s.yaml:10: fleet.engine.max_model_len: found \"200000\"; llama-3.1-8b has a context of "
        + "131072 tokens")
  }

  @Test func `fewer tokens a step than sequences`() {
    refusal(
      "engine: {max_num_batched_tokens: 100, max_num_seqs: 256}",
      is: "s.yaml:10: fleet.engine.max_num_batched_tokens: 100 tokens a step are fewer than "
        + "max_num_seqs 256, each of which takes one")
  }

  @Test func `prompts that fit no step when they may not be cut`() {
    refusal(
      "engine: {enable_chunked_prefill: false}",
      is: "s.yaml:10: fleet.engine.max_num_batched_tokens: 8192 tokens a step cannot hold a prompt "
        + "of max_model_len 131072 in one piece; raise it, lower max_model_len or "
        + "enable_chunked_prefill")
  }

  @Test func `heads that do not divide`() {
    refusal(
      "engine: {tensor_parallel_size: 64}",
      is: "s.yaml:10: fleet.engine.tensor_parallel_size: llama-3.1-8b has 32 attention heads, "
        + "which tensor_parallel_size 64 does not divide")
  }

  @Test func `each parallel size is told of by its own option`() {
    refusal(
      "engine: {pipeline_parallel_size: 64}",
      is: "s.yaml:10: fleet.engine.pipeline_parallel_size: llama-3.1-8b has 32 layers, too few for "
        + "pipeline_parallel_size 64")
    #expect(
      problems(
        small(),
        set: [
          "fleet.model=qwen3-30b-a3b", "fleet.engine.tensor_parallel_size=1",
          "fleet.engine.data_parallel_size=3", "fleet.engine.enable_expert_parallel=true",
        ]) == [
          "--set fleet.engine.enable_expert_parallel=true: fleet.engine.enable_expert_parallel: "
            + "qwen3-30b-a3b has 128 experts, which an expert-parallel group of 3 does not divide"
        ])
  }

  @Test func `names that the catalogue lacks`() {
    #expect(
      problems(small(), set: ["fleet.model=lama-3.1-8b"]) == [
        "--set fleet.model=lama-3.1-8b: fleet.model: no model \"lama-3.1-8b\" in the catalogue; "
          + "did you mean \"llama-3.1-8b\"? see kavier catalog models"
      ])
    #expect(
      problems(small(), set: ["fleet.accelerator=abacus"]) == [
        "--set fleet.accelerator=abacus: fleet.accelerator: no accelerator \"abacus\" in the "
          + "catalogue; see kavier catalog accelerators, or describe it in place"
      ])
  }

  @Test func `a roofline without model`() {
    #expect(
      problems(
        "fleet: {accelerator: h100-sxm}\nworkload: {synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1}}"
      ) == [
        "s.yaml:1: fleet.model: missing; expected a name like llama-3.1-8b (only a linear or "
          + "table step_time does without)"
      ])
  }

  @Test func `an empty scenario lacks everything`() {
    #expect(
      problems("") == [
        "s.yaml:1: workload: missing; expected trace or synthetic",
        "s.yaml:1: fleet: missing; expected a mapping like {model: llama-3.1-8b, accelerator: "
          + "h100-sxm}",
      ])
  }

  @Test func `static batching has no waiting order`() {
    refusal(
      "engine: {scheduler: static, scheduling_policy: priority}",
      is: "s.yaml:10: fleet.engine.scheduling_policy: goes with scheduler: continuous")
  }

  @Test func `stages are counted against the model's layers`() {
    refusal(
      "engine: {pipeline_parallel_size: 33}",
      is: "s.yaml:10: fleet.engine.pipeline_parallel_size: llama-3.1-8b has 32 layers, too few "
        + "for pipeline_parallel_size 33")
  }

  @Test func `hardware so slow that a step takes minutes`() {
    let problem = problems(
      small(fleet: "engine: {max_num_batched_tokens: 100000}"),
      set: [
        "fleet.accelerator={memory: 1 TiB, memory_bandwidth: 1 GB/s, bf16: 1 GFLOP/s}"
      ]
    ).first
    #expect(problem?.contains("could take ") == true)
    #expect(
      problem?.hasSuffix(" s even at peak rates; steps up to 30 s are simulated") == true)
  }

  @Test func `step times with a wrong unit`() {
    let problem = problems(
      small(fleet: "step_time: {model: linear, base: 1 s, per_prefill_pair: 1 s}")
    ).first
    #expect(problem?.hasPrefix("s.yaml:10: fleet.step_time: a full step could take ") == true)
  }

  @Test(arguments: [
    ("{trace: {path: a}, synthetic: {}}", "states both trace and synthetic"),
    ("{}", "states no requests; expected trace or synthetic"),
  ])
  func `a workload is exactly one thing`(workload: String, part: String) {
    #expect(problems("workload: \(workload)").contains { $0.contains(part) })
  }

  @Test(arguments: [
    ("requests: 1, prompt_tokens: 1, output_tokens: 1", "states no arrivals"),
    (
      "requests: 1, arrivals: {rate: 1 /s}, concurrency: 1, prompt_tokens: 1, output_tokens: 1",
      "states both arrivals and concurrency"
    ),
    ("arrivals: {rate: 1 /s}, prompt_tokens: 1, output_tokens: 1", "states no end"),
    ("requests: 1, arrivals: {rate: 1 /s}, output_tokens: 1", "prompt_tokens: missing"),
    (
      "requests: 1, arrivals: {rate: 1 /s, process: gamma}, prompt_tokens: 1, output_tokens: 1",
      "arrivals.cv: missing"
    ),
    (
      "requests: 1, arrivals: {rate: 1 /s, cv: 2}, prompt_tokens: 1, output_tokens: 1",
      "arrivals.cv: goes with process: gamma"
    ),
    (
      "requests: 9, arrivals: {rate: 0.01 /d}, prompt_tokens: 1, output_tokens: 1",
      "the clock holds 1460"
    ),
    (
      "duration: 1 d, arrivals: {rate: 1000000 /s}, prompt_tokens: 1, output_tokens: 1",
      "at most 10^9"
    ),
    (
      "requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: {distribution: quantiles, table: azure}",
      "no table \"azure\"; known: azure2023-conv"
    ),
    (
      "requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: {distribution: quantiles, values: [3, 2]}",
      "values ascend"
    ),
    (
      "requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: {distribution: lognormal, median: 3}",
      "output_tokens.sigma: missing"
    ),
    ("requests: 1, concurrency: 1, prompt_tokens: 0, output_tokens: 1", "found \"0\""),
    (
      "requests: 9, arrivals: {rate: 1e-300 /s}, prompt_tokens: 1, output_tokens: 1",
      "found \"1e-300 /s\"; expected a rate from 0.000000001 /s to 1000000000000 /s"
    ),
    (
      "requests: 9, arrivals: {rate: 1e-9 /s}, prompt_tokens: 1, output_tokens: 1",
      "the clock holds 1460"
    ),
    (
      "requests: 9, arrivals: {rate: 1 /s, process: gamma, cv: 1e-200}, prompt_tokens: 1, "
        + "output_tokens: 1", "expected a number from 0.001 to 1000"
    ),
  ])
  func `a synthetic workload that contradicts itself`(synthetic: String, part: String) {
    let text = small().replacing(
      #/synthetic:(?s:.)*fleet:/#, with: "synthetic: {\(synthetic)}\nfleet:")
    let found = problems(text)
    #expect(found.count == 1 && found.first?.contains(part) == true, "\(found)")
  }
}
