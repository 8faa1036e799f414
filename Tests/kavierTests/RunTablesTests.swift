import Foundation
import ServingTestSupport
import Testing

/// The tables of a run as other programs read them.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct RunTablesTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func simulate(_ arguments: [String]) throws {
    let result = try Program.run(
      ["simulate"] + arguments + ["--out", scratch.path + "/run"], in: SharedData.repository)
    try #require(result.code == 0, "\(result.problems)")
  }

  /// Runs a program of Python in the folder that has the run.
  private func python(_ program: String) throws {
    try Python.run("import os, sys\nos.chdir(sys.argv[1])\n" + program, [scratch.path])
  }

  private static let examples = ((try? Page("Docs/RunTables.md"))?.blocks ?? [])
    .filter { $0.language == "python" }.map(\.text)

  /// What pandas makes of the tables, beside what report.json says.
  private static let comparison = """
    report = json.load(open("run/report.json"))
    engines = pd.read_parquet("run/engines.parquet")

    def same(ours, theirs, what):
        assert abs(ours - theirs) <= 1e-9 * abs(theirs), (what, ours, theirs)

    end = seconds(done, "finish")
    arrival = seconds(done, "arrival")
    many = done[done.output_tokens > 1]
    latencies = {
        "ttft": ttft,
        "e2e": end - arrival,
        "queueing": seconds(done, "first_scheduled") - arrival,
        "tpot": (seconds(many, "finish") - seconds(many, "first_token")) / (many.output_tokens - 1),
    }
    for name, values in latencies.items():
        said = report["latency"][name]
        same(values.mean(), said["mean"], name)
        same(values.max(), said["max"], name)
        for share in [50, 90, 95, 99]:
            same(values.quantile(share / 100), said[f"p{share}"], name)
    gaps = run["inter_token_latencies"]
    same(gaps["total_ps"] * 1e-12 / sum(gaps["count"]), report["latency"]["itl"]["mean"], "itl")
    same(gaps["greatest_ps"] * 1e-12, report["latency"]["itl"]["max"], "itl")
    assert len(done) == report["requests"]["finished"] == windows.finished.sum()
    assert len(requests) == report["requests"]["total"]
    same(makespan, report["makespan_s"], "makespan")
    same(done.output_tokens.sum() / makespan, report["throughput"]["output_tokens_per_s"], "tokens")
    same(
        engines.cached_tokens.sum() / engines.looked_up_tokens.sum(),
        report["kv"]["prefix_hit_ratio"], "prefix")
    assert requests.preemptions.sum() == report["kv"]["preemptions"]
    assert run["seed"] == report["seed"] and run["name"] == report["name"]
    by_replica = windows.groupby("replica")
    length = by_replica.window_ps.sum()
    busy = (by_replica.prefill_steps_busy_ps.sum() + by_replica.decode_steps_busy_ps.sum()) / length
    blocks = by_replica.used_blocks_ps.sum() / length / engines.usable_blocks
    for number, engine in enumerate(report["engines"]):
        same(running[number], engine["mean_running"], "running")
        same(busy[number], engine["busy_share"], "busy")
        same(blocks[number], engine["mean_kv_use"], "blocks")
        assert (requests.replica == number).sum() == engine["requests"], number
    assert requests.arrival_ps.between(0, 999_999_999_999).all()
    for table in run["tables"]:
        import hashlib
        bytes = open("run/" + table["file"], "rb").read()
        assert hashlib.sha256(bytes).hexdigest() == table["sha256"]
        assert len(pd.read_parquet("run/" + table["file"])) == table["rows"]
    """

  @Test(.enabled(if: Python.has("pandas"), Comment(rawValue: Python.absence("pandas"))))
  func `pandas makes the numbers of the report of the tables`() throws {
    try simulate(["Examples/20-report.yaml"])
    try python(try #require(Self.examples.first) + "\n" + Self.comparison)
  }

  @Test(.enabled(if: Python.has("duckdb"), Comment(rawValue: Python.absence("duckdb"))))
  func `DuckDB makes the numbers of the report of the tables`() throws {
    try simulate(["Examples/20-report.yaml"])
    try python(try #require(Self.examples.last))
    try python(
      """
      import duckdb, json
      report = json.load(open("run/report.json"))
      found = duckdb.sql(\"\"\"
        select avg(finish_s - arrival_s + (finish_ps - arrival_ps) * 1e-12), count(*)
        from 'run/requests.parquet' where status = 'finished'\"\"\").fetchall()[0]
      said = report["latency"]["e2e"]["mean"]
      assert abs(found[0] - said) < 1e-9 * said, found
      assert found[1] == report["requests"]["finished"]
      """)
  }

  @Test(.enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
  func `pyarrow reads what requests say of themselves and what they never came to`() throws {
    try simulate(["Examples/21-tenants-and-documents.yaml"])
    try python(
      """
      import csv, pyarrow.parquet as p
      table = p.read_table("run/requests.parquet").to_pylist()
      rows = list(csv.DictReader(open("run/requests.csv")))
      assert len(table) == len(rows) > 40
      words = ["status", "model", "adapter", "tenant", "class", "region"]
      present = [w for w in words if w in rows[0]]
      assert len(present) > 2, present
      for ours, theirs in zip(table, rows):
        for word in present: assert (ours[word] or "") == theirs[word], (word, ours, theirs)
        for count in ["request_id", "prompt_tokens", "preemptions", "replica"]:
          assert str(ours[count]) == theirs[count]
        for time in ["arrival", "first_scheduled", "first_token", "finish"]:
          if ours[time + "_s"] is None: assert theirs[time + "_s"] == ""
          else:
            nanoseconds = ours[time + "_s"] * 10**9 + (ours[time + "_ps"] + 500) // 1000
            assert abs(nanoseconds - round(float(theirs[time + "_s"]) * 10**9)) <= 1, theirs
      """)
  }

  @Test(.enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
  func `pyarrow reads which requests were held, and until when`() throws {
    try simulate(["Examples/18-batch-shift.yaml"])
    try python(
      """
      import json, pyarrow.parquet as p
      report = json.load(open("run/report.json"))["deadlines"]
      requests = p.read_table("run/requests.parquet").to_pylist()
      held = p.read_table("run/held.parquet").to_pylist()
      assert len(held) == report["held"] > 0
      waits = []
      for row in held:
        request = requests[row["request_id"]]
        ours, start = [r[n + "_s"] * 10**12 + r[n + "_ps"] for r, n in
          [(row, "release"), (request, "arrival")]]
        waits.append(ours - start)
        assert ours <= request["first_scheduled_s"] * 10**12 + request["first_scheduled_ps"]
      mean = sum(waits) / len(waits) * 1e-12
      assert abs(mean - report["holding"]["mean"]) < 1e-9 * mean, mean
      assert sum(r["deadline_ps"] is not None for r in requests) == report["requests"]
      """)
  }

  @Test(.enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
  func `pyarrow reads ranks and requests that were refused`() throws {
    try simulate([
      "--set", "workload.synthetic.requests=60", "--set", "fleet.engine.data_parallel_size=2",
      "--set", "fleet.engine.max_model_len=1000",
    ])
    try python(
      """
      import collections, json, pyarrow.parquet as p
      report = json.load(open("run/report.json"))
      requests = p.read_table("run/requests.parquet").to_pylist()
      engines = p.read_table("run/engines.parquet").to_pylist()
      status = collections.Counter(r["status"] for r in requests)
      assert status["rejected_prompt_too_long"] == report["requests"]["rejected"] > 0, status
      for r in requests:
        assert (r["first_token_s"] is None) == (r["status"] != "finished")
      assert [(e["replica"], e["dp_rank"]) for e in engines] == [(0, 0), (0, 1)]
      said = [(e["replica"], e["dp_rank"], e["requests"]) for e in report["engines"]]
      counts = collections.Counter((r["replica"], r["dp_rank"]) for r in requests)
      assert all(counts[replica, rank] == count for replica, rank, count in said), (counts, said)
      """)
  }

  @Test func `a run of an earlier version goes when a new one takes its place`() throws {
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/run", withIntermediateDirectories: true)
    try Data("KAVIERUN".utf8).write(to: URL(filePath: scratch.path + "/run/run.bin"))
    try simulate(["--set", "workload.synthetic.requests=20"])
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/run/run.bin"))
  }

  @Test func `a run is named by its directory or by its run.json`() throws {
    try simulate(["Examples/13-three-grids.yaml", "--set", "workload.synthetic.requests=30"])
    let pages = try ["run", "run/run.json"].enumerated().map { number, name in
      let page = "\(number).html"
      let result = try Program.run(["report", name, "--out", page], in: scratch.path)
      #expect(result.code == 0, "\(result.problems)")
      return try Data(contentsOf: URL(filePath: "\(scratch.path)/\(page)"))
    }
    #expect(pages[0] == pages[1])
  }
}
