import Foundation
import Report
import Scenarios
import ServingTestSupport
import Synchronization
import Testing

@testable import Explore

/// Sweeps run into stores: what is run, what is not, and what is kept.
struct SweepRunnerTests {
  private static let text = """
    name: four
    scenario:
      workload: {synthetic: {requests: 40, arrivals: {rate: 20 /s}, prompt_tokens: 200, output_tokens: 20}}
      fleet: {model: llama-3.1-8b, accelerator: h100-sxm}
      slo: {ttft: {p95: 10 s}}
    axes:
      fleet.replicas: [1, 2]
      fleet.engine.max_num_seqs: [8, 16]
    seeds: 2

    """

  private struct Folder {
    let path = NSTemporaryDirectory() + UUID().uuidString

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func file(_ name: String, _ text: String) throws -> String {
      try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
      return "\(path)/\(name)"
    }
  }

  private func runner(_ path: String, program: String = "a", workers: Int = 2) throws -> SweepRunner
  {
    SweepRunner(try SweepFile.read(path), hashes: PlanHash(program: program), workers: workers)
  }

  private func run(
    _ path: String, into store: String, program: String = "a", stopAfter: Int = .max,
    shard: SweepShard = .whole
  ) throws -> SweepProgress {
    var runner = try runner(path, program: program)
    runner.shard = shard
    return try runner.run(into: try RunStore(path: store)) { $0.run < stopAfter }
  }

  private func results(_ store: String) throws -> StoreTable {
    try RunStore(reading: store).query(
      "SELECT replicas, max_num_seqs, seed, hash, outcome_hash, ttft_p95_s, verdict FROM results")
  }

  @Test func `every point is run once with every seed`() throws {
    let folder = try Folder()
    let sweep = try folder.file("s.yaml", Self.text)
    let store = folder.path + "/s.sqlite"
    #expect(try run(sweep, into: store) == SweepProgress(total: 8, run: 8))
    let table = try results(store)
    #expect(table.rows.count == 8)
    #expect(Set(table.rows.map { $0[3] }).count == 8)
    #expect(table.rows.map { $0[2] } == [1, 2, 1, 2, 1, 2, 1, 2].map { .integer($0) })
    #expect(table.rows.allSatisfy { $0[6] == .text("met") })
    // Two seeds are two workloads.
    #expect(table.rows[0][4] != table.rows[1][4])
    #expect(try run(sweep, into: store) == SweepProgress(total: 8, reused: 8))
  }

  @Test func `a row has what simulate finds`() throws {
    let folder = try Folder()
    let sweep = try SweepFile.read(try folder.file("s.yaml", Self.text))
    let store = try RunStore(path: folder.path + "/s.sqlite")
    _ = try SweepRunner(sweep, hashes: PlanHash(program: "a"), workers: 2).run(into: store) { _ in
      true
    }
    let table = try store.query("SELECT outcome_hash, ttft_p95_s, replicas FROM results")
    for (index, point) in sweep.points.enumerated() {
      let loaded = try sweep.template.load(sweep.overrides(of: point), seed: 1)
      guard case .finished(_, let figures, _) = ScenarioRun(loaded, isStopped: { false }) else {
        Issue.record("not finished")
        continue
      }
      let row = table.rows[index * 2]
      #expect(row[0] == .text(figures.metrics.outcomeHashText))
      #expect(row[1].number == figures.metrics.latency.timeToFirstToken?.p95)
    }
  }

  @Test func `what was stopped goes on, and nothing is run twice`() throws {
    let folder = try Folder()
    let sweep = try folder.file("s.yaml", Self.text)
    let (store, whole) = (folder.path + "/s.sqlite", folder.path + "/w.sqlite")
    let first = try run(sweep, into: store, stopAfter: 3)
    #expect((3...5).contains(first.run))
    let second = try run(sweep, into: store)
    #expect(second.reused == first.run)
    #expect(second.run == 8 - first.run)
    _ = try run(sweep, into: whole)
    #expect(try results(store).rows == results(whole).rows)
  }

  @Test func `a changed sweep keeps the runs that it shares with the former one`() throws {
    let folder = try Folder()
    let store = folder.path + "/s.sqlite"
    _ = try run(try folder.file("s.yaml", Self.text), into: store)
    let more = Self.text.replacingOccurrences(of: "[8, 16]", with: "[16, 8, 4]")
    let progress = try run(try folder.file("s.yaml", more), into: store)
    #expect(progress == SweepProgress(total: 12, reused: 8, run: 4))
    #expect(try results(store).rows.count == 12)
  }

  @Test func `two spellings of one plan are one run`() throws {
    let folder = try Folder()
    let text = Self.text.replacingOccurrences(
      of: "fleet.engine.max_num_seqs: [8, 16]",
      with: "name: [a, b]")
    let progress = try run(try folder.file("s.yaml", text), into: folder.path + "/s.sqlite")
    #expect(progress == SweepProgress(total: 8, reused: 4, run: 4))
  }

  @Test func `another program runs all anew`() throws {
    let folder = try Folder()
    let sweep = try folder.file("s.yaml", Self.text)
    let store = folder.path + "/s.sqlite"
    _ = try run(sweep, into: store)
    #expect(try run(sweep, into: store, program: "b").run == 8)
    #expect(try results(store).rows.count == 8)
  }

