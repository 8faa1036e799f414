import Foundation
import Scenarios
import ServingSim
import ServingTestSupport
import Testing
import TraceArchive

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct RecordedEngineTests {
  private static let log = Result { try EngineLog.read(directory: SharedData.path("engine")) }

  @Test(arguments: ["S1", "S2", "S3", "S4", "B1"])
  func `every recorded vLLM step is scheduled the same`(server: String) throws {
    let log = try Self.log.get()
    let settings = try #require(RecordedServer.known.first { $0.name == server })
    let runs = log.runs.filter { $0.server == server }
    #expect(!runs.isEmpty)
    for run in runs {
      let result = try Conformance(replaying: run.recorded(on: settings))
      #expect(result.firstDifference == nil, "\(run.name): \(result.firstDifference ?? "")")
      #expect(result.identical == result.steps && result.steps > 0)
    }
  }

  @Test(arguments: [
    ("a smaller batch", 15, 256, 97, true), ("a smaller budget", 16, 255, 97, true),
    ("a block less", 16, 256, 96, true), ("no prefix cache", 16, 256, 97, false),
  ])
  func `other settings do not pass for the server's`(
    _: String, seqs: Int, tokens: Int, blocks: Int, caches: Bool
  ) throws {
    let log = try Self.log.get()
    let run = try #require(log.runs.first { $0.name == "S3.closed16_long" })
    let settings = RecordedServer(
      name: "S3", maxNumSeqs: seqs, maxNumBatchedTokens: tokens, maxModelLen: 2048, blockSize: 32,
      numGPUBlocks: blocks, enablePrefixCaching: caches)
    let result = try Conformance(replaying: run.recorded(on: settings))
    #expect(result.identical < result.steps)
    #expect(result.firstDifference?.contains("request") == true)
  }
}

