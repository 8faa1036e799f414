import Foundation
import ServingTestSupport
import Testing

@testable import TraceArchive

private func rounded(_ value: Double?, _ digits: Double = 1000) -> Double? {
  value.map { ($0 * digits).rounded() / digits }
}

@Test func `quantiles lie between neighbours and ranks share ties`() throws {
  let summary = try #require(Summary([4, 1, 3, 2]))
  #expect(summary.mean == 2.5 && summary.percentile(50) == 2.5 && summary.percentile(90) == 3.7)
  #expect(rounded(summary.deviation) == 1.118)
  #expect(rankCorrelation([1, 2, 3], [1, 4, 9]) == 1)
  #expect(rankCorrelation([1, 2, 2, 3], [4, 3, 3, 1]).map { $0 < -0.99 } == true)
  #expect(rankCorrelation([1, 1], [1, 2]) == nil)
  #expect(largestDistance([1, 2, 3, 4], [1, 2, 3, 4]) == 0)
  #expect(largestDistance([1, 2], [3, 4]) == 1)
}

private func statistics(_ text: String, name: String = "t.csv") throws -> TraceStatistics {
  try withFiles([name: Array(text.utf8)]) {
    try TraceStatistics.read(path: "\($0)/\(name)", options: TraceReadOptions()).statistics
  }
}

@Test func `a drifting rate is kept apart from local burstiness`() throws {
  // Ten minutes of one request a second, then ten of one in four seconds, all evenly.
  var times = (0..<600).map { Double($0) }
  times += (0..<150).map { 600 + 4 * Double($0) }
  let text = times.map { "\($0),5,6" }.joined(separator: "\n")
  let arrivals = try #require(
    try statistics("arrival_s,input_tokens,output_tokens\n" + text).arrivals)
  #expect(arrivals.gapVariation > 0.7)
  #expect(arrivals.localVariation == 0)
  #expect(rounded(arrivals.rateVariation, 10) == 0.6)
}

@Test func `a bounded cache keeps what was used last`() throws {
  // a b c with room for two: b is found, a has gone.
  let rows = [[1], [2], [3], [2], [1]].map {
    #"{"timestamp": 0, "input_length": 512, "output_length": 1, "hash_ids": \#($0)}"#
  }
  let reuse = PrefixReuse(capacities: [2])
  try withFiles(["t.jsonl": Array(rows.joined(separator: "\n").utf8)]) {
    _ = try TraceTable.read(
      path: "\($0)/t.jsonl", options: TraceReadOptions(), observers: [reuse])
  }
  #expect(reuse.hitTokens == 1024)
  #expect(reuse.bounded[0].hitTokens == 512)
}

