import Scenarios
import ServingSim
import ServingTestSupport
import Testing
import TraceArchive

/// The Mooncake conversation trace through caches of so many blocks of 512 tokens, against counts
/// made apart from this project, of block ids (a prompt's last block counts even when it is not full)
/// and by vLLM's rules: prompts one at a time, tails evicted before heads.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct CacheExactnessTests {
  private static let conversation = Result {
    let path = SharedData.path("traces/mooncake/conversation_trace.jsonl.gz")
    return try TraceReplay().workload(of: RequestTrace.read(path: path))
  }
  private static let endless = 1_000_000

  private func percent(_ semantics: PrefixReplay.Semantics, blocks: Int) throws -> Double {
    let workload = try Self.conversation.get()
    let replay = PrefixReplay(workload, blockSize: 512, blocks: blocks, semantics: semantics)
    return (replay.hitRatio * 1000).rounded() / 10
  }

  @Test(arguments: [
    (1000, 4.5), (3000, 6.7), (10_000, 21.6), (30_000, 33.2), (100_000, 37.1), (endless, 37.4),
  ])
  func `block ids are found as counted apart`(blocks: Int, counted: Double) throws {
    #expect(try percent(.blockIDs, blocks: blocks) == counted)
  }

  /// vLLM keeps no block that is not full, so the same memory reaches further back; it computes the
  /// last token of a prompt it has whole.
  @Test(arguments: [
    (1000, 4.6), (3000, 6.9), (10_000, 21.9), (30_000, 33.7), (100_000, 37.1), (endless, 37.3),
  ])
  func `vLLM finds full blocks`(blocks: Int, expected: Double) throws {
    #expect(try percent(.vLLM, blocks: blocks) == expected)
  }

  /// The whole engine, one request at a time: answers take blocks, too, so a little less is found.
  @Test(arguments: [(1000, 4.6), (10_000, 21.7), (100_000, 37.1)])
  func `the engine finds what the cache by itself finds`(blocks: Int, expected: Double) throws {
    let plan = try ScenarioLoader.load(
      file: "\(SharedData.repository)/Examples/08-cache-size.yaml",
      overrides: [
        "fleet.engine.num_gpu_blocks=\(blocks + 1)",
        "workload.trace.path=\(SharedData.path("traces/mooncake/conversation_trace.jsonl.gz"))",
      ]
    ).plan
    let replica = Simulation.run(plan).replicas[0]
    let ratio = Double(replica.cachedTokens) / Double(replica.lookedUpTokens)
    #expect((ratio * 1000).rounded() / 10 == expected)
  }

  /// The whole engine with a cache that holds hardly more than the longest prompt: what is found is what
  /// tiers hold. Neither answers nor blocks that are not full take room there, so a little more is.
  @Test(arguments: [(1000, 0, 4.6), (10_000, 0, 22.0), (100_000, 0, 37.1), (1000, 10_000, 22.0)])
  func `the engine finds in tiers what the cache by itself finds`(
    host: Int, store: Int, expected: Double
  ) throws {
    // Blocks of 512 tokens of 1 KiB.
    func size(_ blocks: Int) -> String { "\(blocks * 512) KiB" }
    let tier = "{name: s, locality: remote, bytes_to_use: \(size(store)), bandwidth: 10 GB/s}"
    let plan = try ScenarioLoader.load(
      file: "\(SharedData.repository)/Examples/08-cache-size.yaml",
      overrides: [
        "fleet.engine.num_gpu_blocks=300",
        "fleet.kv_offloading={cpu_bytes_to_use: \(size(host)), bandwidth: 10 GB/s, "
          + "bytes_per_token: 1 KiB, secondary_tiers: [\(store > 0 ? tier : "")]}",
        "workload.trace.path=\(SharedData.path("traces/mooncake/conversation_trace.jsonl.gz"))",
      ]
    ).plan
    let replica = Simulation.run(plan).replicas[0]
    let ratio = Double(replica.cachedTokens) / Double(replica.lookedUpTokens)
    #expect((ratio * 1000).rounded() / 10 == expected)
  }
}