@Suite(.timeLimit(.minutes(30))) struct ConformanceTests {
  /// A log of two requests, the second of which shares 32 tokens with the first.
  private func directory(
    servers: String?, requests: String? = nil, steps: String? = nil
  ) throws -> String {
    let folder = NSTemporaryDirectory() + "kavier-conformance-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "run,server,prefix\nr,mine,32\n".write(
      toFile: "\(folder)/runs.csv", atomically: true, encoding: .utf8)
    let grouped = """
      run,i,prefix_group,prompt_tokens,completion_tokens,engine_arrival
      r,0,0,40,2,0.5
      r,1,0,50,1,0.6

      """
    try (requests ?? grouped).write(
      toFile: "\(folder)/requests.csv", atomically: true, encoding: .utf8)
    let recorded = """
      {"run":"r","t0":0.5,"seqs":[[0,40,0]],"preempted":[]}
      {"run":"r","t0":0.7,"seqs":[[0,1,40],[1,18,32]],"preempted":[]}

      """
    try (steps ?? recorded).write(
      toFile: "\(folder)/steps_composition.jsonl", atomically: true, encoding: .utf8)
    try servers?.write(toFile: "\(folder)/servers.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  private let mine = """
    mine: {max_num_seqs: 4, max_num_batched_tokens: 64, max_model_len: 256, block_size: 16, num_gpu_blocks: 33}
    """

  @Test func `requests that the server's settings have no room for are told`() throws {
    let small = mine.replacingOccurrences(of: "block_size: 16", with: "block_size: 1")
    let problem = #expect(throws: ConformanceProblem.self) {
      try ConformanceCheck.run(directory: try directory(servers: small))
    }
    #expect(
      problem?.description == """
        run r: 2 requests, the first of number 0, have more than the 32 tokens that max_model_len, \
        num_gpu_blocks and block_size of server mine allow
        """)
  }

  @Test func `a log of one's own is replayed with its own settings`() throws {
    let folder = try directory(servers: mine)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let results = try ConformanceCheck.run(directory: folder)
    #expect(
      results == [Conformance(run: "r", steps: 2, identical: 2, firstDifference: nil)])
  }

  @Test func `a clock that has run for months, or since 1970, is that of any other run`() throws {
    for start in [9_223_373.0, 1_700_000_000] {
      let folder = try directory(
        servers: mine,
        requests: """
          run,i,prefix_group,prompt_tokens,completion_tokens,engine_arrival
          r,0,0,40,2,\(start + 0.5)
          r,1,0,50,1,\(start + 0.6)

          """,
        steps: """
          {"run":"r","t0":\(start + 0.5),"seqs":[[0,40,0]],"preempted":[]}
          {"run":"r","t0":\(start + 0.7),"seqs":[[0,1,40],[1,18,32]],"preempted":[]}

          """)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      #expect(
        try ConformanceCheck.run(directory: folder)
          == [Conformance(run: "r", steps: 2, identical: 2, firstDifference: nil)])
    }
  }

  @Test func `a long prompt's step that took days is one step`() throws {
    let folder = try directory(
      servers: """
        mine: {max_num_seqs: 4, max_num_batched_tokens: 2000000, max_model_len: 2000000, \
        block_size: 16, num_gpu_blocks: 130001}
        """,
      requests: """
        run,i,prefix_group,prompt_tokens,completion_tokens,engine_arrival
        r,0,0,1000000,2,0.5

        """,
      steps: """
        {"run":"r","t0":0.5,"seqs":[[0,1000000,0]],"preempted":[]}
        {"run":"r","t0":900000.5,"seqs":[[0,1,1000000]],"preempted":[]}

        """)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(
      try ConformanceCheck.run(directory: folder)
        == [Conformance(run: "r", steps: 2, identical: 2, firstDifference: nil)])
  }

  @Test func `block ids say what prompts share, answers included`() throws {
    let folder = try directory(
      servers: mine,
      requests: """
        run,i,prompt_tokens,completion_tokens,engine_arrival,block_ids
        r,0,30,20,0.5,"[7, 8, 9]"
        r,1,60,1,2.5,"[7, 8, 9]"

        """,
      // The second prompt begins with the first one and its answer, of which 49 tokens were computed.
      steps: (0..<20).map {
        #"{"run":"r","t0":\#(1 + Double($0) / 100),"seqs":[[0,\#($0 == 0 ? 30 : 1),\#($0 == 0 ? 0 : 29 + $0)]]}"#
          + "\n"
      }.joined() + #"{"run":"r","t0":3,"seqs":[[1,12,48]]}"# + "\n")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try ConformanceCheck.run(directory: folder).first
    #expect(result?.firstDifference == nil && result?.identical == 21)
  }

  @Test func `the first difference is put into words`() throws {
    let folder = try directory(
      servers: mine,
      steps: """
        {"run":"r","t0":0.5,"seqs":[[0,40,0]],"preempted":[]}
        {"run":"r","t0":0.7,"seqs":[[0,1,40],[1,50,0]],"preempted":[]}

        """)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let difference = try ConformanceCheck.run(directory: folder).first?.firstDifference
    #expect(
      difference
        == """
        step 1 (0.700000 s): the engine scheduled request 1 with 50 tokens after 0, \
        the simulator request 1 with 18 tokens after 32
        """)
  }

  @Test(arguments: [
    (nil, "no settings for mine"),
    ("mine: {max_num_seqs: many}", "servers.yaml:1: mine.max_num_seqs: found \"many\""),
    ("mine: {max_num_seq: 4}", "did you mean \"max_num_seqs\""),
    ("- 4", "expected a mapping of servers"),
  ])
  func `missing and wrong settings are named`(servers: String?, expected: String) throws {
    let folder = try directory(servers: servers)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let problem = #expect(throws: ConformanceProblem.self) {
      try ConformanceCheck.run(directory: folder)
    }
    #expect(problem?.description.contains(expected) == true, "\(problem?.description ?? "")")
  }

  @Test(arguments: [
    (#"{"run":"r","t0":0.5,"seqs":[[0,40]],"preempted":[]}"#, "triples"),
    (#"{"run":"other","t0":0.5,"seqs":[],"preempted":[]}"#, "which runs.csv does not name"),
    (#"{"run":"r","t0":0.5,"#, "steps_composition.jsonl:1"),
  ])
  func `a damaged log is refused`(steps: String, expected: String) throws {
    let folder = try directory(servers: mine, steps: steps + "\n")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let problem = #expect(throws: ConformanceProblem.self) {
      try ConformanceCheck.run(directory: folder)
    }
    #expect(problem?.description.contains(expected) == true, "\(problem?.description ?? "")")
  }

  @Test func `a run that is not there is met with a guess`() throws {
    let folder = try directory(servers: mine)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let problem = #expect(throws: ConformanceProblem.self) {
      try ConformanceCheck.run(directory: folder, only: "rr")
    }
    #expect(problem?.description.contains("did you mean \"r\"") == true)
  }
}