/// Figures computed by others from the same files, as they are published with the data.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct PublishedStatisticsTests {
  private func statistics(_ name: String) throws -> TraceStatistics {
    try TraceStatistics.read(
      path: SharedData.path("traces/\(name)"), options: TraceReadOptions()
    ).statistics
  }

  private func column(_ statistics: TraceStatistics, _ name: String) throws -> Summary {
    try #require(statistics.lengths.first { $0.name == name }?.summary)
  }

  @Test func `Azure's conversations of 2023`() throws {
    let found = try statistics("azure/AzureLLMInferenceTrace_conv.csv.gz")
    let input = try column(found, "input_tokens")
    #expect(rounded(input.mean, 100) == 1154.70 && rounded(input.deviation, 100) == 1108.79)
    #expect(input.percentile(50) == 1020 && input.percentile(95) == 4083)
    let output = try column(found, "output_tokens")
    #expect(rounded(output.mean, 100) == 211.13 && output.percentile(99) == 601)
    #expect(rounded(found.correlation, 10_000) == 0.0728)
    let arrivals = try #require(found.arrivals)
    #expect(rounded(arrivals.rate, 100_000) == 5.53042)
    #expect(rounded(arrivals.gapVariation, 10_000) == 1.0942)
    #expect(rounded(arrivals.localVariation) == 1.04)
    #expect(arrivals.dispersion.prefix(3).map { rounded($0.index) } == [1.385, 3.857, 16.128])
    #expect(
      arrivals.dispersion.prefix(3).map { rounded($0.peakToMean, 100) } == [2.89, 1.77, 1.52])
  }

  @Test func `Mooncake's conversations`() throws {
    let found = try statistics("mooncake/conversation_trace.jsonl.gz")
    let reuse = try #require(found.reuse)
    #expect(reuse.blocks == 288_500 && reuse.distinctBlocks == 182_790)
    #expect(rounded(reuse.blockShare, 10_000) == 0.3664)
    #expect(rounded(reuse.tokenShare, 10_000) == 0.3736)
    #expect(rounded(reuse.singleUseShare, 10_000) == 0.7585)
    let bounded = reuse.bounded.map { rounded($0.tokenShare, 10_000) }
    #expect(bounded == [0.0454, 0.0666, 0.2157, 0.3322, 0.3708])
    let arrivals = try #require(found.arrivals)
    #expect(rounded(arrivals.gapVariation, 10_000) == 3.0337)
    #expect(rounded(arrivals.tiedShare) == 0.902 && arrivals.tick == 3_000_000)
  }

  @Test func `RAGPulse's week`() throws {
    let found = try statistics("ragpulse/0_trace.jsonl.gz")
    let arrivals = try #require(found.arrivals)
    #expect(rounded(arrivals.gapVariation, 10_000) == 3.0611)
    #expect(rounded(arrivals.localVariation) == 1.216)
    let sessions = try #require(found.sessions)
    #expect(sessions.count == 3990 && rounded(sessions.singleShare, 10_000) == 0.5882)
    #expect(rounded(sessions.turns.mean, 100) == 1.78 && sessions.turns.maximum == 25)
    #expect(rounded(found.reuse?.partsAnywhere) == 0.72)
    // 0.335 where a part counts as found that stood behind other parts before, which no prefix
    // cache would find.
    #expect(rounded(found.reuse?.partsInOrder) == 0.315)
  }

  @Test func `kv-cache-tester's sessions of coding agents`() throws {
    let found = try statistics("weka_agentic/weka_requests.csv.gz")
    #expect(found.rows == 46_218 && found.sessions?.count == 692)
    let input = try column(found, "input_tokens")
    #expect(rounded(input.mean, 1) == 118_296 && input.percentile(50) == 100_446)
    #expect(rounded(input.percentile(95), 1) == 307_180 && input.maximum == 894_371)
    let output = try column(found, "output_tokens")
    #expect(rounded(output.mean, 100) == 440.08 && output.percentile(50) == 218)
    #expect(rounded(output.percentile(95), 1) == 1538 && output.maximum == 18_195)
    let turns = try #require(found.sessions?.turns)
    #expect(turns.percentile(50) == 44 && rounded(turns.mean, 100) == 66.79)
  }

  /// 85 million block ids take a minute and a half of a debug build.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CI"] != nil, "only where CI is set"))
  func `how kv-cache-tester's contexts grow`() throws {
    let found = try statistics("weka_agentic/weka_delta.jsonl.gz")
    #expect(found.rows == 46_218)
    let sessions = try #require(found.sessions)
    #expect(rounded(sessions.carriedShare) == 0.973 && rounded(sessions.resetShare) == 0.018)
    #expect(sessions.added?.percentile(50) == 721)
    #expect(rounded(sessions.added?.percentile(95), 1) == 8424)
    #expect(rounded(found.reuse?.tokenShare) == 0.962)
  }

  @Test func `VTC's tenants`() throws {
    let found = try statistics("vtc_arena/vtc_arena_trace.csv")
    let tenants = try #require(found.tenants)
    #expect(tenants.count == 27 && rounded(tenants.topThree) == 0.505)
    #expect(tenants.largest.prefix(3).map { rounded($0.share) } == [0.197, 0.175, 0.133])
    #expect(rounded(found.arrivals?.gapVariation, 100) == 1.10)
    #expect(rounded(found.arrivals?.localVariation, 100) == 1.06)
  }

  @Test func `LMCache's agents of one suite`() throws {
    let found = try statistics("lmcache_agent/lmcache_agent_hashed.jsonl.gz")
    #expect(found.rows == 1619 && found.sessions?.count == 69)
  }
}
