import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Data parallel ranks that share experts: a step lasts as long for all as for the slowest.
@Suite(.timeLimit(.minutes(30))) struct GangTests {
  private static let millisecond = SimDuration.millisecond.picoseconds

  /// Two ranks whose steps take 1 ms, and 1 ms more for each token of a prompt.
  private static func plan(_ requests: [StepRequest], together: Bool = true) -> Plan {
    var rank = stepReplica(stepTime: Steps())
    rank.dataParallelSize = 2
    rank.stepsTogether = together
    var plan = stepPlan(requests, rank)
    plan.replicas = [rank, rank]
    return plan
  }

  private static func milliseconds(_ time: SimTime) -> Double { time.seconds * 1e3 }

  @Test func `a rank that decodes waits for one that computes a prompt`() {
    // B's prompt of 6 tokens takes 7 ms, and A's second token comes with it.
    let requests = [
      StepRequest(prompt: 1, output: 3), StepRequest(at: 1, prompt: 6, output: 1),
    ]
    let together = Simulation.run(Self.plan(requests)).outcomes
    // A: 2 ms with its prompt; B arrives amid that step and begins at 2 ms.
    #expect(together.map { Self.milliseconds($0.firstToken) } == [2, 9])
    #expect(Self.milliseconds(together[0].finish) == 10)
    let alone = Simulation.run(Self.plan(requests, together: false)).outcomes
    #expect(alone.map { Self.milliseconds($0.firstToken) } == [2, 8])
    #expect(Self.milliseconds(alone[0].finish) == 4)
  }

  @Test func `a rank without requests steps along, and is busy`() throws {
    let recording = Simulation.run(Self.plan([StepRequest(prompt: 1, output: 3)]))
    let totals = recording.replicas.map { replica in
      replica.windows.reduce(into: WindowTotals()) { $0.add($1) }
    }
    #expect(totals.map { $0.prefillSteps.steps } == [1, 0])
    #expect(totals.map { $0.decodeSteps.steps } == [2, 3])
    #expect(totals.map { $0.prefillSteps.busy + $0.decodeSteps.busy } == [4e9, 4e9])
    #expect(totals.map { $0.decodeSteps.decodeTokens } == [2, 0])
    #expect(recording.replicas[1].peakUsedBlocks == 0)
  }

  /// Each rank's steps as they were in the run, those in which it serves nobody left out.
  @Test func `steps of a rank are drawn from the whole run`() {
    let plan = Self.plan([
      StepRequest(prompt: 1, output: 3), StepRequest(at: 1, prompt: 6, output: 1),
    ])
    let trace = StepTrace(of: plan, replica: 1)
    #expect(trace.steps.count == 1)
    #expect(trace.steps.first.map { Self.milliseconds($0.start) } == 2)
    #expect(trace.steps.first.map { Self.milliseconds($0.end) } == 9)
    let other = StepTrace(of: plan, replica: 0)
    #expect(other.steps.map { Self.milliseconds($0.end) } == [2, 9, 10])
    #expect(other.outcomes == Simulation.run(plan).outcomes)
  }

  @Test func `a request to a rank that is off wakes all`() {
    var plan = Self.plan([StepRequest(at: 50, prompt: 1, output: 2)])
    for i in plan.replicas.indices {
      plan.replicas[i].powerDown = PowerDown(after: .millisecond * 10, wake: .millisecond * 5)
    }
    let recording = Simulation.run(plan)
    #expect(recording.replicas.map(\.wakes) == [1, 1])
    #expect(Self.milliseconds(recording.outcomes[0].firstToken) == 57)
    #expect(Differential(plan).difference == nil)
  }

  /// With 64 requests at four ranks, and one rank drained while others are under way.
  @Test func `a rank that drains steps along until its peers are done`() {
    var rank = stepReplica(stepTime: Steps())
    rank.dataParallelSize = 4
    rank.stepsTogether = true
    var plan = stepPlan([], rank)
    plan.replicas = [rank, rank, rank, rank]
    var live = LiveSimulation(plan, capacity: 8, chains: 0)
    var ends: [Int32: Double] = [:]
    let number = live.submit(LiveArrival(promptTokens: 4, outputTokens: 4), at: .start)
    live.drainReplica(1, at: SimTime(seconds: 1e-3))
    live.advance(to: SimTime(seconds: 1)) { event, _ in
      if event.kind == .ended { ends[event.request] = event.time.seconds * 1e3 }
    }
    // 1 ms and 4 for the prompt, and 3 more tokens.
    #expect(ends == [number: 8])
    let steps = live.recording(outcomes: []).replicas.map {
      $0.windows.reduce(0) {
        $0 + $1.prefillSteps.steps + $1.decodeSteps.steps
      }
    }
    #expect(steps == [4, 4, 4, 4])
  }

  /// 1 ms, and 1 ms for each token of a prompt.
  private struct Steps: StepTimeModel {
    let name = "by hand"
    let provenance = "made up"
    let attentionWindow: Int? = nil

    func duration(of work: StepWork) -> SimDuration {
      .millisecond * (1 + work.prefillTokens)
    }

    func decodeLine(sequences: Int) -> DecodeLine? {
      DecodeLine(base: .millisecond, perContext: .zero, perWindowedContext: .zero)
    }
  }
}
