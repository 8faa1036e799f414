import ServingSim
import SimKernel

/// What became of a request and what took longest, in sentences.
struct RequestAnswer {
  private let request: ExplainedRequest

  init(_ request: ExplainedRequest) { self.request = request }

  var sentences: [String] {
    let name = request.run.name.isEmpty ? "the run" : request.run.name
    let head = "Request \(request.number) of \(name) \(Self.end(request.outcome.status))."
    guard let time = request.time else { return [head] }
    let firstToken =
      request.outcome.firstToken.isNever
      ? nil
      : largest(
        of: "TTFT", RequestTime.Part.allCases.filter { $0 != .decode }, time,
        whole: time.beforeFirstToken)
    let whole = largest(
      of: Self.whole(request.outcome.status), RequestTime.Part.allCases, time, whole: time.total)
    return [head] + [firstToken, whole, comparison(time)].compactMap { $0 }
  }

  /// A clause.
  private static func end(_ status: OutcomeStatus) -> String {
    switch status {
    case .finished: "finished"
    case .rejectedPromptTooLong: "was refused: its prompt is too long"
    case .rejectedByAdmission: "was refused by admission"
    case .aborted: "was given up: its client left before the answer was whole"
    case .failed: "failed: its replica was lost before the answer was whole"
    case .underWay: "was under way when the run was stopped"
    case .notArrived: "had not arrived when the run was stopped"
    }
  }

  /// What the whole of its time is.
  static func whole(_ status: OutcomeStatus) -> String {
    switch status {
    case .finished: "E2E"
    case .rejectedPromptTooLong, .rejectedByAdmission: "time until it was refused"
    case .aborted, .failed: "time until it was dropped"
    case .underWay, .notArrived: "time until the run ended"
    }
  }

  /// nil: it took no time.
  private func largest(
    of name: String, _ parts: [RequestTime.Part], _ time: RequestTime, whole: Instant
  ) -> String? {
    // The first among equals.
    let largest = parts.reduce(parts[0]) { time[$1] > time[$0] ? $1 : $0 }
    guard let share = ratio(Double(time[largest]), Double(whole)) else { return nil }
    let lead = share > 0.5 ? "Most of its \(name)" : "The largest part of its \(name)"
    return
      "\(lead) was \(largest.name): \(TimeUnit.text(Double(time[largest]) / 1e12)) of "
      + "\(TimeUnit.text(Double(whole) / 1e12)) (\(Figures.percent(share)) %)."
  }

  private func comparison(_ time: RequestTime) -> String? {
    guard request.outcome.status == .finished,
      let times = ratio(Double(time.total) / 1e12, request.medians?.total)
    else { return nil }
    return "Its E2E is \(Figures.significant(times, digits: 3)) times the median request's."
  }
}
