import ServingModel
import ServingSim
import SimKernel
import Testing

/// `engine.speculative_config`.
@Suite(.timeLimit(.minutes(30))) struct SpeculationPlannerTests {
  private static let workload =
    "workload: {synthetic: {requests: 4, arrivals: {rate: 2 /s}, prompt_tokens: 100, output_tokens: 20}}\n"

  private func scenario(_ config: String, engine: String = "", fleet: String = "") -> String {
    Self.workload + """
      fleet:
        \(fleet.isEmpty ? "model: llama-3.1-8b\n  accelerator: h100-sxm" : fleet)
        engine: {speculative_config: {\(config)}\(engine)}

      """
  }

  private static let linear = "step_time: {model: linear, base: 8 ms}"
  private static let small = ", num_gpu_blocks: 100, max_model_len: 512"

  private func speculation(_ config: String) throws -> SpeculationPlan {
    try #require(try plan(scenario(config)).replicas[0].speculation)
  }

  private func refusals(_ text: String) -> [String] {
    problems(text).map { $0.drop { $0 != " " }.dropFirst().description }
  }

  @Test func `acceptance is stated by place, by length or by one rate`() throws {
    let eagle = "method: eagle, num_speculative_tokens: 3, "
    func rates(_ stated: String) throws -> [Double] {
      try speculation(eagle + stated).acceptance.rates
    }
    #expect(try rates("synthetic_acceptance_rates: [0.8, 0.6, 0.6]") == [0.8, 0.6, 0.6])
    #expect(try rates("synthetic_acceptance_length: 2.5") == [1, 0.5, 0])
    #expect(try rates("synthetic_acceptance_length: 1") == [0, 0, 0])
    #expect(try rates("synthetic_acceptance_length: 4") == [1, 1, 1])
    #expect(try rates("acceptance_rate: 0.5") == [0.5, 0.25, 0.125])
  }

  @Test func `fewer tokens for larger batches, up to the most`() throws {
    let ranges = "[[1, 2, 5], [4, 5, 2], [6, 6, 0]]"
    let schedule = try speculation(
      "method: ngram, num_speculative_tokens: 3, acceptance_rate: 0.5, "
        + "num_speculative_tokens_per_batch_size: \(ranges)"
    ).schedule
    #expect((1...8).map { schedule.drafts(batch: $0) } == [3, 3, 3, 2, 2, 0, 0, 0])
  }

  @Test func `drafters with KV entries look ahead, and those with hidden states go back`() throws {
    func traits(_ method: String) throws -> [Int] {
      let found = try speculation(
        "method: \(method), num_speculative_tokens: 2, acceptance_rate: 0.5")
      return [found.lookaheadTokens, found.recomputesLastBlock ? 1 : 0]
    }
    #expect(try traits("eagle3") == [2, 1])
    #expect(try traits("mtp") == [2, 1])
    #expect(try traits("ngram") == [0, 0])
    #expect(try traits("draft_model, model: llama-3.2-1b") == [2, 0])
    #expect(try traits("eagle, disable_eagle_block_drop: true") == [2, 0])
  }

  @Test func `a drafter takes memory and time`() throws {
    func planned(_ config: String) throws -> ReplicaPlan { try plan(scenario(config)).replicas[0] }
    let rest = "num_speculative_tokens: 2, acceptance_rate: 0.5"
    let none = try plan(Self.workload + "fleet: {model: llama-3.1-8b, accelerator: h100-sxm}\n")
      .replicas[0]
    let ngram = try planned("method: ngram, \(rest)")
    let eagle = try planned("method: eagle, \(rest)")
    let eagle3 = try planned("method: eagle3, \(rest)")
    let model = try planned("method: draft_model, model: llama-3.2-1b, \(rest)")
    #expect(ngram.usableBlocks == none.usableBlocks)
    // One layer of 218 million parameters in bf16, beside 32 layers of KV entries one more.
    let left = Double(none.usableBlocks + 1) * 2_097_152
    #expect(eagle.usableBlocks + 1 == Int((left - 2 * 218_112_000) / 2_162_688))
    #expect(eagle3.usableBlocks < eagle.usableBlocks)
    #expect(model.usableBlocks < eagle3.usableBlocks)
    var step = StepWork()
    step.decodeSequences = 8
    step.decodeContext = 8_000
    func time(_ replica: ReplicaPlan, _ other: StepWork? = nil) -> Double {
      replica.stepTime.duration(of: other ?? step).seconds
    }
    #expect(time(ngram) == time(none))
    // Two passes that read 2 x (218 + 525) million bytes at 2.7 TB/s take about a millisecond.
    #expect((0.9e-3...1.5e-3).contains(time(eagle) - time(none)))
    #expect(time(eagle3) < time(eagle) && time(model) > time(eagle))
    // Tokens that are verified cost something, and less than as many sequences, whose contexts are read
    // and for each of which the host does something.
    let alone = time(ngram)
    var wide = step
    wide.decodeSequences = 24
    step.draftTokens = 16
    step.draftPairs = 16 * 1_002
    #expect(alone < time(ngram) && time(ngram) < 1.1 * alone)
    #expect(time(ngram) + 16 * 5e-6 < time(none, wide))
  }

  @Test func `stated times are a pass of the drafter's`() throws {
    let text = scenario(
      "method: eagle, num_speculative_tokens: 3, acceptance_rate: 0.5, draft_time: 1 ms, "
        + "draft_time_per_sequence: 10 us", engine: Self.small, fleet: Self.linear)
    var step = StepWork()
    step.decodeSequences = 4
    #expect(try plan(text).replicas[0].stepTime.duration(of: step) == .microsecond * (8000 + 3120))
    let parallel = text.replacing("draft_time:", with: "parallel_drafting: true, draft_time:")
    #expect(
      try plan(parallel).replicas[0].stepTime.duration(of: step) == .microsecond * (8000 + 1040))
  }

  @Test func `what does not go together is refused`() {
    let path = "fleet.engine.speculative_config"
    let ngram = "method: ngram, num_speculative_tokens: 2, acceptance_rate: 0.5"
    let eagle = "method: eagle, num_speculative_tokens: 2"
    for (text, problem) in [
      (
        scenario(eagle + ", acceptance_rate: 0.5, synthetic_acceptance_length: 2"),
        "states synthetic_acceptance_length and acceptance_rate; expected one of them"
      ),
      (
        scenario(ngram, engine: ", name: sglang"),
        "goes with vLLM's batching; how SGLang verifies drafts is not known here"
      ),
      (
        scenario(ngram, engine: ", scheduling_policy: vtc"),
        "does not go with scheduling_policy: vtc, which counts a token a step"
      ),
      (scenario(ngram, engine: ", scheduler: static"), "goes with continuous batching"),
      (
        scenario(ngram, engine: ", enable_chunked_prefill: false, max_num_batched_tokens: 131072"),
        "goes with enable_chunked_prefill: true; without it is not known here"
      ),
    ] {
      #expect(refusals(text) == ["\(path): \(problem)"])
    }
    for (config, field, problem) in [
      (
        eagle, "synthetic_acceptance_rates",
        "missing; expected shares like [0.8, 0.6], or synthetic_acceptance_length or "
          + "acceptance_rate"
      ),
      (
        eagle + ", synthetic_acceptance_rates: [0.5]", "synthetic_acceptance_rates",
        "found 1 shares; expected one for each of the 2 tokens"
      ),
      (
        eagle + ", synthetic_acceptance_length: 3.5", "synthetic_acceptance_length",
        "found \"3.5\"; a step yields at most the 2 tokens proposed and one more"
      ),
      (
        ngram + ", model: llama-3.2-1b", "model",
        "goes with method: draft_model; other drafters have the shape of the model"
      ),
      (
        ngram.replacing("ngram", with: "draft_model"), "model",
        "missing; expected the drafter's name in the catalogue, or draft_time"
      ),
      (
        ngram + ", draft_tensor_parallel_size: 3", "draft_tensor_parallel_size",
        "found \"3\"; expected 1 or tensor_parallel_size 1, as vLLM does"
      ),
      (
        ngram + ", draft_time_per_sequence: 1 ms", "draft_time_per_sequence",
        "goes with draft_time"
      ),
      (
        ngram + ", num_speculative_tokens_per_batch_size: [[2, 4, 1]]",
        "num_speculative_tokens_per_batch_size.0", "found [2, 4, 1]; the first range begins with 1"
      ),
      (
        ngram + ", num_speculative_tokens_per_batch_size: [[1, 4, 1], [4, 9, 0]]",
        "num_speculative_tokens_per_batch_size.1",
        "found [4, 9, 0] after [1, 4, 1]; ranges rise without overlap"
      ),
    ] {
      #expect(refusals(scenario(config)) == ["\(path).\(field): \(problem)"])
    }
    let untimed = scenario(
      eagle + ", acceptance_rate: 0.5", engine: Self.small, fleet: Self.linear)
    #expect(
      refusals(untimed) == [
        "\(path).draft_time: missing; expected what a pass of the drafter takes, since step_time does "
          + "not tell it"
      ])
  }
}
