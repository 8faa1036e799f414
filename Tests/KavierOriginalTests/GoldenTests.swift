import Foundation
import KavierOriginal
import Parquet
import ServingTestSupport
import Testing

/// What the original itself left.
@Suite(.timeLimit(.minutes(30)), .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct GoldenTests {
  struct Golden: Sendable {
    var name: String
    var trace: String
    var release = Release.v0_1_0
    var scope = PrefixScope.session
    var policy = PrefixPolicy.prefill
    var minimum = 1024
    var prompts = 10
    var rate = 0.1

    func settings() throws -> OriginalSettings {
      var settings = try KavierOriginalTests.settings(release)
      settings.scope = scope
      settings.policy = policy
      settings.prefixMinimum = minimum
      settings.cachedPrompts = prompts
      settings.exportRate = rate
      return settings
    }

    var folder: String { SharedData.path("kavier/goldens/\(name)") }
  }

  static let goldens: [Golden] = [
    Golden(name: "v010_exp1_decode", trace: "input_decode_accuracy.csv"),
    Golden(name: "v010_exp1_prefill", trace: "input_prefill_accuracy.csv"),
    Golden(
      name: "v010_prefill_session_2", trace: "prefix_small.csv", minimum: 12, prompts: 2, rate: 0.5),
    Golden(
      name: "v010_full_global_5", trace: "prefix_small.csv", scope: .global, policy: .full,
      minimum: 12, prompts: 5, rate: 0.5),
    Golden(
      name: "v053_prefill_session_2", trace: "prefix_small.csv", release: .v0_5_3, minimum: 12,
      prompts: 2, rate: 0.5),
  ]

  private func write(_ golden: Golden) throws -> Written {
    let start = try ParquetReader(
      path: golden.folder + "/tasks.parquet", columns: ["submission_time"]
    )
    .next(limit: 1)?.first
    guard case .integers(let times) = start?.values else { throw OriginalProblems(["no times"]) }
    return try Written(
      golden.settings(), trace: SharedData.path("kavier/\(golden.trace)"), start: times[0])
  }

  @Test(arguments: goldens)
  func `the summary is the same text`(golden: Golden) throws {
    let written = try write(golden)
    let text = try String(contentsOfFile: golden.folder + "/_sim_results.txt", encoding: .utf8)
    #expect(written.run.summary() == text)
  }

  @Test(arguments: goldens)
  func `the files have the same values`(golden: Golden) throws {
    let written = try write(golden)
    #expect(try table(written.tasks) == table(golden.folder + "/tasks.parquet"))
    #expect(try table(written.fragments) == table(golden.folder + "/fragments.parquet"))
  }

  @Test(.enabled(if: Python.has("pyarrow"), "\(Python.absence("pyarrow"))"), arguments: goldens)
  func `Arrow finds the same types and values`(golden: Golden) throws {
    let written = try write(golden)
    let compare = """
      import sys, pyarrow.parquet as pq
      for name in ("tasks", "fragments"):
          ours, theirs = (pq.read_table(f"{folder}/{name}.parquet") for folder in sys.argv[1:])
          assert ours.schema.equals(theirs.schema, check_metadata=False), (ours.schema, theirs.schema)
          assert ours.equals(theirs), name
          print(ours.num_rows)
      """
    let rows = try Python.run(compare, [written.folder, golden.folder])
    #expect(rows.split(separator: "\n").count == 2)
  }

  @Test func `twelve cases of the prefix cache have the same figures in both releases`() throws {
    let cases = try String(
      contentsOfFile: SharedData.path("kavier/goldens/prefix_summary.txt"), encoding: .utf8)
    var seen = 0
    for line in cases.split(separator: "\n") {
      let parts = line.split(separator: " ")
      let golden = Golden(
        name: "", trace: "prefix_small.csv", release: parts[0] == "v010" ? .v0_1_0 : .v0_5_3,
        scope: try #require(PrefixScope(rawValue: String(parts[2]))),
        policy: try #require(PrefixPolicy(rawValue: String(parts[1]))), minimum: 12,
        prompts: try #require(Int(parts[3].dropFirst(4))))
      let text = try write(unnamed: golden).run.summary()
      for row in line.split(separator: "|", maxSplits: 1)[1].split(separator: ";") {
        let words = row.split(separator: " ").filter { $0 != "|" && $0 != "│" }
        let found = text.split(separator: "\n").contains { candidate in
          candidate.split(separator: " ").filter { $0 != "|" && $0 != "│" } == words
        }
        #expect(found || words.isEmpty, "\(line): \(row)")
      }
      seen += 1
    }
    #expect(seen == 24)
  }

  private func write(unnamed golden: Golden) throws -> Written {
    try Written(golden.settings(), trace: SharedData.path("kavier/\(golden.trace)"))
  }
}
