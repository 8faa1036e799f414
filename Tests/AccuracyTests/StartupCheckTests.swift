import Accuracy
import FoundationEssentials
import ServingTestSupport
import Testing
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct StartupCheckTests {
  private static func file(_ text: String) throws -> StartupFile {
    let path = FileManager.default.temporaryDirectory.path + "/startups-\(text.hashValue).csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(StartupFile.isAt(path))
    return try StartupFile(path: path)
  }

  @Test func `a row is a start with the options that it states`() throws {
    let file = try Self.file(
      """
      id,model,accelerator,tp,gpu_memory_utilization,enforce_eager,weights_gib,kv_tokens,starts
      a,llama-3.1-8b,h100-sxm,2,0.9,1,7.5,900000,1
      ,llama-3.1-8b,h100-sxm,,nan,,,,no
      """)
    #expect(file.problems.isEmpty && file.startups.count == 2)
    let first = try #require(file.startups.first)
    #expect(
      first.options.map { "\($0.name)=\($0.value)" } == [
        "gpu_memory_utilization=0.9", "enforce_eager=true",
      ])
    #expect(
      (first.tensorParallelSize, first.weights, first.kvTokens, first.starts)
        == (2, 7.5, 900_000, true))
    let second = file.startups[1]
    #expect(
      (second.id, second.starts, second.weights, second.options.count)
        == ("3", false, nil, 0))
  }

  @Test func `what is wrong in a row is said with its line`() throws {
    let file = try Self.file(
      """
      id,model,accelerator,tp,weights_gib,starts
      a,llama-3.1-8b,h100-sxm,2.5,-1,maybe
      b,,h100-sxm,1,15,1
      """)
    #expect(file.startups.isEmpty)
    let text = file.problems.description
    for part in [
      ":2: tp: found \"2.5\"", ":2: weights_gib: found \"-1\"", ":2: starts: found \"maybe\"",
      ":3: model: found \"\"; allowed are a name",
    ] {
      #expect(text.contains(part), "\(text)")
    }
  }

  @Test func `errors are of what was printed, and starts are counted by kind`() throws {
    let file = try Self.file(
      """
      id,model,accelerator,weights_gib,kv_gib,kv_tokens,starts
      a,m,x,10,-2,,0
      b,m,x,20,5,1000,1
      c,m,x,40,,2000,1
      d,m,x,1,,,0
      """)
    let plans: [String: PlannedStartup] = [
      "a": PlannedStartup(weights: 11, kvCache: -1, starts: false, reason: "too little memory"),
      "b": PlannedStartup(weights: 20, kvCache: 4, kvTokens: 900, starts: true),
      "c": PlannedStartup(weights: 38, kvTokens: 2000, starts: true),
      "d": PlannedStartup(reason: "unknown"),
    ]
    let check = StartupCheck(file.startups) { plans[$0.id] ?? PlannedStartup() }
    let weights = check.errors(of: .weights)
    #expect((weights.rows, weights.worstID) == (3, "a"))
    #expect(abs((weights.median ?? 0) - 0.05) < 1e-12 && abs((weights.worst ?? 0) - 0.1) < 1e-12)
    // What is below zero says that a start fails, and is no share of anything.
    #expect(check.errors(of: .kvCache).rows == 1)
    #expect(check.rows(starts: true, promised: true).map(\.measured.id) == ["b", "c"])
    #expect(check.rows(starts: false, promised: false).map(\.measured.id) == ["a"])
    #expect(check.unplanned.map(\.measured.id) == ["d"])
    #expect(check.predictions.count == 12)
  }
}
