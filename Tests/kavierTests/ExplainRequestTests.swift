import Foundation
import ServingTestSupport
import Testing

/// `kavier explain RUN REQUEST`.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct ExplainRequestTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Of a fleet of which a third fails, and whose clients send again what takes too long.
  private func storm(_ settings: String...) throws -> [[String: String]] {
    try simulate(
      "Examples/31-retry-storm.yaml",
      [
        "workload.synthetic.requests=1200", "workload.client_timeout=15 s",
        "workload.retry.max_attempts=3",
        "failures=[{at: 20 s, zone: b, repair: 60 s}]", "workload.synthetic.arrivals.rate=24 /s",
      ] + settings)
  }

  /// The rows of requests.csv.
  private func simulate(_ example: String, _ settings: [String]) throws -> [[String: String]] {
    let result = try Program.run(
      ["simulate", example, "--out", scratch.path + "/run"]
        + settings.flatMap { ["--set", $0] }, in: SharedData.repository)
    try #require(result.code == 0, "\(result.problems)")
    let lines = try String(contentsOfFile: scratch.path + "/run/requests.csv", encoding: .utf8)
      .split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private func text(_ request: Int) throws -> String {
    let result = try Program.run(["explain", "run", "\(request)"], in: scratch.path)
    #expect(result.code == 0 && result.problems == "", "\(result.problems)")
    #expect(result.out.split(separator: "\n").allSatisfy { $0.count <= 80 })
    return result.out
  }

  private func json(_ request: Int) throws -> [String: Any] {
    let result = try Program.run(
      ["explain", "run", "\(request)", "--format", "json"], in: scratch.path)
    #expect(result.code == 0 && result.problems == "", "\(result.problems)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
  }

  /// The parts of a request's time add up, to the picosecond, and its whole is that of requests.csv.
  private func holds(_ found: [String: Any], _ row: [String: String]) throws {
    var parts = try #require(found["time_ps"] as? [String: Int])
    let sum = parts.removeValue(forKey: "total")
    let total = try #require(sum)
    #expect(parts.count == 10 && parts.values.reduce(0, +) == total)
    #expect(found["status"] as? String == row["status"])
    guard let latency = row["e2e_s"].flatMap(Double.init) else { return }
    #expect(abs(Double(total) / 1e12 - latency) < 1e-9)
    let decode = try #require(parts["decode"])
    #expect(
      abs(Double(total - decode) / 1e12 - (row["ttft_s"].flatMap(Double.init) ?? -1)) < 1e-9)
  }

  @Test func `a request that waited in a queue is told so`() throws {
    let rows = try simulate(
      "Examples/01-first-run.yaml",
      [
        "workload.synthetic.requests=300", "workload.synthetic.arrivals.rate=60 /s",
        "fleet.engine.max_num_seqs=4", "slo={ttft: 1 s, e2e: {p95: 20 s}}",
      ])
    for request in stride(from: 0, to: 300, by: 60) { try holds(json(request), rows[request]) }
    let late = try text(299)
    #expect(late.hasPrefix("Request 299 of "))
    #expect(late.contains("Most of its TTFT was waiting: "))
    let ttft = late.split(separator: "\n").first { $0.hasPrefix("TTFT") }
    #expect(ttft?.contains(" 1 s ") == true && ttft?.hasSuffix("missed") == true)
    #expect(late.contains("E2E p95 of the run"))
    #expect(late.contains("waiting on 0 "))
    #expect(late.contains("states no impact"))
    let meanwhile = try #require(try json(299)["meanwhile"] as? [[String: Any]])
    #expect(meanwhile.map { $0["stretch"] as? String } == ["waiting", "attempt", "run"])
    #expect(meanwhile.allSatisfy { $0["running"] as? Double ?? 9 <= 4 })
    // A directory and its run.json are one run.
    let result = try Program.run(["explain", "run/run.json", "299"], in: scratch.path)
    #expect(result.out == late)
  }

  @Test func `attempts that failed are told, one by one, and what they cost`() throws {
    let rows = try storm("impact.grid=NLD", "impact.price=catalogue")
    let again = try #require(
      rows.firstIndex { $0["status"] == "finished" && ($0["retries"].flatMap(Int.init) ?? 0) > 0 })
    let given = try #require(rows.firstIndex { $0["status"] == "aborted" })
    for request in [0, again, given, rows.count - 1] {
      try holds(json(request), rows[request])
    }
    let found = try json(again)
    let attempts = try #require(found["attempts"] as? [[String: Any]])
    #expect(attempts.last?["status"] as? String == "finished")
    #expect(attempts.dropLast().allSatisfy { $0["status"] as? String == "dropped" })
    #expect(attempts.count > 1)
    let impact = try #require(found["impact"] as? [String: Any])
    let dropped = try #require(impact["dropped_attempts"] as? [[String: Any]])
    #expect(dropped.count == attempts.count - 1)
    #expect(dropped.allSatisfy { ($0["energy_j"] as? Double ?? 0) > 0 })
    let said = try text(again)
    #expect(said.contains("dropped attempts") && said.contains("its answer"))
    #expect(said.contains("Unknown") && said.contains("impact.pue is not"))
    let left = try text(given)
    #expect(left.contains("was given up: its client left before the answer was"))
    #expect(left.contains("time until it was dropped") && !left.contains("its answer"))
  }

  @Test func `a request that a gate held is told until when`() throws {
    let rows = try simulate("Examples/18-batch-shift.yaml", [])
    for request in rows.indices.prefix(40) {
      let found = try json(request)
      guard let released = (found["released_s"] as? [Double])?.last else { continue }
      try holds(found, rows[request])
      let held = (found["time_ps"] as? [String: Int])?["held"] ?? 0
      #expect(abs(Double(held) / 1e12 - released + (found["arrival_s"] as? Double ?? 0)) < 1e-6)
      #expect(try text(request).contains("held by a gate"))
      return
    }
    Issue.record("none was held")
  }

  @Test func `what is no request of a run is told in one message`() throws {
    _ = try simulate("Examples/01-first-run.yaml", ["workload.synthetic.requests=20"])
    func refusal(_ words: String...) throws -> (code: Int32, problems: String) {
      let result = try Program.run(["explain"] + words, in: scratch.path)
      #expect(result.out == "")
      return (result.code, result.problems)
    }
    let late = try refusal("run", "20")
    #expect(
      late.code == 64 && late.problems.contains("request 20: the run has 20 requests, 0 to 19"))
    let word = try refusal("run", "first")
    #expect(word.code == 64 && word.problems.contains("'first'"))
    let nowhere = try refusal("no", "1")
    #expect(nowhere.code == 66 && nowhere.problems.contains("expected a directory that `kavier"))
    let alone = try refusal("run")
    #expect(alone.code == 65)
    #expect(alone.problems.contains("run: a directory; expected the number of a request after it"))
    let field = try refusal("fleet", "--format", "json")
    #expect(field.code == 64 && field.problems.contains("--format json is for a request"))
    let document = scratch.path + "/run/run.json"
    let text = try String(contentsOfFile: document, encoding: .utf8)
    try text.replacingOccurrences(of: "\"version\": 5", with: "\"version\": 1").write(
      toFile: document, atomically: true, encoding: .utf8)
    let old = try refusal("run", "1")
    #expect(old.code == 65)
    #expect(
      old.problems.contains("a recorded run of format 1; this program reads 5: simulate again"))
  }
}
