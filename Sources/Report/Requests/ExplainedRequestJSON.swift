import Impact
import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

/// A request explained under stable names. Instants are seconds from the run's start, and the parts of
/// its time whole picoseconds, which add up; null is unknown.
package enum ExplainedRequestJSON {
  package static func render(_ request: ExplainedRequest) -> String {
    JSON.object(of: head(request) + tail(request)).document
  }

  private static func head(_ request: ExplainedRequest) -> [(String, JSON)] {
    let outcome = request.outcome
    return [
      ("run", .string(request.run.name)), ("request_id", .count(request.number)),
      ("status", .string(outcome.status.name.description)),
      ("arrival_s", instant(outcome.arrival)), ("finish_s", instant(outcome.finish)),
      ("run_end_s", instant(request.run.recording.end)),
      ("released_s", .array(request.releases.map(instant))),
      ("labels", .object(of: request.labels.map { ($0.label.name, .string($0.name)) })),
      ("prompt_tokens", .count(request.promptTokens)),
      (
        "cached_tokens",
        outcome.firstScheduled.isNever ? .null : .count(Int(outcome.cachedTokens))
      ),
      ("output_tokens", count(request.outputTokens)),
      ("block_size", count(request.blockSize)), ("kv_blocks", count(request.blocks)),
      ("preemptions", .count(Int(outcome.preemptions))),
      ("retries", .count(Int(outcome.retries))),
    ]
  }

  private static func tail(_ request: ExplainedRequest) -> [(String, JSON)] {
    [
      ("time_ps", request.time.map(time) ?? .null),
      ("median_time_s", request.medians.map(medians) ?? .null),
      ("latencies", .array(request.verdicts.map { verdict($0, request) })),
      ("attempts", .array(request.attempts.map { attempt($0, request) })),
      ("meanwhile", .array(request.loads.map { load($0, request) })),
      ("impact", request.bill.map(impact) ?? .null),
      ("not_recorded", .array(request.notRecorded.map { .string($0) })),
    ]
  }

  private static func count(_ n: Int?) -> JSON { n.map { .count($0) } ?? .null }

  private static func instant(_ time: SimTime) -> JSON {
    time.isNever ? .null : seconds(time.picoseconds)
  }

  private static func seconds(_ picoseconds: Instant) -> JSON {
    .decimal(Double(picoseconds) / 1e12)
  }

  private static func time(_ time: RequestTime) -> JSON {
    // A run can be longer than 64 bits of picoseconds.
    .object(
      of: RequestTime.Part.allCases.map { ($0.key, JSON.number(time[$0].description)) }
        + [("total", .number(time.total.description))])
  }

  private static func medians(_ medians: MedianTimes) -> JSON {
    .object(
      of: RequestTime.Part.allCases.map { ($0.key, JSON.decimal(medians[$0])) }
        + [("total", .decimal(medians.total)), ("requests", .count(medians.requests))])
  }

  private static func verdict(_ verdict: RequestVerdict, _ request: ExplainedRequest) -> JSON {
    .object(of: [
      ("metric", .string(verdict.objective.rawValue)),
      ("percentile", verdict.percentile.map { .string($0.name) } ?? .null),
      ("value_s", verdict.value.map(seconds) ?? .null),
      ("median_s", .optional(request.latency[verdict.objective]?.p50)),
      ("limit_s", verdict.limit.map { seconds(Instant($0.picoseconds)) } ?? .null),
      ("own", .bool(verdict.isOwn)),
      ("margin", .optional(verdict.margin)),
      ("met", verdict.isMet.map { .bool($0) } ?? .null),
    ])
  }

  /// Which engine it is, as requests.csv has it.
  private static func engine(_ engine: Int?, _ request: ExplainedRequest) -> [(String, JSON)] {
    let number = engine.map { request.run.engineNumbers[$0] }
    return [
      ("replica", count(number?.replica)), ("dp_rank", count(number?.rank)),
      ("group", engine.map { .string(request.run.replicas[$0].group) } ?? .null),
    ]
  }

  private static func attempt(_ attempt: RequestAttempt, _ request: ExplainedRequest) -> JSON {
    .object(
      of: [("attempt", count(attempt.number))] + engine(attempt.engine, request) + [
        ("first_scheduled_s", instant(attempt.firstScheduled)),
        ("first_token_s", instant(attempt.firstToken)), ("end_s", instant(attempt.end)),
        ("computed_prompt_tokens", count(attempt.promptTokens)),
        ("output_tokens", count(attempt.outputTokens)),
        ("status", .string(word(attempt.status))),
      ])
  }

  private static func word(_ status: RequestAttempt.Status) -> String {
    switch status {
    case .dropped: "dropped"
    case .last(let status): status.name.description
    }
  }

  private static func load(
    _ meanwhile: ExplainedRequest.Meanwhile, _ request: ExplainedRequest
  ) -> JSON {
    let load = meanwhile.load
    let (stretch, number): (String, Int?) =
      switch meanwhile.stretch {
      case .waiting: ("waiting", nil)
      case .attempt(let number): ("attempt", number)
      case .run: ("run", nil)
      }
    return .object(
      of: [("stretch", .string(stretch)), ("attempt", count(number))]
        + engine(load.engine, request) + [
          ("from_s", seconds(load.start)), ("until_s", seconds(load.end)),
          ("running", .optional(load.running)), ("waiting", .optional(load.waiting)),
          ("kv_use", .optional(load.cacheUse)), ("busy_share", .optional(load.busyShare)),
          ("preemptions", .count(load.preemptions)),
        ])
  }

  private static func impact(_ bill: Bill) -> JSON {
    let charge = bill.charge
    return .object(of: [
      ("boundary", bill.boundary.map { .string($0.rawValue) } ?? .null),
      ("currency", .string(bill.plan.currency)),
      ("answer", charge?.answer.map { BillJSON.amounts($0, bill) } ?? .null),
      (
        "dropped_attempts",
        .array((charge?.attempts ?? []).map { BillJSON.amounts($0, bill) })
      ),
      ("unknown", .array(bill.unknowns.map { .string($0) })),
    ])
  }
}
