import ServingSim
import SimKernel
import Testing

@testable import Scenarios

/// `failures`, `fleet.zone` and `workload.retry`.
@Suite(.timeLimit(.minutes(30))) struct FailurePlannerTests {
  private func planned(_ failures: String, fleet: String = "replicas: 3") throws -> [FailureRule] {
    try plan(small(fleet: fleet) + "failures: [\(failures)]\n").failures
  }

  private func refusals(_ failures: String, fleet: String = "replicas: 3") -> [String] {
    problems(small(fleet: fleet) + "failures: [\(failures)]\n")
      .map { $0.drop { $0 != " " }.dropFirst().description }
  }

  @Test func `what goes wrong, when and with whom`() throws {
    #expect(
      try planned("{at: 1 h, replica: 2, repair: 10 min}") == [
        FailureRule(
          .at(SimTime(seconds: 3600)), .replica(group: "fleet", place: 2),
          Failure(.crash, repair: .after(.second * 600)))
      ])
    #expect(
      try planned("{mtbf: 30 d, mttr: 20 min, group: fleet}") == [
        FailureRule(
          .every(seconds: 30 * 86_400), .group("fleet"),
          Failure(.crash, repair: .mean(.second * 1200)))
      ])
    #expect(
      try planned("{kind: partition, at: 1 s, detection: 2 s, mttr: 1 min}") == [
        FailureRule(
          .at(SimTime(seconds: 1)), .all,
          Failure(.partition(detection: .second * 2), repair: .mean(.second * 60)))
      ])
    #expect(
      try planned(
        "{kind: reclaim, at: 0 s, zone: a, notice: 30 s}, {kind: slow, at: 1 s, factor: 1.5}",
        fleet: "zone: a") == [
          FailureRule(
            .at(.start), .zone("a"), Failure(.reclaim(notice: .second * 30), repair: .never)),
          FailureRule(
            .at(SimTime(seconds: 1)), .all, Failure(.slow(factor: 1.5), repair: .never)),
        ])
  }

  @Test func `what cannot go wrong is refused`() {
    #expect(
      refusals("{repair: 1 min}") == [
        "failures.0: states no time; expected at, like 1 h, or mtbf, like 30 d, or trace, a file of "
          + "failures"
      ])
    #expect(
      refusals("{mtbf: 30 d}") == [
        "failures.0.repair: missing; expected how long a repair takes, like 20 min, or mttr"
      ])
    #expect(
      refusals("{at: 1 s, mtbf: 1 d, repair: 1 s, kind: reclaim}") == [
        "failures.0.mtbf: goes with no at; state one of them",
        "failures.0.notice: missing; expected the time from the notice to the end, like 2 min",
      ])
    #expect(
      refusals("{at: 1 s, kind: partition}, {at: 1 s, detection: 1 s}") == [
        "failures.0.repair: missing; expected how long nobody reaches it, like 1 min, or mttr",
        "failures.1.detection: goes with kind partition, not with crash",
      ])
    #expect(refusals("{mtbf: 1 us, repair: 1 s}").count == 1)
    #expect(
      refusals("{at: 1 s, factor: 2}") == [
        "failures.0.factor: goes with kind slow, not with crash"
      ])
    #expect(
      refusals("{at: 1 s, group: flete}, {at: 1 s, zone: a}, {at: 1 s, replica: 3}") == [
        "failures.0.group: found \"flete\", no group of the fleet; expected one of fleet",
        "failures.1.zone: found \"a\", no zone of the fleet; state fleet.zone",
        "failures.2.replica: found 3; group fleet has replicas 0 to 2",
      ])
  }

  @Test func `clients retry as those of OpenAI do unless it is stated`() throws {
    let text = small()
    #expect(try plan(text).retry == nil)
    let usual = try #require(try plan(text, set: ["workload.retry={}"]).retry)
    #expect(
      usual
        == RetryPolicy(
          maxAttempts: 3, reasons: Set(RetryPolicy.Reason.allCases),
          initialBackoff: .millisecond * 500, maxBackoff: .second * 8, multiplier: 2, jitter: 0.2))
    let stated = try #require(
      try plan(
        text,
        set: [
          "workload.retry={max_attempts: 5, on: [failed, refused], initial_backoff: 1 s, "
            + "max_backoff: 1 min, backoff_multiplier: 1.5, jitter: 0, "
            + "throttling: {max_tokens: 20, token_ratio: 0.25}}"
        ]
      ).retry)
    #expect(stated.reasons == [.failed, .refused] && stated.jitter == 0)
    #expect(stated.throttling == RetryPolicy.Throttling(maxTokens: 20, ratio: 250))
  }

  @Test func `retries that cannot be are refused`() {
    func refusals(_ retry: String) -> [String] {
      problems(small(), set: ["workload.retry=\(retry)"])
        .map { $0.drop { $0 != " " }.dropFirst().description }
    }
    #expect(refusals("{on: [timeout]}").count == 1)
    #expect(refusals("{max_attempts: 1}").count == 1)
    let backoff = refusals("{initial_backoff: 10 s}")
    #expect(
      backoff.count == 1
        && backoff[0].hasSuffix(
          "workload.retry.max_backoff: found 8 s, less than initial_backoff, 10 s")
    )
  }
}
