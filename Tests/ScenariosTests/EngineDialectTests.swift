import ServingModel
import ServingPolicies
import ServingSim
import Testing

@testable import Scenarios

/// The options of SGLang and TensorRT-LLM under their own names.
@Suite(.timeLimit(.minutes(30))) struct EngineDialectTests {
  private func replica(_ engine: String, accelerator: String = "h100-sxm") throws -> ReplicaPlan {
    try plan(scenario(engine, accelerator)).replicas[0]
  }

  private func scenario(_ engine: String, _ accelerator: String = "h100-sxm") -> String {
    """
    workload: {synthetic: {requests: 3, concurrency: 1, prompt_tokens: 10, output_tokens: 7}}
    fleet: {model: llama-3.1-8b, accelerator: \(accelerator), engine: {\(engine)}}
    """
  }

  @Test func `SGLang's options are vLLM's under other names`() throws {
    let replica = try replica(
      "name: sglang, max_running_requests: 32, chunked_prefill_size: 4096, context_length: 9000, "
        + "page_size: 16, disable_radix_cache: true, disable_overlap_schedule: true, "
        + "max_total_tokens: 160000")
    #expect(replica.maxNumSeqs == 32 && replica.maxNumBatchedTokens == 4096)
    #expect(replica.maxModelLength == 9000 && replica.blockSize == 16)
    #expect(!replica.enablePrefixCaching && !replica.asyncScheduling)
    #expect(replica.usableBlocks == 10_000)
  }

  @Test func `SGLang's scheduler is the one that its options describe`() throws {
    let replica = try replica(
      "name: sglang, schedule_policy: lof, schedule_conservativeness: 0.5, "
        + "enable_mixed_chunk: true, max_prefill_tokens: 4000")
    let policy = try #require(replica.scheduler as? SGLangScheduling)
    #expect(policy.requestOrder == .longestOutputFirst && policy.mixesChunks)
    #expect(policy.maxPrefillTokens == 4000 && policy.newTokenRatio?.initial == 0.35)
  }

  @Test func `SGLang takes the order of arrival where lpm finds no prefix cache`() throws {
    let lpm = try replica("name: sglang, schedule_policy: lpm").scheduler as? SGLangScheduling
    #expect(lpm?.requestOrder == .longestPrefixMatch)
    let plan = try plan(scenario("name: sglang, schedule_policy: lpm, disable_radix_cache: true"))
    let policy = plan.replicas[0].scheduler as? SGLangScheduling
    #expect(policy?.requestOrder == .firstComeFirstServed)
    #expect(plan.remarks.map(\.field) == ["fleet.engine.schedule_policy"])
    #expect(
      problems(scenario("name: sglang, schedule_policy: dfs-weight")) == [
        "s.yaml:2: fleet.engine.schedule_policy: found \"dfs-weight\"; expected one of fcfs, lpm, lof, "
          + "priority"
      ])
  }

  // server_args.py: 512 + 1.5 x 8192 + 2 x 256 + 1024 / 8 are 13,440 MiB of 80 GiB.
  @Test func `SGLang leaves memory beside weights and KV cache by what it expects to need`() throws
  {
    #expect(
      SGLangDefaults.memFractionStatic(.gibibytes(80), chunk: 8192, Parallelism()) == 0.836)
    let replica = try replica("name: sglang")
    #expect(replica.blockSize == 1 && replica.maxNumBatchedTokens == 8192)
    // 0.836 of 79.2 GiB, less 15 GiB of weights, at 128 KiB a token.
    #expect((413_000...421_000).contains(replica.usableBlocks), "\(replica.usableBlocks)")
    #expect(try self.replica("name: sglang", accelerator: "l40s").maxNumBatchedTokens == 4096)
  }

  @Test func `without chunks SGLang takes any prompt that comes first`() throws {
    let replica = try replica("name: sglang, chunked_prefill_size: -1, context_length: 50000")
    #expect(!replica.enableChunkedPrefill && replica.maxNumBatchedTokens == 50_000)
    #expect((replica.scheduler as? SGLangScheduling)?.maxPrefillTokens == 16_384)
  }

  @Test func `TensorRT-LLM's options are vLLM's under other names`() throws {
    let replica = try replica(
      "name: tensorrt-llm, max_batch_size: 16, max_num_tokens: 3000, max_seq_len: 9000, "
        + "tokens_per_block: 64, enable_block_reuse: false, disable_overlap_scheduler: true")
    #expect(replica.maxNumSeqs == 16 && replica.maxNumBatchedTokens == 3000)
    #expect(replica.maxModelLength == 9000 && replica.blockSize == 64)
    #expect(!replica.enablePrefixCaching && !replica.asyncScheduling)
    // Its prompts are computed whole, and longer ones are refused.
    #expect(!replica.enableChunkedPrefill && replica.longestPrompt == 3000)
    #expect(replica.scheduler is GuaranteedNoEvict)
  }

  @Test func `drawn requests say how long their answers may be, where a scheduler asks`() throws {
    let limited = try plan(scenario("name: tensorrt-llm")).workload
    #expect(limited.traits[.maxTokens] == [7, 7, 7])
    #expect(try plan(scenario("name: vllm")).workload.traits[.maxTokens] == nil)
  }

  @Test func `the longest chunk of a prompt is vLLM's option, and 0 is none`() throws {
    #expect(try replica("long_prefill_token_threshold: 512").longPrefillTokenThreshold == 512)
    #expect(try replica("long_prefill_token_threshold: 0").longPrefillTokenThreshold == nil)
    #expect(try replica("name: vllm").longPrefillTokenThreshold == nil)
    #expect(
      problems(scenario("long_prefill_token_threshold: -1")) == [
        "s.yaml:2: fleet.engine.long_prefill_token_threshold: found \"-1\"; expected a whole number "
          + "from 0 to 10000000"
      ])
    #expect(
      problems(scenario("name: sglang, long_prefill_token_threshold: 512")) == [
        "s.yaml:2: fleet.engine.long_prefill_token_threshold: goes with name: vllm; SGLang has nothing "
          + "like it"
      ])
  }

  @Test func `what goes with another engine, or stands twice, is told`() {
    #expect(
      problems(scenario("name: sglang, scheduling_policy: priority")) == [
        "s.yaml:2: fleet.engine.scheduling_policy: goes with name: vllm; SGLang has schedule_policy"
      ])
    #expect(
      problems(scenario("name: sglang, max_num_seqs: 8, max_running_requests: 8")) == [
        "s.yaml:2: fleet.engine.max_num_seqs: stated twice: max_running_requests is the same, and "
          + "one of them is enough"
      ])
    #expect(
      problems(scenario("name: vllm, max_running_requests: 8")) == [
        "s.yaml:2: fleet.engine.max_running_requests: SGLang's name; here it is max_num_seqs"
      ])
    #expect(
      problems(scenario("name: tensorrt-llm, capacity_scheduler_policy: MAX_UTILISATION")) == [
        "s.yaml:2: fleet.engine.capacity_scheduler_policy: found \"MAX_UTILISATION\"; expected one of "
          + "GUARANTEED_NO_EVICT, MAX_UTILIZATION, STATIC_BATCH; did you mean \"MAX_UTILIZATION\"?"
      ])
    #expect(
      problems(scenario("name: sglang, chunked_prefill_size: 0")) == [
        "s.yaml:2: fleet.engine.chunked_prefill_size: found \"0\"; expected a whole number of tokens "
          + "from 1, or -1 for whole prompts"
      ])
  }
}
