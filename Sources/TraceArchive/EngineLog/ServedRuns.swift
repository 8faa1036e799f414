package import TextAndBytes

/// Reads the directory of a recorded engine for its times:
/// - `runs.csv`: one row a run: `run`, `server`; optionally `model`, `mode` (`closed` is a closed
///   loop, anything else is not), `conc` (its clients), `itl_p50` (milliseconds) and `prefix`
///   (leading tokens that the requests of one `prefix_group` share);
/// - `requests.csv`: `run`, `i`, `prompt_tokens`, `completion_tokens`, and by the client's clock in
///   seconds `t_send`, `t_first`, `t_last` and `t_end`; optionally `ok` (0: the answer broke off),
///   `prefix_group`, `priority`, `block_ids`, `engine_arrival` and `engine_first_sched` (seconds),
///   and `engine_ttft_ms` (counted from the latter);
/// - `steps.csv`: `run`, `sched_ms`, `exec_ms`, `update_ms`, `n_decode`, `decode_ctx`, `n_prefill`,
///   `prefill_tokens`, `prefill_attn`; optionally `gap_ms`, since the step before.
///
/// Each may be compressed with gzip (`.gz`). Other columns are ignored.
package struct ServedRuns {
  private var runs: [ServedRun] = []
  private var shared: [Int32] = []
  private var places: [String: Int] = [:]

  /// Whether `path` is such a directory.
  package static func isDirectory(_ path: String) -> Bool {
    Folder.isDirectory(path)
      && ["runs.csv", "requests.csv"].allSatisfy { Folder.exists(EngineLog.path(of: $0, in: path)) }
  }

  /// The runs of an engine's directory, or of the recordings that `path` is or holds.
  package static func read(
    path: String, withSteps: Bool
  ) throws(FileProblems) -> [ServedRun] {
    if isDirectory(path) { return try read(directory: path, withSteps: withSteps) }
    var runs: [ServedRun] = []
    var problems = FileProblems()
    for directory in Recordings.directories(path) {
      do throws(FileProblems) {
        runs.append(try Recordings.run(directory))
      } catch {
        problems.add(error)
      }
    }
    guard problems.isEmpty else { throw problems }
    return runs
  }

  /// Whether there is something to read at `path`.
  package static func isThere(_ path: String) -> Bool {
    isDirectory(path) || !Recordings.directories(path).isEmpty
  }

  /// The runs in the order of the file. What is wrong in any of the files is told at once.
  static func read(
    directory: String, withSteps: Bool
  ) throws(FileProblems) -> [ServedRun] {
    var reader = ServedRuns()
    try reader.readRuns(EngineLog.path(of: "runs.csv", in: directory))
    var problems = FileProblems()
    do throws(FileProblems) {
      try reader.readRequests(EngineLog.path(of: "requests.csv", in: directory))
    } catch {
      problems.add(error)
    }
    if withSteps {
      do throws(FileProblems) {
        try reader.readSteps(EngineLog.path(of: "steps.csv", in: directory))
      } catch {
        problems.add(error)
      }
    }
    guard problems.isEmpty else { throw problems }
    return reader.runs
  }

  private mutating func readRuns(_ path: String) throws(FileProblems) {
    var rows = try RecordReader.open(
      path: path, syntax: .csv, kind: "a recorded engine's runs", required: ["run", "server"],
      optional: ["model", "mode", "conc", "itl_p50", "prefix"])
    try rows.eachRecord { rows in
      var run = ServedRun(name: rows.text(0), server: rows.text(1))
      if !rows.isAbsent(2) { run.model = rows.text(2) }
      if rows.text(3) == "closed" {
        run.concurrency = rows.integer(4, in: 1...1_000_000).map { Int($0) }
      }
      if !rows.isGap(5) { run.medianGap = rows.milliseconds(5) }
      guard places.updateValue(runs.count, forKey: run.name) == nil else {
        return rows.report(0, "\(excerpt(run.name)) stands in two rows; one is allowed")
      }
      runs.append(run)
      shared.append(rows.isGap(6) ? 0 : rows.tokens(6) ?? 0)
    }
  }

  private mutating func readRequests(_ path: String) throws(FileProblems) {
    var rows = try RecordReader.open(
      path: path, syntax: .csv, kind: "a recorded engine's requests",
      required: [
        "run", "i", "prompt_tokens", "completion_tokens", "t_send", "t_first", "t_last", "t_end",
      ],
      optional: [
        "prefix_group", "priority", "block_ids", "ok", "engine_arrival", "engine_first_sched",
        "engine_ttft_ms",
      ])
    try rows.eachRecord { rows in
      guard let run = place(&rows) else { return }
      guard !Self.saysNo(rows.text(11)) else { return runs[run].failed += 1 }
      guard let request = request(&rows, shared: shared[run]) else { return }
      runs[run].requests.append(request)
    }
  }

  /// `0`, also as other tools write it.
  private static func saysNo(_ text: String) -> Bool {
    text.lowercased() == "false" || Numbers.integer(Array(text.utf8).span) == 0
  }

  private func request(_ rows: inout RecordReader, shared: Int32) -> ServedRequest? {
    let request = rows.engineRequest(arrival: 4, group: 8, shared: shared)
    let first = rows.nanoseconds(5, unit: .seconds)
    let last = rows.nanoseconds(6, unit: .seconds)
    let end = rows.nanoseconds(7, unit: .seconds)
    let arrival = rows.isGap(12) ? nil : rows.nanoseconds(12, unit: .seconds)
    let scheduled = rows.isGap(13) ? nil : rows.nanoseconds(13, unit: .seconds)
    let delay = rows.isGap(14) ? nil : rows.nanoseconds(14, unit: .milliseconds)
    guard let request, let first, let last, let end else { return nil }
    guard request.arrival <= first, first <= last, last <= end else {
      rows.report("t_send, t_first, t_last and t_end are not in this order in time")
      return nil
    }
    return ServedRequest(
      request: request, firstToken: first, lastToken: last, end: end, engineArrival: arrival,
      engineFirstToken: scheduled.flatMap { time in delay.map { time + $0 } })
  }

  private mutating func readSteps(_ path: String) throws(FileProblems) {
    var rows = try RecordReader.open(
      path: path, syntax: .csv, kind: "a recorded engine's steps",
      required: [
        "run", "sched_ms", "exec_ms", "update_ms", "n_decode", "decode_ctx", "n_prefill",
        "prefill_tokens", "prefill_attn",
      ], optional: ["gap_ms"])
    try rows.eachRecord { rows in
      guard let run = place(&rows) else { return }
      let times = (1...3).map { rows.milliseconds($0) }
      let counts = (4...8).map { rows.integer($0, in: 0...1_000_000_000_000).map { Int($0) } }
      let gap = rows.isGap(9) ? nil : rows.milliseconds(9)
      guard let scheduling = times[0], let execution = times[1], let update = times[2],
        let sequences = counts[0], let context = counts[1], let prompts = counts[2],
        let tokens = counts[3], let pairs = counts[4]
      else { return }
      runs[run].steps.append(
        TimedStep(
          busy: scheduling + execution + update, gap: gap, decodeSequences: sequences,
          decodeContext: context, prefillSequences: prompts, prefillTokens: tokens,
          prefillPairs: pairs))
    }
  }

  /// The row's run.
  private func place(_ rows: inout RecordReader) -> Int? {
    let place = places[rows.text(0)]
    if place == nil {
      rows.report(0, "found \(excerpt(rows.text(0))), which runs.csv does not name")
    }
    return place
  }
}

extension RecordReader {
  /// A time in milliseconds.
  fileprivate mutating func milliseconds(_ column: Int) -> Double? {
    nanoseconds(column, unit: .milliseconds).map { Double($0) / 1e6 }
  }
}
