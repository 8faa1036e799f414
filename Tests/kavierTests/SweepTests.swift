import Foundation
import ServingTestSupport
import Testing

/// `kavier sweep` from the command line.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct SweepTests {
  private static let example = "\(SharedData.repository)/Examples/26-sweep.yaml"
  private static let few = ["--set", "workload.synthetic.requests=50"]

  private static func count(_ store: String, _ table: String) throws -> Int {
    let result = try Program.run(
      [
        "sweep", example, "--store", store, "--stored", "--format", "csv", "--query",
        "SELECT count(*) FROM \(table)",
      ] + few)
    return Int(result.out.split(separator: "\n").last ?? "") ?? 0
  }

  /// What routers know, and how old it is.
  @Test(arguments: [("27-routing", 9), ("29-stale-router", 12)])
  func `the examples of routers run`(name: String, points: Int) throws {
    let scratch = try Scratch()
    let result = try Program.run(
      [
        "sweep", "\(SharedData.repository)/Examples/\(name).yaml", "--store",
        scratch.path + "/s.sqlite",
      ] + Self.few)
    #expect(result.code == 0, "\(result.problems)")
    #expect(result.out.contains("\(points) points, 1 seed each: \(points) run now."))
  }

  @Test func `the example runs, and again without a run`() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/s.sqlite"
    let first = try Program.run(["sweep", Self.example, "--store", store] + Self.few)
    #expect(first.code == 0, "\(first.problems)")
    #expect(first.out.contains("20 points, 1 seed each: 16 run now, 4 refused."))
    #expect(first.out.contains("does not fit on 1 x h100-sxm"))
    #expect(first.out.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let second = try Program.run(["sweep", Self.example, "--store", store] + Self.few)
    #expect(second.out.contains("0 run now, 20 known before."))
    // The lock is gone with the program.
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(!files.contains { $0.hasSuffix(".lock") })
  }

  @Test func `a killed sweep goes on where it was`() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/s.sqlite"
    let long = ["--set", "workload.synthetic.requests=3000"]
    let arguments = ["sweep", Self.example, "--store", store, "-j", "1"] + long
    let killed = try Program.run(arguments, signal: SIGKILL) {
      ((try? Self.count(store, "runs WHERE status = 'finished'")) ?? 0) >= 2
    }
    #expect(killed.code == SIGKILL)
    let kept = try Self.count(store, "runs WHERE status = 'finished'")
    #expect(kept >= 1)
    let second = try Program.run(arguments)
    #expect(second.code == 0, "\(second.problems)")
    let (run, known) = try Self.tally(second.out)
    #expect(run + known == 20)
    #expect(known >= kept)
    #expect(try Self.count(store, "results") == 20)
  }

  /// Runs made now, refused ones among them, and those known before.
  private static func tally(_ text: String) throws -> (Int, Int) {
    func number(_ after: String) -> Int {
      let words = text.split(separator: "\n").first?.split(separator: " ").map(String.init) ?? []
      return words.firstIndex { $0.hasPrefix(after) }.flatMap { Int(words[$0 - 1]) } ?? 0
    }
    return (number("run") + number("refused"), number("known"))
  }

  @Test func `Ctrl-C keeps what is done and says how to go on`() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/s.sqlite"
    let result = try Program.run(
      ["sweep", Self.example, "--store", store, "--set", "workload.synthetic.requests=6000"]
    ) { ((try? Self.count(store, "runs")) ?? 0) >= 5 }
    #expect(result.code == 130)
    #expect(result.problems.contains("the same command goes on from there"))
    #expect(try Self.count(store, "runs") >= 1)
  }

  @Test func `two sweeps do not write into one store`() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/s.sqlite"
    let first = try Program.start(
      ["sweep", Self.example, "--store", store, "--set", "workload.synthetic.requests=30000"],
      in: scratch.path)
    defer { first.send(SIGKILL) }
    while first.isRunning, !FileManager.default.fileExists(atPath: store) { usleep(10_000) }
    let second = try Program.run(["sweep", Self.example, "--store", store] + Self.few)
    #expect(second.code == 73)
    #expect(second.problems.contains("another kavier is writing to"))
  }

  @Test func `queries and files`() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/s.sqlite"
    let (csv, parquet) = (scratch.path + "/r.csv", scratch.path + "/r.parquet")
    let result = try Program.run(
      [
        "sweep", Self.example, "--store", store, "--csv", csv, "--parquet", parquet, "--query",
        "SELECT accelerator, count(*) AS runs FROM results GROUP BY 1 ORDER BY 1",
      ] + Self.few)
    #expect(result.code == 0, "\(result.problems)")
    #expect(
      result.out == """
        accelerator  runs
        h100-sxm       12
        h200-sxm        8

        """)
    #expect(
      try String(contentsOfFile: csv, encoding: .utf8)
        == "accelerator,runs\nh100-sxm,12\nh200-sxm,8\n")
    #expect(try Data(contentsOf: URL(filePath: parquet)).prefix(4) == Data("PAR1".utf8))
    let wrong = try Program.run(
      ["sweep", Self.example, "--store", store, "--query", "SELECT acc FROM results"] + Self.few)
    #expect(wrong.code == 65)
    #expect(wrong.problems.contains("no such column: acc"))
  }

  @Test func `mistakes are told with their lines`() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "s.yaml",
      """
      scenario: none.yaml
      axes:
        fleet.replicas: 3
      """)
    let result = try Program.run(["sweep", file], in: scratch.path)
    #expect(result.code == 65)
    #expect(result.problems.contains("s.yaml:1: scenario: cannot read"))
    #expect(result.problems.contains("s.yaml:3: axes.fleet.replicas: found \"3\"; expected a list"))
    #expect(try Program.run(["sweep", file, "--shard", "3/2"]).code == 64)
  }
}
