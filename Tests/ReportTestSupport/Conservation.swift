package import Impact
package import ServingSim
import SimKernel
import TextAndBytes

/// What has to agree between requests.csv, timeline.csv, bill.csv and report.json of any run.
package struct Conservation {
  private let files: RunFiles
  private let end: Double
  /// What does not, in sentences.
  package private(set) var breaches: [String] = []

  package init(_ run: FinishedRun, bill: Bill?) throws {
    files = try RunFiles(run, bill: bill)
    end = run.recording.end.seconds
    checkRequests()
    checkTimes()
    checkTimeline(run.engineNumbers.map(\.text), run.recording.replicas)
    checkBill()
  }

  private mutating func expect(_ holds: Bool, _ law: String) {
    if !holds { breaches.append(law) }
  }

  /// Whether two figures are the same but for their decimals in a file.
  private func agree(_ a: Double, _ b: Double, _ tolerance: Double = 1e-6) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(a), abs(b))
  }

  private func report(_ path: String...) -> Double? {
    var json: JSON? = files.report
    for name in path { json = json?[name] }
    return json?.double
  }

  private func isFinished(_ row: Int) -> Bool { files.requests.text(row, "status") == "finished" }

  private mutating func checkRequests() {
    let requests = files.requests
    let rows = requests.rows.indices
    expect(
      report("requests", "total") == Double(rows.count),
      "report.json counts other requests than requests.csv has")
    for (status, name) in [
      ("finished", "finished"), ("rejected_", "rejected"), ("under_way", "under_way"),
      ("aborted", "aborted"), ("failed", "failed"),
    ] {
      let count = rows.count { requests.text($0, "status").hasPrefix(status) }
      expect(report("requests", name) == Double(count), "requests.csv has \(count) \(status)")
    }
    guard let makespan = report("makespan_s"), makespan > 0 else { return }
    let tokens = requests.sum("output_tokens", over: rows.filter(isFinished))
    let rate = report("throughput", "output_tokens_per_s") ?? 0
    expect(agree(rate * makespan, tokens), "\(rate) tokens/s for \(makespan) s are not \(tokens)")
  }

  /// Times go on, and none is after the end.
  private mutating func checkTimes() {
    let columns = ["arrival_s", "first_scheduled_s", "first_token_s", "finish_s"]
    var latest = 0.0
    for row in files.requests.rows.indices {
      let isDropped = ["aborted", "failed"].contains(files.requests.text(row, "status"))
      let times = columns.compactMap { files.requests[row, $0] }
      let isOrdered = zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }
      if !isOrdered, !isDropped { breaches.append("request \(row): \(times)") }
      latest = max(latest, times.max() ?? 0)
    }
    // A file has nine decimals, and a year of seconds not even those.
    let rounding = 1e-9 + 2 * end.ulp
    expect(latest <= end + rounding, "something happens at \(latest) s, after the end at \(end) s")
    let isWhole =
      report("requests", "arrived") == report("requests", "total")
      && report("requests", "under_way") == 0 && report("requests", "aborted") == 0
    if isWhole, !files.requests.rows.isEmpty {
      expect(agree(latest, end, 1e-9), "the last request ends at \(latest) s, the run at \(end) s")
    }
    if let makespan = report("makespan_s") {
      expect(agree(makespan, end, 1e-12), "a makespan of \(makespan) s, and an end at \(end) s")
    }
  }

  private mutating func checkTimeline(_ engines: [String], _ replicas: [ReplicaRecording]) {
    let timeline = files.timeline
    guard end > 0 else { return expect(timeline.rows.isEmpty, "windows without time") }
    expect(timeline.rows.count <= 1024 * engines.count, "\(timeline.rows.count) rows")
    let windows = timeline.rowsByEngine
    let requests = files.requests.rowsByEngine
    checkWritten()
    for (replica, recording) in zip(engines, replicas) {
      let rows = windows[replica] ?? []
      let gone = recording.gone.isNever ? end : recording.gone.seconds
      checkWindows(timeline, rows, "replica \(replica)", from: recording.joined.seconds, to: gone)
      let finished = (requests[replica] ?? []).filter(isFinished)
      let counted = timeline.sum("finished", over: rows)
      expect(
        counted == Double(finished.count),
        "timeline.csv has \(counted) finished on replica \(replica), not \(finished.count)")
      guard isComputedOnce, attempts == 0, migrations == 0, handovers == 0 else { continue }
      checkComputed(
        "output_tokens_per_s", rows, files.requests.sum("output_tokens", over: finished),
        "output tokens of replica \(replica)")
      checkComputed(
        "prompt_tokens_per_s", rows,
        files.requests.sum("prompt_tokens", over: finished)
          - files.requests.sum("cached_tokens", over: finished),
        "prompt tokens of replica \(replica)")
    }
    let preempted = timeline.sum("preemptions")
    expect(report("kv", "preemptions") == preempted, "timeline.csv has \(preempted) preemptions")
  }

  /// Whether no token that a finished request has was computed twice at one replica.
  private var isComputedOnce: Bool {
    report("requests", "under_way") == 0 && report("requests", "aborted") == 0
      && report("kv", "preemptions") == 0
  }

  private var attempts: Double { report("losses", "attempts") ?? 0 }
  private var migrations: Double { report("losses", "migrations") ?? 0 }

  private var handovers: Double { report("handovers", "prompts") ?? 0 }

  /// Wherever requests went on: what is written is in an answer, or in an attempt that was dropped. A
  /// prompt that is computed for another replica yields a token that nobody gets.
  private mutating func checkWritten() {
    guard isComputedOnce else { return }
    let answers = files.requests.sum(
      "output_tokens", over: files.requests.rows.indices.filter(isFinished))
    checkComputed(
      "output_tokens_per_s", Array(files.timeline.rows.indices),
      answers + (report("losses", "output_tokens") ?? 0) + handovers, "output tokens of the fleet")
  }

  /// Rates of windows make a sum of tokens. A window's length has nine decimals: it is half a
  /// nanosecond off at most.
  private mutating func checkComputed(
    _ rates: String, _ rows: [Int], _ tokens: Double, _ what: String
  ) {
    let computed = files.timeline.sum(rates, times: "window_s", over: rows)
    let rounding = 0.5e-9 * files.timeline.sum(rates, over: rows)
    expect(
      abs(computed - tokens) <= rounding + 1e-6 * max(1, abs(tokens)),
      "\(what): \(computed) in timeline.csv, \(tokens) in requests.csv")
  }

  /// Windows follow each other from the first time to the last one.
  private mutating func checkWindows(
    _ table: RunFiles.Table, _ rows: [Int], _ what: String, from first: Double, to last: Double
  ) {
    var time = first
    for row in rows {
      let start = table[row, "time_s"] ?? -1
      expect(agree(start, time, 1e-9), "\(what): a window begins at \(start) s, not \(time) s")
      time = start + (table[row, "window_s"] ?? 0)
    }
    expect(agree(time, last, 1e-9), "\(what): windows end at \(time) s, not at \(last) s")
  }

  private mutating func checkBill() {
    guard let bill = files.bill, let impact = files.report["impact"] else { return }
    let total = impact["total"]
    if end > 0 { checkWindows(bill, Array(bill.rows.indices), "bill.csv", from: 0, to: end) }
    for (column, name) in [
      ("energy_j", "energy_j"), ("operational_gco2e", "operational_gco2e"),
      ("embodied_low_gco2e", "embodied_low_gco2e"), ("cost_low", "cost_low"),
      ("cost_high", "cost_high"),
    ] {
      guard let whole = total?[name]?.double else { continue }
      let sum = bill.sum(column)
      expect(agree(sum, whole, 1e-9), "bill.csv's \(column) is \(sum), report.json's \(whole)")
    }
    for list in ["groups", "models", "tenants", "classes"] {
      guard let parts = impact[list]?.array else { continue }
      check(parts.compactMap { $0["amounts"] }, add: total, list)
    }
    check(impact["engines"]?.array ?? [], add: total, "engines")
    let phases = ["prefill", "decode", "idle"].compactMap { impact["phases"]?[$0] }
    check(phases, add: total, "phases")
  }

  /// Parts of a bill add up to the bit.
  private mutating func check(_ parts: [JSON], add total: JSON?, _ name: String) {
    for measure in ["energy_j", "operational_gco2e", "embodied_low_gco2e", "cost_low"] {
      guard let whole = total?[measure]?.double else { continue }
      let sum = parts.reduce(0) { $0 + ($1[measure]?.double ?? 0) }
      expect(agree(sum, whole, 1e-12), "\(name): \(measure) adds up to \(sum), not \(whole)")
    }
  }
}
