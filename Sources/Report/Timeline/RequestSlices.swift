import ServingSim
import SimKernel

/// A request on a timeline: from its arrival to its end, with its parts inside.
struct RequestSlices {
  struct Part {
    var name: String
    var start: SimTime
    var end: SimTime
  }

  var number: Int
  var name: String
  var start: SimTime
  var end: SimTime
  /// Queueing, prefill and decode, as far as the request came and the timeline goes.
  var parts: [Part]
  /// When it lost its KV blocks: the starts of the steps that were planned without it.
  var preemptions: [SimTime]
  var arguments: [(name: String, value: Int)]

  /// Those of a replica that the timeline shows, in the workload's order.
  static func all(of replica: Int, _ timeline: RunTimeline) -> [RequestSlices] {
    let preemptions = preemptions(in: timeline.replicas.first { $0.number == replica }?.steps ?? [])
    return timeline.outcomes.indices.compactMap { number in
      let outcome = timeline.outcomes[number]
      guard Int(outcome.replica) == replica, outcome.arrival < timeline.until,
        outcome.finish > timeline.from
      else { return nil }
      return RequestSlices(
        number, outcome, promptTokens: Int(timeline.promptTokens[number]),
        preemptions: preemptions[number] ?? [], until: timeline.until)
    }
  }

  /// By the request's number.
  private static func preemptions(in steps: [TracedStep]) -> [Int: [SimTime]] {
    var times: [Int: [SimTime]] = [:]
    for step in steps {
      for request in step.preempted { times[request, default: []].append(step.start) }
    }
    return times
  }

  private init(
    _ number: Int, _ outcome: Outcome, promptTokens: Int, preemptions: [SimTime], until: SimTime
  ) {
    self.number = number
    self.preemptions = preemptions
    name = "request \(number)"
    start = outcome.arrival
    end = min(outcome.finish, until)
    arguments = [
      ("prompt_tokens", promptTokens), ("cached_tokens", Int(outcome.cachedTokens)),
      ("output_tokens", Int(outcome.outputTokens)), ("preemptions", Int(outcome.preemptions)),
    ]
    parts = [
      Part(name: "queued", start: outcome.arrival, end: outcome.firstScheduled),
      Part(name: "prefill", start: outcome.firstScheduled, end: outcome.firstToken),
      Part(name: "decode", start: outcome.firstToken, end: outcome.finish),
    ].compactMap { part in
      // What has not begun lies at `never`.
      let end = min(part.end, until)
      return part.start < end ? Part(name: part.name, start: part.start, end: end) : nil
    }
  }
}
