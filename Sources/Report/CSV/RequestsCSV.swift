import ServingModel
package import ServingSim
import SimKernel
package import TextAndBytes

/// requests.csv: one row a request, in the workload's order. What a request never came to is empty.
/// Columns of what requests say of themselves stand last, where any says it.
package enum RequestsCSV {
  /// Hands the file's bytes to `sink` in chunks of about 1 MiB; rethrows its errors.
  package static func write(_ run: FinishedRun, to sink: @escaping ByteSink) throws {
    let outcomes = run.recording.outcomes
    let engines = run.engineNumbers
    let traits = TraitColumns(run.traits)
    var csv = CSVBuffer(to: sink)
    try header(traits, to: &csv)
    for i in 0..<outcomes.count {
      row(i, promptTokens: Int64(run.promptTokens[i]), outcomes[i], engines: engines, to: &csv)
      try traits.put(i, to: &csv)
      try csv.endRow()
    }
    try csv.flush()
  }

  private static func header(_ traits: TraitColumns, to csv: inout CSVBuffer) throws {
    csv.field("request_id")
    csv.field("arrival_s")
    csv.field("prompt_tokens")
    csv.field("output_tokens")
    csv.field("cached_tokens")
    csv.field("replica")
    csv.field("status")
    csv.field("first_scheduled_s")
    csv.field("first_token_s")
    csv.field("finish_s")
    csv.field("ttft_s")
    csv.field("tpot_s")
    csv.field("e2e_s")
    csv.field("queueing_s")
    csv.field("preemptions")
    csv.field("dp_rank")
    csv.field("retries")
    try traits.putNames(to: &csv)
    try csv.endRow()
  }

  private static func row(
    _ id: Int, promptTokens: Int64, _ outcome: Outcome, engines: [EngineNumber],
    to csv: inout CSVBuffer
  ) {
    csv.field(Int64(id))
    csv.seconds(outcome.arrival)
    csv.field(promptTokens)
    // Of one under way it is only known how many tokens it will have.
    if outcome.status == .underWay { csv.empty() } else { csv.field(Int64(outcome.outputTokens)) }
    if outcome.firstScheduled.isNever {
      csv.empty()
    } else {
      csv.field(Int64(outcome.cachedTokens))
    }
    let engine = outcome.replica < 0 ? nil : engines[Int(outcome.replica)]
    csv.field(engine?.replica)
    csv.field(outcome.status.name)
    csv.seconds(outcome.firstScheduled)
    csv.seconds(outcome.firstToken)
    csv.seconds(outcome.finish)
    csv.seconds(outcome.timeToFirstToken)
    csv.seconds(outcome.timePerOutputToken)
    csv.seconds(outcome.endToEnd)
    csv.seconds(outcome.queueing)
    csv.field(Int64(outcome.preemptions))
    csv.field(engine?.rank)
    csv.field(Int64(outcome.retries))
  }
}

/// The columns of what requests say of themselves, those that there are.
private struct TraitColumns {
  private let labels: [(label: RequestLabel, column: RequestLabels)]
  private let numbers: [(number: RequestNumber, column: [Int64])]

  init(_ traits: RequestTraits) {
    labels = RequestLabel.allCases.compactMap { label in traits[label].map { (label, $0) } }
    numbers = RequestNumber.allCases.compactMap { number in traits[number].map { (number, $0) } }
  }

  func putNames(to csv: inout CSVBuffer) throws {
    for (label, _) in labels { try csv.field(name: label.name) }
    for (number, _) in numbers { try csv.field(name: number.name) }
  }

  func put(_ request: Int, to csv: inout CSVBuffer) throws {
    for (_, column) in labels { try csv.field(name: column[request] ?? "") }
    for (number, column) in numbers {
      let value = column[request] < 0 ? nil : column[request]
      switch number.kind {
      case .count: csv.field(value.map { Int($0) })
      case .duration: csv.seconds(value.map { Instant($0) })
      }
    }
  }
}

extension OutcomeStatus {
  /// The word that files have for it.
  var name: StaticString {
    switch self {
    case .notArrived: "not_arrived"
    case .underWay: "under_way"
    case .finished: "finished"
    case .rejectedPromptTooLong: "rejected_prompt_too_long"
    case .aborted: "aborted"
    case .rejectedByAdmission: "rejected_by_admission"
    case .failed: "failed"
    }
  }
}