  @Test func `a trace that has changed is run anew`() throws {
    let folder = try Folder()
    let trace = { (tokens: Int) in
      "arrived_at,num_prefill_tokens,num_decode_tokens\n0,\(tokens),5\n1,200,7\n"
    }
    _ = try folder.file("t.csv", trace(100))
    let sweep = try folder.file(
      "s.yaml",
      """
      scenario:
        workload: {trace: {path: t.csv}}
        fleet: {model: llama-3.1-8b, accelerator: h100-sxm}
      axes: {workload.trace.rate_scale: [1, 2]}
      """)
    let store = folder.path + "/s.sqlite"
    #expect(try run(sweep, into: store).run == 2)
    #expect(try run(sweep, into: store).reused == 2)
    _ = try folder.file("t.csv", trace(5000))
    #expect(try run(sweep, into: store).run == 2)
  }

  @Test func `what cannot be run has a row that says why, and costs nothing again`() throws {
    let folder = try Folder()
    let text = Self.text.replacingOccurrences(
      of: "fleet.replicas: [1, 2]", with: "fleet.accelerator: [l4, t4]"
    ).replacingOccurrences(of: "llama-3.1-8b", with: "llama-3.3-70b")
    let sweep = try folder.file("s.yaml", text)
    let store = folder.path + "/s.sqlite"
    let progress = try run(sweep, into: store)
    #expect(progress.refused + progress.reused == 8)
    #expect(progress.run == 0)
    let table = try RunStore(reading: store).query("SELECT status, message FROM results")
    #expect(table.rows.count == 8)
    #expect(
      table.rows.allSatisfy { $0[0] == .text("refused") && $0[1].plain.contains("does not fit") })
    #expect(try run(sweep, into: store) == SweepProgress(total: 8, reused: 8))
  }

  @Test func `shards are all runs once, and merge to the whole`() throws {
    let folder = try Folder()
    let sweep = try folder.file("s.yaml", Self.text)
    var run = 0
    for number in 1...3 {
      let shard = SweepShard(number: number, count: 3)
      run += try self.run(sweep, into: "\(folder.path)/\(number).sqlite", shard: shard).run
    }
    #expect(run == 8)
    let whole = try RunStore(path: folder.path + "/w.sqlite")
    for number in [1, 2, 3, 2] {
      _ = try whole.add(runsOf: try RunStore(reading: "\(folder.path)/\(number).sqlite"))
    }
    let progress = try self.run(sweep, into: folder.path + "/w.sqlite")
    #expect(progress == SweepProgress(total: 8, reused: 8))
    #expect(try results(folder.path + "/w.sqlite").rows.count == 8)
  }

  @Test func `columns with one unit hold numbers`() throws {
    let folder = try Folder()
    let sweep = try SweepFile.read(
      try folder.file(
        "s.yaml",
        Self.text.replacingOccurrences(
          of: "fleet.replicas: [1, 2]", with: "workload.synthetic.arrivals.rate: [1 /s, 2.5 /s]"
        ).replacingOccurrences(
          of: "fleet.engine.max_num_seqs: [8, 16]",
          with: "fleet.engine.quantization: [fp8, none]")))
    let columns = SweepColumns(sweep)
    #expect(columns.names == ["rate", "quantization"])
    #expect(columns.units == ["/s", nil])
    #expect(columns.values(["2.5 /s", "fp8"]) == [.real(2.5), .text("fp8")])
  }

  @Test func `a query cannot change the store`() throws {
    let folder = try Folder()
    let store = folder.path + "/s.sqlite"
    _ = try run(try folder.file("s.yaml", Self.text), into: store)
    let opened = try RunStore(path: store)
    for sql in ["DELETE FROM runs", "DROP VIEW results", "UPDATE runs SET seed = 0"] {
      #expect(throws: StoreProblem.self) { try opened.query(sql) }
    }
    #expect(try results(store).rows.count == 8)
  }

  @Test func `axes may have any names`() throws {
    let folder = try Folder()
    let text = Self.text.replacingOccurrences(
      of: "fleet.replicas: [1, 2]",
      with: """
        'a "b"': {x: {fleet.replicas: 1}, y: {fleet.replicas: 2}}
          Seed: {one: {router: random}, two: {router: round_robin}}
          verdict: {only: {fleet.engine.block_size: 16}}
        """)
    let store = folder.path + "/s.sqlite"
    #expect(try run(try folder.file("s.yaml", text), into: store).total == 16)
    let table = try RunStore(reading: store).query("SELECT * FROM results")
    #expect(table.columns.contains("a \"b\""))
    #expect(table.rows.count == 16)
  }

  @Test func `a plan that was refused for want of memory is asked again`() throws {
    let folder = try Folder()
    let sweep = try folder.file("s.yaml", Self.text)
    let store = folder.path + "/s.sqlite"
    var runner = try runner(sweep)
    runner.memoryLimit = MemoryLimit("1 kB")
    let refused = try runner.run(into: try RunStore(path: store)) { _ in true }
    #expect(refused.run == 0)
    #expect(try !RunStore(reading: store).hasFinishedRuns)
    #expect(try run(sweep, into: store).run == 8)
    #expect(try RunStore(reading: store).hasFinishedRuns)
  }

  @Test func `a file that is no store is refused`() throws {
    let folder = try Folder()
    let text = try folder.file("s.sqlite", "not a database, but long enough to have a header")
    #expect(throws: StoreProblem.self) { try RunStore(path: text) }
    #expect(throws: StoreProblem.self) { try RunStore(reading: folder.path + "/none.sqlite") }
  }

  @Test func `tables as CSV, JSON and Parquet`() throws {
    let table = StoreTable(
      columns: ["a", "b,c"],
      rows: [[.integer(1), .text("x \"y\"")], [.null, .null], [.real(0.5), .text("z")]])
    #expect(table.csv == "a,\"b,c\"\n1,\"x \"\"y\"\"\"\n,\n0.5,z\n")
    #expect(table.json.contains("\"b,c\": \"z\""))
    #expect(table.parquet.prefix(4).elementsEqual("PAR1".utf8))
  }
}
