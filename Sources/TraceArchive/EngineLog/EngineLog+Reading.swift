package import TextAndBytes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension EngineLog {
  /// Reads a directory. Runs without steps or without arrivals at the scheduler (other engines'
  /// runs in the same tables) are left out.
  package static func read(directory: String) throws(FileProblems) -> EngineLog {
    var log = EngineLog()
    let shared = try log.readRuns(path(of: "runs.csv", in: directory))
    try log.readRequests(path(of: "requests.csv", in: directory), shared: shared)
    try log.readSteps(path(of: "steps_composition.jsonl", in: directory))
    log.runs.removeAll { $0.steps.isEmpty || $0.requests.isEmpty }
    return log
  }

  /// The file `name` in the directory, or the same with `.gz`.
  static func path(of name: String, in directory: String) -> String {
    let plain = "\(directory)/\(name)"
    return access(plain, F_OK) != 0 && access("\(plain).gz", F_OK) == 0 ? "\(plain).gz" : plain
  }

  /// Returns the shared leading tokens of each run.
  private mutating func readRuns(_ path: String) throws(FileProblems) -> [Int32] {
    var shared: [Int32] = []
    var rows = try RecordReader.open(
      path: path, syntax: .csv, kind: "an engine log's runs", required: ["run", "server"],
      optional: ["prefix"])
    try rows.eachRecord { rows in
      runs.append(EngineRun(name: rows.text(0), server: rows.text(1)))
      shared.append(rows.isGap(2) ? 0 : rows.tokens(2) ?? 0)
    }
    return shared
  }

  private mutating func readRequests(
    _ path: String, shared: [Int32]
  ) throws(FileProblems) {
    let places = numbers()
    var rows = try RecordReader.open(
      path: path, syntax: .csv, kind: "an engine log's requests",
      required: ["run", "i", "prompt_tokens", "completion_tokens", "engine_arrival"],
      optional: ["prefix_group", "priority", "block_ids"])
    try rows.eachRecord { rows in
      guard let run = places[rows.text(0)] else {
        return rows.report(0, "found \(excerpt(rows.text(0))), which runs.csv does not name")
      }
      // A request that never reached a scheduler has no place in its log.
      guard !rows.isGap(4) else { return }
      guard let request = rows.engineRequest(arrival: 4, group: 5, shared: shared[run]) else {
        return
      }
      runs[run].requests.append(request)
    }
  }

  private mutating func readSteps(_ path: String) throws(FileProblems) {
    let places = numbers()
    var rows = try RecordReader.open(
      path: path, syntax: .jsonLines, kind: "an engine log's steps",
      required: ["run", "t0", "seqs"], optional: ["preempted"])
    try rows.eachRecord { rows in
      guard let run = places[rows.text(0)] else {
        return rows.report(0, "found \(excerpt(rows.text(0))), which runs.csv does not name")
      }
      var step = EngineStep(start: 0, sequences: [], preempted: [])
      guard let start = rows.nanoseconds(1, unit: .seconds),
        rows.appendTriples(2, to: &step.sequences),
        rows.isGap(3) || rows.appendList(3, to: &step.preempted)
      else { return }
      step.start = start
      runs[run].steps.append(step)
    }
  }

  private func numbers() -> [String: Int] {
    Dictionary(runs.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }
}

extension RecordReader {
  /// The request in columns 1 to 3 (`i`, `prompt_tokens`, `completion_tokens`), with its arrival in
  /// seconds, and its group, priority and block ids in the three columns from `group` on.
  mutating func engineRequest(arrival: Int, group: Int, shared: Int32) -> EngineRequest? {
    let number = integer(1, in: 0...Int64(Int32.max))
    let prompt = tokens(2)
    let completion = tokens(3)
    let arrival = nanoseconds(arrival, unit: .seconds)
    guard let number, let prompt, let completion, let arrival else { return nil }
    let member = isGap(group) ? nil : integer(group, in: 0...Int64(Int32.max))
    let priority =
      isGap(group + 1) ? 0 : integer(group + 1, in: Int64(Int32.min)...Int64(Int32.max))
    var blockIDs: [Int64] = []
    guard let priority, isGap(group + 2) || appendList(group + 2, to: &blockIDs) else {
      return nil
    }
    return EngineRequest(
      number: Int(number), arrival: arrival, promptTokens: prompt, completionTokens: completion,
      group: member.map { Int($0) }, sharedTokens: member == nil ? 0 : shared,
      priority: Int32(priority), blockIDs: isGap(group + 2) ? nil : blockIDs)
  }

  /// Appends the numbers of a list of triples `[[0, 512, 0], [1, 1, 77]]`.
  fileprivate mutating func appendTriples(_ column: Int, to numbers: inout [Int64]) -> Bool {
    var text = text(column)
    text.removeAll { $0 == "[" || $0 == "]" }
    let before = numbers.count
    let parts = text.split(separator: ",").map { part in
      Int64(part.filter { $0 != " " }).flatMap { (0...Int64(Int32.max)).contains($0) ? $0 : nil }
    }
    for case let number? in parts { numbers.append(number) }
    guard numbers.count - before == parts.count, parts.count % 3 == 0 else {
      reportFound(
        column, "allowed are lists of [request, tokens, computed] triples, from 0 to 2147483647")
      return false
    }
    return true
  }
}
