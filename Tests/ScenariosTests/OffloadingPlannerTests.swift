import Foundation
import ServingSim
import SimKernel
import Testing

/// `fleet.kv_offloading`.
@Suite(.timeLimit(.minutes(30))) struct OffloadingPlannerTests {
  private static let workload =
    "workload: {synthetic: {requests: 4, arrivals: {rate: 2 /s}, prompt_tokens: 100, output_tokens: 20}}\n"

  private func scenario(_ offloading: String, more: String = "") -> String {
    Self.workload + """
      fleet:
        model: llama-3.1-8b
        accelerator: h100-sxm
        kv_offloading: {\(offloading)}
      \(more)

      """
  }

  private func refusals(_ text: String) -> [String] {
    problems(text).map { $0.drop { $0 != " " }.dropFirst().description }
  }

  @Test func `the host's memory holds whole blocks, and its link is the accelerator's`() throws {
    let found = try #require(
      try plan(scenario("cpu_bytes_to_use: 1 GiB")).replicas[0].offloading)
    // Blocks of 16 tokens of 128 KiB; PCIe 5.
    #expect(found.blockBytes == 2_097_152 && found.hostBlocks == 512)
    #expect(found.bandwidth == 64_000_000_000)
    #expect(found.secondaryTiers.isEmpty && found.minLoadTokens == 0 && !found.loadsOnlyIfFaster)
  }

  @Test func `groups that name one remote tier share it`() throws {
    let tier =
      "{name: pool, locality: remote, bytes_to_use: 1 TiB, bandwidth: 10 GB/s, latency: 1 ms"
    let group = "model: llama-3.1-8b, kv_offloading: {cpu_bytes_to_use: 1 GiB, secondary_tiers: ["
    let disk = "{name: disk, bytes_to_use: 1 GiB, bandwidth: 5 GB/s}, "
    let text =
      Self.workload + """
        fleet:
          - {name: a, accelerator: h100-sxm, \(group)\(disk)\(tier), total_bandwidth: 20 GB/s}]}}
          - {name: b, accelerator: a100-sxm-80, \(group)\(tier), total_bandwidth: 20 GB/s}]}}

        """
    let found = try plan(text)
    #expect(
      found.sharedStores == [
        SharedStorePlan(blocks: 524_288, blockSize: 16, bandwidth: 20_000_000_000)
      ])
    let shared = SecondaryTier(
      store: 0, blocks: 524_288, bandwidth: 10_000_000_000, latency: .millisecond)
    let own = SecondaryTier(blocks: 512, bandwidth: 5_000_000_000)
    #expect(
      found.replicas.map { $0.offloading?.secondaryTiers ?? [] } == [[own, shared], [shared]])
    let parts = text.components(separatedBy: "- {name: b")
    let others = parts[1].replacing("1 TiB", with: "2 TiB").replacing(
      ", total_bandwidth: 20 GB/s", with: "")
    let same = ", which is the same tier"
    #expect(
      refusals(parts[0] + "- {name: b" + others) == [
        "fleet.1.kv_offloading.secondary_tiers.0.bytes_to_use: is not that of "
          + "fleet.0.kv_offloading.secondary_tiers.1" + same,
        "fleet.1.kv_offloading.secondary_tiers.0.total_bandwidth: is not that of "
          + "fleet.0.kv_offloading.secondary_tiers.1" + same,
      ])
    let model = text.replacing(
      "a100-sxm-80, model: llama-3.1-8b", with: "a100-sxm-80, model: qwen3-8b")
    #expect(
      refusals(model).dropFirst() == [
        "fleet.1.kv_offloading.secondary_tiers.0: a has the model llama-3.1-8b and b qwen3-8b; "
          + "engines that share a tier have the same",
        "fleet.1.kv_offloading.secondary_tiers.0: a has KV blocks of 2097152 bytes and b 2359296 "
          + "bytes; engines that share a tier have the same",
      ])
  }

  @Test func `what does not go together is refused`() {
    let bytes = "cpu_bytes_to_use: 1 GiB"
    func reason(_ engine: String) -> [String] {
      refusals(scenario(bytes, more: "  engine: {\(engine)}"))
    }
    #expect(
      reason("enable_prefix_caching: false") == [
        "fleet.kv_offloading: goes with enable_prefix_caching: true, by which vLLM finds what is kept"
      ])
    #expect(
      reason("name: sglang") == [
        "fleet.kv_offloading: goes with vLLM's batching; how SGLang loads KV entries is not known here"
      ])
    #expect(
      reason("scheduling_policy: static") == [
        "fleet.kv_offloading: goes with continuous batching; a static batch waits for nobody"
      ])
    #expect(
      refusals(scenario("cpu_bytes_to_use: 1 MiB")) == [
        "fleet.kv_offloading.cpu_bytes_to_use: is less than a KV block of 16 tokens takes, which is "
          + "2097152 bytes"
      ])
    #expect(
      refusals(scenario("load: always")) == [
        "fleet.kv_offloading.cpu_bytes_to_use: missing; expected a size like 64 GiB"
      ])
    let tier = "{name: disk, bytes_to_use: 1 GiB, bandwidth: 5 GB/s, total_bandwidth: 9 GB/s}"
    #expect(
      refusals(scenario("\(bytes), secondary_tiers: [\(tier)]")) == [
        "fleet.kv_offloading.secondary_tiers.0.total_bandwidth: goes with locality: remote"
      ])
  }
}
