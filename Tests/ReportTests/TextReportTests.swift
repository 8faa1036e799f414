import ServingSim
import SimKernel
import Testing

import ReportTestSupport

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct TextReportTests {
  static func render(_ run: (plan: Plan, recording: Recording)) -> String {
    TextReport.render(Metrics(FinishedRun(plan: run.plan, recording: run.recording)))
  }

  @Test func `a small run reads as it always has`() {
    #expect(
      Self.render(Fixtures.small()) == """
        first run
        Objective missed.
        2 of 4 requests (50.0 %) missed an objective.
        Refused: 1 request, the prompt is too long for max_model_len, or for a step that
        must hold it whole.

        Objective   value   limit    margin  90 % interval  verdict
        goodput    50.0 %  99.0 %  -49.0 pp        unknown   missed
        No errors are known of predictions of goodput: the value alone decides, or its
        range.
        Refused or given up: 1 of the requests. They count as ones that take for ever,
        and miss every limit.

        Each request  at most  met by (%)
        TTFT           250 ms        50.0
        TPOT              1 s        75.0

        Requests    4 arrived, 3 finished, 1 refused
        Makespan    2.5 s
        Throughput  1.200 requests/s, 13.20 output tokens/s, 153.2 tokens/s with prompts
        Goodput     0.8000 requests/s that met every objective
        KV cache    peak use 40.0 %, prefix hits 9.1 % of prompt tokens, preemptions 1

        Latency         mean    p50    p90    p95    p99    max
        TTFT (ms)      150.0  100.0  260.0  280.0  296.0  300.0
        ITL (ms)       100.0  100.0  100.0  100.0  100.0  100.0
        TPOT (ms)      100.0  100.0  100.0  100.0  100.0  100.0
        E2E (s)        1.150  1.100  2.060  2.180  2.276  2.300
        Queueing (ms)  33.33      0  80.00  90.00  98.00  100.0

        Replica requests busy running waiting   KV peak hits preempt.  MFU  MBU
        0 h100         4 40.0   0.600   0.200 10.0 40.0  9.1        1 19.0 41.6
        In %: busy of the time, KV of the blocks (mean, peak), prefix hits, MFU, MBU.

        Step time   roofline; not calibrated: datasheet roofline with published
                    efficiencies
        Run         seed 42, outcome hash 42509730aa6aee9c

        Histogram  from 0 to p99
        TTFT             █      █                            296 ms
        ITL                                               █  100 ms
        TPOT                                              █  100 ms
        E2E        █                  █                      2.276 s
        Queueing   █                                         98 ms

        """)
  }

  @Test func `steps outside what was measured are told, as a share`() {
    var (plan, recording) = Fixtures.small()
    recording.replicas[0].steps = 400
    recording.replicas[0].stepsOutside = 10
    #expect(
      Self.render((plan, recording)).contains(
        """
        Step time   roofline; not calibrated: datasheet roofline with published
                    efficiencies; 2.5 % of the steps lie outside the measured ones

        """))
    // Replicas with one model are one entry.
    plan.replicas.append(Fixtures.replica())
    var idle = Fixtures.idle()
    idle.steps = 600
    recording.replicas.append(idle)
    let metrics = Metrics(FinishedRun(plan: plan, recording: recording))
    #expect(metrics.stepTimes.map(\.steps) == [1000])
    #expect(metrics.stepTimes.map(\.stepsOutside) == [10])
  }

  @Test func `nine replicas are folded into their mean and extremes`() {
    let (_, recording) = Fixtures.small()
    let plan = Fixtures.plan(
      promptTokens: [100, 200, 2000, 50],
      replicas: (0..<9).map { _ in Fixtures.replica(meter: nil) })
    var fleet = recording
    fleet.replicas += (0..<8).map { _ in Fixtures.idle() }
    let text = Self.render((plan, fleet))
    #expect(
      text.contains(
        """

        9 replicas  requests  busy  running  waiting    KV  peak  hits  preempt.
        mean           0.444   4.4    0.067    0.022   1.1   4.4   9.1     0.111
        least              0   0.0        0        0   0.0   0.0   9.1         0
        most               4  40.0    0.600    0.200  10.0  40.0   9.1         1
        """), "\(text)")
  }

  @Test func `an empty run says that there is nothing`() {
    let plan = Fixtures.plan(promptTokens: [], replicas: [])
    let text = Self.render((plan, Fixtures.recording([], replicas: [], end: .start)))
    #expect(text.contains("Makespan    -\n"))
    #expect(text.contains("TTFT         -    -    -    -    -    -\n"))
    #expect(!text.contains("nan") && !text.contains("inf"))
  }

  @Test func `a run in which all meet the objectives opens with that`() {
    let plan = Fixtures.plan(
      promptTokens: [1], replicas: [Fixtures.replica()],
      objectives: ServiceLevelObjectives(endToEnd: .second))
    let outcome = Fixtures.finished(arrival: 0, scheduled: 0, first: 50, finish: 100, tokens: 2)
    let recording = Fixtures.recording(
      [outcome], replicas: [Fixtures.idle()], end: Fixtures.time(100))
    #expect(
      Self.render((plan, recording)).hasPrefix(
        "first run\nObjective met.\nAll 1 request met every objective.\n"))
  }

  @Test func `a run that was stopped says what it covers before anything else`() {
    var (plan, recording) = Fixtures.small()
    plan.name = "stopped"
    var rows = recording.outcomes
    rows[1].status = .underWay
    rows[3] = Outcome()
    recording.outcomes = rows
    #expect(
      Self.render((plan, recording)).hasPrefix(
        "stopped\nCovers only part of the run: 2 requests of 4 had not ended.\n"))
  }

  @Test func `no line of any run is longer than 80 characters or moves the cursor`() {
    var runs = RandomRuns(seed: 11)
    for _ in 0..<60 {
      let text = Self.render(runs.next())
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
      #expect(!text.contains("\u{1B}"))
      #expect(text.hasSuffix("\n"))
    }
  }
}

