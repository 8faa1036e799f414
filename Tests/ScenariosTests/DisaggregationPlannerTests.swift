import ServingSim
import SimKernel
import Testing

/// `fleet.disaggregation`.
@Suite(.timeLimit(.minutes(30))) struct DisaggregationPlannerTests {
  private static let workload =
    "workload: {synthetic: {requests: 4, arrivals: {rate: 2 /s}, prompt_tokens: 100, output_tokens: 20}}\n"

  private func scenario(_ prefill: String, _ decode: String, engine: String = "") -> String {
    Self.workload + """
      fleet:
        - {name: p, model: llama-3.1-8b, accelerator: h100-sxm, \(prefill)}
        - {name: d, replicas: 2, model: llama-3.1-8b, accelerator: h100-sxm, \(decode)\(engine)}

      """
  }

  private let prefill = "disaggregation: {mode: prefill}"
  private let decode = "disaggregation: {mode: decode}"

  private func refusals(_ text: String) -> [String] {
    problems(text).map { $0.drop { $0 != " " }.dropFirst().description }
  }

  @Test func `groups that decode have their prompts computed by those that prefill`() throws {
    let found = try plan(scenario(prefill, decode))
    #expect(found.pools.map(\.prefill) == [nil, PrefillPlan(pool: 0)])
    #expect(found.replicas.map(\.pool) == [0, 1, 1])
    // 32 layers, keys and values of 8 heads of 128 numbers of 2 bytes, for 16 tokens; the network of
    // one accelerator.
    let transfer = KVTransferPlan(
      blockBytes: 16 * 131_072, bandwidth: 50_000_000_000, latency: .zero)
    #expect(found.replicas.map(\.kvTransfer) == [transfer, transfer, transfer])
    let stated = try plan(
      scenario(
        "disaggregation: {mode: prefill, bandwidth: 10 GB/s}",
        "disaggregation: {mode: decode, non_cached_tokens: 64, latency: 2 ms, bandwidth: 20 GB/s}"))
    #expect(stated.pools[1].prefill == PrefillPlan(pool: 0, nonCachedTokens: 64))
    #expect(stated.replicas[0].kvTransfer?.bandwidth == 10_000_000_000)
    #expect(stated.replicas[1].kvTransfer?.latency == .millisecond * 2)
  }

  @Test func `four accelerators have four networks`() throws {
    let found = try plan(scenario(prefill, decode, engine: ", engine: {tensor_parallel_size: 4}"))
    #expect(found.replicas[1].kvTransfer?.bandwidth == 200_000_000_000)
  }

  @Test func `what does not go together is refused`() {
    #expect(
      refusals(scenario("replicas: 1", decode)) == [
        "fleet.1.disaggregation.mode: found decode; no group with mode: prefill has the same models"
      ])
    #expect(
      refusals(scenario(prefill, "weight: 1")) == [
        "fleet.0.disaggregation.mode: found prefill; no group with mode: decode has the same models"
      ])
    #expect(
      refusals(scenario("disaggregation: {mode: prefill, latency: 1 ms}", decode)) == [
        "fleet.0.disaggregation.latency: goes with mode: decode"
      ])
    #expect(
      refusals(scenario(prefill, decode, engine: ", engine: {block_size: 32}")) == [
        "fleet.1.disaggregation: d has blocks of 32 tokens and p of 16; expected the same on both sides"
      ])
    #expect(
      refusals(scenario(prefill, decode, engine: ", engine: {kv_cache_dtype: fp8}")) == [
        "fleet.1.disaggregation: d has KV blocks of 1048576 bytes and p of 2097152; expected the same "
          + "on both sides"
      ])
    #expect(
      refusals(scenario(prefill, decode, engine: ", engine: {name: sglang, block_size: 16}"))
        .contains {
          $0.hasPrefix(
            "fleet.1.disaggregation: goes with vLLM's batching; how SGLang hands prompts")
        })
    #expect(
      refusals(scenario(prefill, "disaggregation_mode: decode")).contains {
        $0.contains("here it is fleet.1.disaggregation.mode")
      })
  }

  @Test func `without a model sizes are stated`() {
    let text =
      Self.workload + """
        fleet:
          - name: p
            step_time: {model: linear, base: 8 ms}
            engine: {max_model_len: 512, num_gpu_blocks: 100}
            disaggregation: {mode: prefill, bytes_per_token: 1 KiB}
          - name: d
            step_time: {model: linear, base: 8 ms}
            engine: {max_model_len: 512, num_gpu_blocks: 100}
            disaggregation: {mode: decode, bandwidth: 1 GB/s}

        """
    #expect(
      refusals(text) == [
        "fleet.0.disaggregation.bandwidth: missing; expected what a replica sends and receives, like "
          + "50 GB/s, or an accelerator to derive it from",
        "fleet.1.disaggregation.bytes_per_token: missing; expected what the KV entries of a token "
          + "take, like 128 KiB, or a model and an accelerator to derive it from",
      ])
  }
}
