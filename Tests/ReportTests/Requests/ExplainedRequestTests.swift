import Impact
import ReportTestSupport
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing
import TextAndBytes

@testable import Report

/// All else that is said of a request, beside what the run as a whole has.
@Suite(.timeLimit(.minutes(30))) struct ExplainedRequestTests {
  private static func metered(_ run: FinishedRun) -> FinishedRun {
    var run = run
    for engine in run.replicas.indices {
      run.replicas[engine].meter = Fixtures.meter
      run.replicas[engine].accelerator = Accelerators.named("h100-sxm")
    }
    return run
  }

  /// Of any length: runs can last longer than 64 bits of picoseconds.
  private static func whole(_ value: JSON) throws -> Instant {
    switch value {
    case .integer(let whole): Instant(whole)
    case .number(let digits): try #require(Instant(digits))
    default: try #require(nil as Instant?)
    }
  }

  @Test func `what requests bear of a bill adds up to it`() throws {
    for plain in RequestTimeTests.runs(0..<4) {
      var run = Self.metered(plain)
      let count = run.promptTokens.count
      run.traits[.tenant] = RequestLabels(
        names: ["a"], ofRequest: [Int32](repeating: 0, count: count))
      let bills = (0..<count).map { Bill(run, plan: ConservationTests.impact, request: $0) }
      guard let bill = bills.first, let part = bill.byLabel[.tenant]?.first else { continue }
      let charges = bills.compactMap(\.charge)
      #expect(charges.count == count)
      #expect(charges.reduce(Amounts()) { $0 + $1.total } == part.amounts)
      let lost = charges.flatMap(\.attempts)
      #expect(lost.count == run.recording.lost.count)
      #expect(lost.reduce(Amounts(), +) == bill.lost ?? Amounts())
      for (request, charge) in charges.enumerated() {
        #expect((charge.answer != nil) == (run.recording.outcomes[request].status == .finished))
      }
      #expect(Bill(run, plan: ConservationTests.impact).charge == nil)
    }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 18, 33, 160, 161])
  func `a request alone holds the blocks that its engine had in use at most`(tokens: Int) throws {
    var random = RandomStream(seed: UInt64(tokens), .tests)
    for _ in 0..<20 {
      var plan = Fixtures.plan(
        promptTokens: [Int32(tokens)], replicas: [Fixtures.replica()])
      plan.workload.outputTokens = [Int32(1 + random.integer(below: 60))]
      let run = FinishedRun(plan: plan, recording: Simulation.run(plan))
      let explained = ExplainedRequest(0, of: run, bill: nil)
      #expect(explained.blocks == run.recording.replicas[0].peakUsedBlocks)
    }
  }

  @Test func `an engine's load over the whole run is what reports say of it`() throws {
    for run in RequestTimeTests.runs(0..<6) where run.recording.end > .start {
      for metrics in Metrics(run).replicas.enumerated() {
        let load = try #require(
          EngineLoad(run, engine: metrics.offset, from: .start, until: run.recording.end))
        #expect(load.start == 0 && load.end == run.recording.end.picoseconds)
        // Of a run in which nothing ended reports say nothing.
        guard metrics.element.busyShare != nil else { continue }
        #expect(load.running == metrics.element.meanRunning)
        #expect(load.waiting == metrics.element.meanWaiting)
        #expect(load.cacheUse == metrics.element.meanCacheUse)
        #expect(load.busyShare == metrics.element.busyShare)
      }
    }
  }

  @Test func `a load is that of the windows which a stretch lies in, and no others`() throws {
    let small = Fixtures.small()
    let run = FinishedRun(plan: small.plan, recording: small.recording)
    func load(_ from: Int, _ until: Int) throws -> EngineLoad {
      try #require(
        EngineLoad(run, engine: 0, from: Fixtures.time(from), until: Fixtures.time(until)))
    }
    #expect(try load(100, 200).running == 1.2)
    #expect(try load(0, 1000) == load(999, 999))
    let second = try load(1000, 1001)
    #expect(second.running == 0.3 && second.preemptions == 1 && second.cacheUse == 0.05)
    let both = try load(500, 1500)
    #expect(both.running == 0.75 && both.start == 0)
    #expect(both.end == Fixtures.time(2000).picoseconds)
    // The last window is half as long.
    #expect(try load(2400, 9000).end == Fixtures.time(2500).picoseconds)
  }

  @Test func `latencies stand beside the limits of the request, its class and the run`() throws {
    let small = Fixtures.small()
    var run = FinishedRun(plan: small.plan, recording: small.recording)
    run.traits[.serviceClass] = RequestLabels(names: ["x", "y"], ofRequest: [0, 1, 0, -1])
    run.traits[.endToEnd] = [RequestTraits.none, 2_299_999_999_999, -1, -1]
    let p95 = try #require(Percentile("p95"))
    run.objectives.ofRun = [
      RunObjective(.latency(.timeToFirstToken, p95, atMost: .millisecond * 299)),
      RunObjective(
        .latency(.timeToFirstToken, p95, atMost: .second),
        of: .init(label: .serviceClass, name: "x")),
      RunObjective(.goodput(atLeast: 0.5)),
    ]
    let found = RequestVerdict.all(1, of: run)
    #expect(found.map(\.isMet) == [false, false, true, false])
    #expect(found.map(\.percentile) == [nil, p95, nil, nil])
    #expect(found.map(\.isOwn) == [false, false, false, true])
    #expect(found[0].limit == .millisecond * 250)
    #expect(found[0].margin.map { Figures.signedPercent($0) } == "-20.0")
    #expect(RequestVerdict.all(0, of: run).map(\.isMet) == [true, true, true, true, nil])
    // It was refused and has no latency.
    let refused = RequestVerdict.all(2, of: run)
    #expect(refused.map(\.isMet) == [false, false, false, false, nil])
    #expect(refused.allSatisfy { $0.value == nil && $0.margin == nil })
  }

  @Test(arguments: 0..<4) func `every request of random runs is explained, within 80 columns`(
    part: UInt64
  ) throws {
    for plain in RequestTimeTests.runs(part * 3..<part * 3 + 3) {
      let run = Self.metered(plain)
      for request in run.promptTokens.indices.prefix(12) {
        let bill =
          request.isMultiple(of: 2)
          ? Bill(run, plan: ConservationTests.impact, request: request) : nil
        let explained = ExplainedRequest(request, of: run, bill: bill)
        let text = ExplainedRequestText.render(explained)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
        #expect(text.matches(of: /\b(nan|inf)\b/).isEmpty, "\(text)")
        let json = try #require(JSON(text: ExplainedRequestJSON.render(explained)))
        let parts = try (json["time_ps"]?.fields ?? []).map { try Self.whole($0.value) }
        #expect(parts.isEmpty || parts.dropLast().reduce(0, +) == parts.last)
        #expect(json["attempts"]?.array?.count == explained.attempts.count)
        // However many attempts left nothing, they are counted.
        let outcome = run.recording.outcomes[request]
        if outcome.status != .notArrived {
          #expect(
            explained.attempts.count + explained.unrecordedAttempts == Int(outcome.retries) + 1)
        }
      }
    }
  }

  @Test func `what a run does not record is said, and not made up`() throws {
    let small = Fixtures.small()
    var run = FinishedRun(plan: small.plan, recording: small.recording)
    #expect(ExplainedRequest(0, of: run, bill: nil).notRecorded == [])
    run.replicas[0].blockSize = nil
    run.replicas[0].frontendLatency = nil
    run.recording.outcomes[1].retries = 2
    let copy = try RecordedFiles(run).read()
    let explained = ExplainedRequest(1, of: copy, bill: nil)
    #expect(explained.blocks == nil && explained.blockSize == nil)
    #expect(explained.time?[.frontend] == 0 && explained.time?[.waiting] == 0)
    #expect(explained.time?[.between] == Instant(SimDuration.millisecond.picoseconds * 100))
    #expect(
      explained.notRecorded == [
        "the frontend's latency, which prefill includes", "block_size",
        "when it was preempted, and the tokens that were computed again",
        "when 2 attempts came that nobody worked on, and to which replica",
        "how long its client waited before it sent the request again",
      ])
  }

  @Test func `names of any kind stay on their line`() {
    var runs = RandomRuns(seed: 11)
    for _ in 0..<20 {
      let random = runs.next()
      var run = FinishedRun(plan: random.plan, recording: random.recording)
      run.traits = runs.traits(requests: run.promptTokens.count)
      for request in run.promptTokens.indices {
        let text = ExplainedRequestText.render(ExplainedRequest(request, of: run, bill: nil))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
        #expect(!text.contains("\u{1B}"))
      }
    }
  }
}