@Suite(.timeLimit(.minutes(30))) struct RemarkReportTests {
  private static func run() -> FinishedRun {
    var (plan, recording) = Fixtures.small()
    plan.replicas[0].powerDown = PowerDown(after: .second * 300, wake: .second)
    plan.remarks = [Remark(field: "router", value: "<random>", reason: "there is one engine")]
    recording.held = []
    return FinishedRun(plan: plan, recording: recording)
  }

  @Test func `every renderer tells what had no effect`() throws {
    let metrics = Metrics(Self.run())
    let text = TextReport.render(metrics)
    #expect(
      text.contains(
        """

        Note  router: <random> had no effect on this run: there is one engine.
        Note  power_down: after 300 s in group h100 had no effect on this run: none of
              its replicas was without work for so long.

        """), "\(text)")
    let json = JSONReport.render(metrics)
    #expect(json.contains("\"field\": \"router\",\n      \"value\": \"<random>\","))
    let page = HTMLReport.render([RunDigest(Self.run())])
    #expect(page.contains("<li>router: &lt;random&gt; had no effect on this run: "))
    #expect(!TextReportTests.render(Fixtures.small()).contains("Note"))
  }

  @Test func `a replica that was off had its effect`() {
    var run = Self.run()
    var (plan, recording) = Fixtures.small()
    plan.replicas[0].powerDown = PowerDown(after: .second * 300, wake: .second)
    recording.replicas[0].windows[1].offTime = 1e11
    run = FinishedRun(plan: plan, recording: recording)
    #expect(run.remarks == [])
  }

  @Test func `remarks are kept in a run's file`() throws {
    let run = Self.run()
    let again = try RecordedFiles(run).read()
    #expect(again.remarks == run.remarks && run.remarks.count == 2)
  }

  @Test func `an objective that nobody can miss is one`() {
    let plan = Fixtures.plan(
      promptTokens: [1], replicas: [Fixtures.replica()],
      objectives: ServiceLevelObjectives(timePerOutputToken: .second))
    let outcome = Fixtures.finished(arrival: 0, scheduled: 0, first: 50, finish: 50, tokens: 1)
    let recording = Fixtures.recording(
      [outcome], replicas: [Fixtures.idle()], end: Fixtures.time(100))
    #expect(FinishedRun(plan: plan, recording: recording).remarks.map(\.field) == ["slo.tpot"])
  }
}
