import Impact
import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

/// A request explained for a terminal: at most 80 columns, what took longest first.
package enum ExplainedRequestText {
  package static func render(_ request: ExplainedRequest) -> String {
    let parts = [
      RequestAnswer(request).sentences.flatMap { TextLayout.wrap($0, width: TextLayout.width) },
      facts(request), times(request), latencies(request), attempts(request), loads(request),
      RequestBillLines.lines(request),
      list("Not recorded", request.notRecorded),
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  static func labelled(_ label: String, _ text: String) -> [String] {
    TextLayout.row([(label, 12), (text, TextLayout.width - 14)])
  }

  private static func list(_ label: String, _ items: [String]) -> [String] {
    items.isEmpty ? [] : labelled(label, items.joined(separator: "; "))
  }

  private static func facts(_ request: ExplainedRequest) -> [String] {
    let outcome = request.outcome
    guard !outcome.arrival.isNever else { return labelled("Tokens", tokens(request)) }
    var lines = labelled(
      "Arrived",
      "\(instant(outcome.arrival)) into the run, which ended after "
        + instant(request.run.recording.end))
    lines += list("Held", request.releases.map { "until \(instant($0))" })
    if !outcome.finish.isNever { lines += labelled("Ended", instant(outcome.finish)) }
    lines += list("Says", request.labels.map { "\($0.label.phrase) \($0.name)" })
    lines += labelled("Tokens", tokens(request))
    if let blocks = request.blocks, let size = request.blockSize {
      lines += labelled("KV blocks", "\(Figures.count(blocks)) of \(size) tokens at its end")
    }
    return lines + labelled("Preemptions", Figures.count(Int(outcome.preemptions)))
      + labelled("Retries", Figures.count(Int(outcome.retries)))
  }

  private static func tokens(_ request: ExplainedRequest) -> String {
    var text = "\(Figures.count(request.promptTokens)) of the prompt"
    if !request.outcome.firstScheduled.isNever {
      let cached = Int(request.outcome.cachedTokens)
      text +=
        " (\(Figures.count(cached)) found in the prefix cache, "
        + "\(Figures.count(request.promptTokens - cached)) to compute)"
    }
    guard let output = request.outputTokens, !request.outcome.firstToken.isNever else {
      return text
    }
    return text + ", \(Figures.count(output)) of the answer"
  }

  /// To the millisecond.
  static func instant(_ time: SimTime) -> String { seconds(time) + " s" }

  private static func seconds(_ time: SimTime) -> String {
    time.isNever ? "-" : Figures.fixed(Double(time.picoseconds) / 1e12, decimals: 3)
  }

  private static func times(_ request: ExplainedRequest) -> [String] {
    guard let time = request.time else { return [] }
    let medians = request.medians
    var table = TextTable(header: ["Time", "took", "share (%)", "median", "of median"])
    func add(_ name: String, _ took: Instant, _ median: Double?) {
      let seconds = Double(took) / 1e12
      table.add([
        name, TimeUnit.text(seconds),
        ratio(Double(took), Double(time.total)).map { Figures.percent($0) } ?? "-",
        median.map { TimeUnit.text($0) } ?? "-",
        ratio(seconds, median).map { Figures.significant($0, digits: 3) } ?? "-",
      ])
    }
    for part in RequestTime.Part.allCases where time[part] > 0 || (medians?[part] ?? 0) > 0 {
      add(part.name, time[part], medians?[part])
    }
    add(RequestAnswer.whole(request.outcome.status), time.total, medians?.total)
    let note = medians.map {
      "Median: of \(Figures.count($0.requests)) finished requests, each line for itself."
    }
    return table.lines(width: TextLayout.width) + (note.map { [$0] } ?? [])
  }

  private static func latencies(_ request: ExplainedRequest) -> [String] {
    guard request.time != nil else { return [] }
    var table = TextTable(header: ["Latency", "value", "median", "limit", "margin", ""])
    for verdict in request.verdicts {
      let percentile = verdict.percentile.map { " \($0.name) of the run" } ?? ""
      table.add([
        verdict.objective.rawValue.uppercased() + percentile,
        verdict.value.map { TimeUnit.text(Double($0) / 1e12) } ?? "-",
        request.latency[verdict.objective].map { TimeUnit.text($0.p50) } ?? "-",
        verdict.limit.map { TimeUnit.text(Double($0.picoseconds) / 1e12) } ?? "-",
        verdict.margin.map { Figures.signedPercent($0) + " %" } ?? "-",
        word(verdict),
      ])
    }
    return table.lines(width: TextLayout.width)
  }

  private static func word(_ verdict: RequestVerdict) -> String {
    guard let isMet = verdict.isMet else { return verdict.limit == nil ? "no limit" : "not ended" }
    if verdict.percentile != nil { return isMet ? "within" : "beyond" }
    return isMet ? "met" : "missed"
  }

  private static func attempts(_ request: ExplainedRequest) -> [String] {
    guard !request.attempts.isEmpty else { return [] }
    var table = TextTable(
      header: ["Attempt", "scheduled", "first token", "end (s)", "computed", "output", ""])
    for attempt in request.attempts {
      let name = attempt.number.map { "\($0)" } ?? "an earlier one"
      table.add([
        attempt.engine.map { "\(name) on \(request.engineTitle($0))" } ?? name,
        seconds(attempt.firstScheduled), seconds(attempt.firstToken), seconds(attempt.end),
        attempt.promptTokens.map { Figures.count($0) } ?? "-",
        attempt.outputTokens.map { Figures.count($0) } ?? "-", word(attempt.status),
      ])
    }
    return table.lines(width: TextLayout.width)
  }

  private static func word(_ status: RequestAttempt.Status) -> String {
    switch status {
    case .dropped: "dropped"
    case .last(.finished): "finished"
    case .last(.aborted): "given up"
    case .last(.failed): "failed"
    case .last(.rejectedPromptTooLong), .last(.rejectedByAdmission): "refused"
    case .last(.underWay): "under way"
    case .last(.notArrived): "-"
    }
  }

  private static func loads(_ request: ExplainedRequest) -> [String] {
    guard !request.loads.isEmpty else { return [] }
    var table = TextTable(
      header: ["Meanwhile", "from", "until (s)", "running", "waiting", "KV (%)", "busy (%)"])
    for meanwhile in request.loads {
      let load = meanwhile.load
      table.add([
        "\(name(meanwhile.stretch)) on \(request.engineTitle(load.engine))",
        seconds(SimTime(picoseconds: load.start)), seconds(SimTime(picoseconds: load.end)),
        load.running.map { Figures.significant($0, digits: 3) } ?? "-",
        load.waiting.map { Figures.significant($0, digits: 3) } ?? "-",
        load.cacheUse.map { Figures.percent($0) } ?? "-",
        load.busyShare.map { Figures.percent($0) } ?? "-",
      ])
    }
    let length = request.run.recording.replicas.first?.windowLength.seconds ?? 0
    return table.lines(width: TextLayout.width)
      + TextLayout.wrap(
        "Means over the run's windows of \(TimeUnit.text(length)) that a stretch lies in.",
        width: TextLayout.width)
  }

  private static func name(_ stretch: ExplainedRequest.Meanwhile.Stretch) -> String {
    switch stretch {
    case .waiting: "waiting"
    case .attempt(let number?): "attempt \(number)"
    case .attempt(nil): "an earlier attempt"
    case .run: "whole run"
    }
  }
}

extension ExplainedRequest {
  /// What names an engine among others: `0 fleet`, `0 dp3 fleet`.
  func engineTitle(_ engine: Int) -> String {
    "\(run.engineNumbers[engine].text) \(run.replicas[engine].group)"
  }
}

extension LatencyMetrics {
  subscript(objective: Objective) -> Distribution? {
    switch objective {
    case .timeToFirstToken: timeToFirstToken
    case .timePerOutputToken: timePerOutputToken
    case .endToEnd: endToEnd
    }
  }
}
