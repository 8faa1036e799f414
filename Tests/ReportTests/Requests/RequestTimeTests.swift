import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import Report

/// Where requests' time goes: laws over all requests of random runs.
@Suite(.timeLimit(.minutes(30))) struct RequestTimeTests {
  typealias Part = RequestTime.Part

  /// Of plans of every kind, some of them stopped before their end.
  static func runs(_ seeds: Range<UInt64>) -> [FinishedRun] {
    seeds.flatMap { seed in
      [
        randomPlan, randomPlanWithShift, randomPlanWithPatience, randomPlanOfFailures,
        randomPlanUnderPressure, randomPlanOfRegions, randomPlanOfHandovers,
        randomPlanOfOffloading,
      ].enumerated().map { kind, make in
        var plan = make(seed)
        for engine in plan.replicas.indices {
          plan.replicas[engine].frontendLatency = .microsecond * (500 * Int(seed % 3))
        }
        var turns = 0
        let stop = (Int(seed) + kind).isMultiple(of: 4) ? plan.workload.count / 2 : .max
        let recording = Simulation.run(plan) { _ in
          turns += 1
          return turns <= stop
        }
        return FinishedRun(plan: plan, recording: recording)
      }
    }
  }

  @Test(arguments: 0..<4) func `parts add up to the whole, to the picosecond`(part: UInt64) {
    var seen: Set<Part> = []
    for run in Self.runs(part * 8..<part * 8 + 8) {
      let histories = RequestHistories(run)
      for (request, outcome) in run.recording.outcomes.enumerated() {
        guard let time = histories.time(of: request) else {
          #expect(outcome.status == .notArrived)
          continue
        }
        let parts = Part.allCases.map { time[$0] }
        let end = outcome.finish.isNever ? run.recording.end : outcome.finish
        #expect(parts.allSatisfy { $0 >= 0 })
        #expect(parts.reduce(0, +) == end.picoseconds - outcome.arrival.picoseconds)
        if let latency = outcome.endToEnd {
          #expect(time.total == latency && time.beforeFirstToken == outcome.timeToFirstToken)
        }
        for part in Part.allCases where time[part] > 0 { seen.insert(part) }
      }
    }
    #expect(seen == Set(Part.allCases))
  }

  @Test(arguments: 0..<4) func `each part is what the run recorded of it`(part: UInt64) {
    for run in Self.runs(part * 8..<part * 8 + 8) {
      let histories = RequestHistories(run)
      for (request, outcome) in run.recording.outcomes.enumerated() {
        guard let time = histories.time(of: request) else { continue }
        let trip = Self.trip(of: request, in: run)
        let lost = run.recording.lost.filter { Int($0.number) == request }
        let isLastLost = outcome.status.isDropped && !outcome.firstScheduled.isNever
        let dropped = (isLastLost ? lost.dropLast() : lost[...]).reduce(Instant(0)) {
          $0 + $1.end.picoseconds - $1.firstScheduled.picoseconds
        }
        #expect(time[.dropped] == dropped)
        if outcome.retries == 0 {
          #expect(time[.dropped] == 0 && time[.between] == 0)
          if let queueing = outcome.queueing {
            let there = time[.travel] - (outcome.firstToken.isNever ? 0 : trip - trip / 2)
            #expect(time[.held] + there + time[.waiting] + time[.loading] == queueing)
            let load = run.recording.loads.last {
              Int($0.number) == request && $0.arrived <= outcome.firstScheduled
            }
            #expect(
              time[.loading]
                == load.map { $0.arrived.picoseconds - $0.started.picoseconds } ?? 0)
          }
          if outcome.status == .finished, run.recording.replicas.allSatisfy({ $0.migrations == 0 })
          {
            #expect(time[.travel] == trip)
          }
          let release = run.recording.held.last { Int($0.number) == request }?.release
          if let release, !outcome.firstScheduled.isNever {
            #expect(time[.held] == release.picoseconds - outcome.arrival.picoseconds)
          }
        }
        guard outcome.status == .finished else { continue }
        let latency = run.replicas[Int(outcome.replica)].frontendLatency ?? .zero
        #expect(time[.frontend] == Instant(latency.picoseconds))
        #expect(
          time[.prefill] + time[.handover] + time[.frontend] + trip - trip / 2
            == outcome.firstToken.picoseconds - outcome.firstScheduled.picoseconds)
        let handoff = run.recording.handoffs.last {
          Int($0.number) == request && $0.attempt == Int32(outcome.retries) + 1
        }.flatMap { $0.arrived.isNever ? nil : $0 }
        #expect(
          time[.handover]
            == handoff.map { $0.arrived.picoseconds - $0.prefilled.picoseconds } ?? 0)
        #expect(time[.decode] == outcome.finish.picoseconds - outcome.firstToken.picoseconds)
      }
    }
  }

  /// Held until 10 ms and, when it is sent again, until 30 ms. Steps take a millisecond.
  @Test func `it was held as long as its first attempt was`() throws {
    var plan = stepPlan([StepRequest(prompt: 2, output: 20)])
    plan.workload.deadlines = [.millisecond * 80]
    plan.shift = ShiftPlan(
      signal: StepSeries(starts: [0, 10, 20, 30], values: [9, 1, 9, 1], end: 100),
      spacing: .millisecond, reserve: .millisecond * 4)
    plan.failures = [
      FailureRule(
        .at(SimTime(seconds: 0.0225)), .all, Failure(.crash, repair: .after(.millisecond)))
    ]
    plan.retry = RetryPolicy(
      maxAttempts: 2, reasons: [.failed], initialBackoff: .millisecond, maxBackoff: .millisecond)
    let run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    #expect(run.recording.held.map(\.release.seconds) == [0.01, 0.03])
    let time = try #require(RequestHistories(run).time(of: 0))
    #expect(time[.held] == 10_000_000_000 && time[.dropped] == 13_000_000_000)
    #expect(time[.between] == 7_000_000_000)
  }

  private static func trip(of request: Int, in run: FinishedRun) -> Instant {
    let replica = Int(run.recording.outcomes[request].replica)
    guard replica >= 0, let region = run.traits[.region]?[request] else { return 0 }
    return Instant(run.replicas[replica].roundTrips[region, default: .zero].picoseconds)
  }

  @Test func `medians are those of the finished requests`() throws {
    for run in Self.runs(0..<6) {
      let histories = RequestHistories(run)
      let finished = run.recording.outcomes.indices.filter {
        run.recording.outcomes[$0].status == .finished
      }
      let medians = histories.medians()
      #expect(medians?.requests == (finished.isEmpty ? nil : finished.count))
      let latency = LatencyMetrics(of: run.recording)
      #expect(medians?.total == latency.endToEnd?.p50)
      guard let medians else { continue }
      for part in Part.allCases {
        let sorted = finished.compactMap { histories.time(of: $0)?[part] }.sorted()
        let middle = sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]
        #expect(medians[part] == (Double(middle) / 2).rounded() / 1e12)
      }
    }
  }

  @Test func `what a file claims makes no part negative`() throws {
    var outcome = Fixtures.finished(
      arrival: 100, scheduled: 200, first: 300, finish: 400, tokens: 5)
    outcome.retries = 1
    outcome.status = .aborted
    outcome.finish = Fixtures.time(50)
    let attempt = LostAttempt(
      number: 0, attempt: 1, replica: 0, firstScheduled: Fixtures.time(10), firstToken: .never,
      end: Fixtures.time(5000), promptTokens: 1, outputTokens: 0)
    for finish in [50, 150, 6000] {
      outcome.finish = Fixtures.time(finish)
      let time = try #require(
        RequestTime(
          outcome, release: Fixtures.time(7), earlier: [attempt], frontend: .second,
          roundTrip: .second * 3, end: Fixtures.time(1000)))
      #expect(Part.allCases.allSatisfy { time[$0] >= 0 })
      #expect(
        time.total == max(0, Fixtures.time(finish).picoseconds - outcome.arrival.picoseconds))
    }
  }
}
