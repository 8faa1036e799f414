import ReportTestSupport
import ServingModel
import ServingSim
import SimKernel
import Testing
import TextAndBytes

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct RunTablesTests {
  static func run() -> FinishedRun {
    let small = Fixtures.small()
    var run = FinishedRun(plan: small.plan, recording: small.recording)
    // The first word is nobody's, and the second one's first request is a later one.
    run.traits[.tenant] = RequestLabels(names: ["z", "b", "a"], ofRequest: [2, 1, -1, 2])
    run.traits[.maxTokens] = [-1, 21, 500, RequestTraits.none]
    run.traits[.endToEnd] = [-1, -1, -1, 1_234_567_890_123]
    run.replicas[0].accelerator = Accelerators.named("h100-sxm")
    run.replicas[0].powerCap = Watts(350)
    run.replicas[0].powersDown = true
    run.replicas[0].frontendLatency = .millisecond * 3
    run.objectives.ofRun = [
      RunObjective(.goodput(atLeast: 0.5), of: .init(label: .tenant, name: "z")),
      RunObjective(.cost(.hour, atMost: 1e-9)), RunObjective(.carbon(.millionTokens, atMost: 7)),
    ]
    if let p999 = Percentile("p999") {
      run.objectives.ofRun.append(
        RunObjective(
          .latency(.interToken, p999, atMost: .second),
          of: .init(label: .serviceClass, name: "a\nb")))
    }
    run.deadlines = [.longest, .second, .longest, .second * 5]
    run.recording.held = [HeldRequest(number: 3, release: Fixtures.time(1010))]
    run.recording.lost = [
      LostAttempt(
        number: 2, attempt: 3, replica: 0, firstScheduled: Fixtures.time(5), firstToken: .never,
        end: Fixtures.time(9), promptTokens: 1, outputTokens: 0)
    ]
    run.recording.handoffs = [
      Handoff(number: 1, attempt: 1, replica: 0, prefilled: Fixtures.time(7)),
      Handoff(number: 2, attempt: 2, replica: 0, prefilled: Fixtures.time(8)),
    ]
    run.recording.handoffs[1].started = Fixtures.time(9)
    run.recording.handoffs[1].arrived = Fixtures.time(10)
    run.recording.loads = [
      KVLoad(
        number: 0, attempt: 1, replica: 0, hostTokens: 32, secondaryTokens: 16,
        started: Fixtures.time(2)),
      KVLoad(
        number: 1, attempt: 2, replica: 0, hostTokens: 0, secondaryTokens: 64,
        started: Fixtures.time(5)),
    ]
    run.recording.loads[1].arrived = Fixtures.time(6)
    run.recording.replicas[0].offloadedBlocks = 5
    run.recording.replicas[0].wakes = 2
    run.recording.replicas[0].migrations = 3
    run.recording.replicas[0].windows[1].offTime = 4e11
    run.recording.replicas[0].joined = Fixtures.time(3)
    run.recording.replicas[0].gone = Fixtures.time(1900)
    run.recording.outcomes[1].finish.picoseconds += 7
    run.replicas[0].model = "llama-3.1-8b"
    run.replicas[0].calibration = CalibrationStanding(
      profile: "p", status: .newModel,
      errors: [ExpectedError(.newModel, .tpot, median: 0.1, ninetieth: 0.3)])
    run.slower = SlowerRun(
      share: 0.11,
      latencies: [
        .timeToFirstToken: LatencyFigures(mean: 0.3, p50: 0.1, p90: 0.5, p95: 0.7, p99: 1.9)
      ])
    return run
  }

  @Test func `a run reads back to the bit`() throws {
    let run = Self.run()
    let files = try RecordedFiles(run)
    let copy = try files.read()
    #expect(copy.name == run.name && copy.seed == run.seed && copy.objectives == run.objectives)
    #expect(copy.promptTokens == run.promptTokens && copy.traits == run.traits)
    #expect(copy.recording.outcomes == run.recording.outcomes)
    #expect(copy.recording.end == run.recording.end)
    #expect(copy.recording.interTokenLatencies == run.recording.interTokenLatencies)
    #expect(copy.recording.replicas.map(\.windows) == run.recording.replicas.map(\.windows))
    #expect(Metrics(copy) == Metrics(run))
    #expect(try RecordedFiles(copy).files == files.files)
    #expect(copy.slower == run.slower)
    #expect(copy.deadlines == run.deadlines && copy.recording.held == run.recording.held)
    #expect(copy.recording.lost == run.recording.lost)
    #expect(copy.recording.handoffs == run.recording.handoffs)
    #expect(copy.recording.loads == run.recording.loads)
    #expect(copy.recording.replicas[0].offloadedBlocks == 5)
    #expect(copy.recording.replicas[0].wakes == 2)
    #expect(copy.recording.replicas[0].migrations == 3)
    #expect(copy.recording.replicas[0].joined == Fixtures.time(3))
    #expect(copy.recording.replicas[0].gone == Fixtures.time(1900))
    #expect(copy.replicas[0].accelerator == run.replicas[0].accelerator)
    #expect(copy.replicas[0].calibration == run.replicas[0].calibration)
    #expect(copy.replicas[0].powerCap == Watts(350) && copy.replicas[0].powersDown)
    #expect(copy.replicas[0].blockSize == 16)
    #expect(copy.replicas[0].frontendLatency == .millisecond * 3)
  }

  @Test func `the greatest times and seeds come through`() throws {
    var run = Self.run()
    run.seed = .max
    let most = SimTime.last + .longest
    run.recording.outcomes[3].finish = most
    run.deadlines?[1] = SimDuration(picoseconds: RunClock.most)
    let copy = try RecordedFiles(run).read()
    #expect(copy.seed == .max && copy.recording.outcomes[3].finish == most)
    #expect(copy.deadlines == run.deadlines)
  }

  @Test(arguments: [7, 8]) func `random runs come back whole, with the same report`(
    seed: UInt64
  ) throws {
    var runs = RandomRuns(seed: seed)
    for number in 0..<20 {
      let random = runs.next()
      var run = FinishedRun(plan: random.plan, recording: random.recording)
      if number % 2 == 0 { run.traits = runs.traits(requests: run.promptTokens.count) }
      let files = try RecordedFiles(run)
      let copy = try files.read()
      #expect(Metrics(copy) == Metrics(run))
      #expect(TextReport.render(Metrics(copy)) == TextReport.render(Metrics(run)))
      #expect(copy.recording.outcomes == run.recording.outcomes && copy.traits == run.traits)
      #expect(try RecordedFiles(copy).files == files.files)
    }
  }

  @Test func `runs of several groups of rows come back, with words in their order`() throws {
    let count = 150_000
    let outcomes = (0..<count).map {
      Fixtures.finished(
        arrival: $0, scheduled: $0, first: $0 + 1 + $0 % 7, finish: $0 + 50, tokens: 3)
    }
    let plan = Fixtures.plan(
      promptTokens: (0..<count).map { Int32($0 % 9999) }, replicas: [Fixtures.replica()])
    let end = Fixtures.time(count + 50)
    let recording = Fixtures.recording(
      outcomes, replicas: [Fixtures.idle(windows: (count + 50 + 999) / 1000)], end: end)
    var run = FinishedRun(plan: plan, recording: recording)
    // Words that only later groups have stand before others.
    run.traits[.tenant] = RequestLabels(
      names: ["late", "early", "rare", "nobody"],
      ofRequest: (0..<count).map { $0 > 140_000 ? 0 : $0 == 70_000 ? 2 : $0 % 3 == 0 ? -1 : 1 })
    let copy = try RecordedFiles(run).read()
    #expect(copy.recording.outcomes == outcomes && copy.promptTokens == run.promptTokens)
    #expect(copy.traits == run.traits)
  }

  @Test func `a run without requests is one`() throws {
    var plan = Fixtures.plan(promptTokens: [], replicas: [Fixtures.replica()])
    plan.name = ""
    let recording = Fixtures.recording([], replicas: [Fixtures.idle(windows: 1)], end: .start)
    let copy = try RecordedFiles(FinishedRun(plan: plan, recording: recording)).read()
    #expect(copy.recording.outcomes.isEmpty && copy.recording.end == .start)
  }
}
