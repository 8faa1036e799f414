import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import Report

/// Reports of fleets whose replicas join and leave.
@Suite(.timeLimit(.minutes(30))) struct ChangingFleetTests {
  /// A replica that works all of the second that the run takes, one that goes at 0.25 s, and one that
  /// comes at 0.5 s and stays. Steps of a millisecond; the second one has ten of them.
  static func run() -> FinishedRun {
    var plan = stepPlan(
      [
        StepRequest(prompt: 2, output: 1000), StepRequest(at: 0.001, prompt: 2, output: 10),
      ], stepReplica(blocks: 1024))
    plan.router = .roundRobin
    var pool = plan.replicas[0]
    pool.group = "pool"
    plan.replicas.append(pool)
    plan.scaling = [
      ScalingPlan(
        group: "pool", replica: pool, bounds: 0...2, startUp: .zero,
        scaler: ScheduledScaler([
          .init(time: SimTime(seconds: 0.25), replicas: 0),
          .init(time: SimTime(seconds: 0.5), replicas: 1),
        ]))
    ]
    return FinishedRun(plan: plan, recording: Simulation.run(plan))
  }

  @Test func `shares are of the time that a replica was there`() {
    let metrics = Metrics(Self.run())
    #expect(metrics.makespan == 1)
    #expect(metrics.replicas.map(\.presentShare) == [1, 0.25, 0.5])
    #expect(metrics.replicas.map(\.busyShare) == [1, 0.04, 0])
    #expect(metrics.replicas.map(\.joined) == [nil, nil, 0.5])
    #expect(metrics.replicas.map(\.gone) == [nil, 0.25, nil])
    #expect(metrics.replicas[1].offShare == nil)
  }

  @Test func `the size of the fleet over time is told`() {
    let metrics = Metrics(Self.run())
    #expect(metrics.fleet.changes?.least == 1 && metrics.fleet.changes?.most == 2)
    #expect(metrics.fleet.changes?.mean == 1.75)
    let text = TextReport.render(metrics)
    #expect(
      text.contains("\nFleet       1 to 2 replicas, 1.75 on average; 1 joined, 1 went\n"))
    #expect(text.contains("In %: there of the makespan, busy of the time there,"))
    let json = JSONReport.render(metrics)
    #expect(
      json.contains(
        """
            "changes": {
              "least": 1,
              "mean": 1.75,
              "most": 2,
              "joined": 1,
              "gone": 1
            }
        """))
    #expect(json.contains("\"gone_s\": 0.25"))
  }

  @Test func `a replica has rows while it is there`() throws {
    let run = Self.run()
    var text = ""
    try TimelineCSV.write(run) { text += String(decoding: $0, as: UTF8.self) }
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let second = rows.filter { $0[2] == "1" }
    #expect(second.map { $0[0] } == ["0.000000000", "0.125000000"])
    #expect(second.map { $0[1] } == ["0.125000000", "0.125000000"])
    #expect(rows.filter { $0[2] == "2" }.map { $0[0] }.first == "0.500000000")
  }

  /// Sums over replicas do not count those that are not there, and means leave them out.
  @Test func `pictures leave out who is not there`() {
    let grid = LoadGrid(Self.run())
    #expect(grid.rows[2].prefix(4).allSatisfy { $0.busyShare == nil })
    #expect(grid.rows[2].suffix(4).allSatisfy { $0.busyShare == 0 })
    #expect(grid.fleet.map(\.running) == [1.08, 1, 1, 1, 1, 1, 1, 1])
    // Alone, and then beside one that has nothing to do.
    #expect(grid.fleet.map { $0.busyShare ?? 0 }.suffix(6) == [1, 1, 0.5, 0.5, 0.5, 0.5])
  }

  @Test func `requests whose clients gave up miss every objective`() {
    var run = Self.run()
    run.objectives.endToEnd = .second * 10
    #expect(Metrics(run).objectives.share == 1)
    run.recording.outcomes[1].status = .aborted
    #expect(Metrics(run).objectives.judged == 2 && Metrics(run).objectives.share == 0.5)
    #expect(TextReport.render(Metrics(run)).contains("Given up: 1 request,"))
  }
}
