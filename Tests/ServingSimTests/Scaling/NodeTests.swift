import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Replicas on nodes that come and go.
@Suite(.timeLimit(.minutes(30))) struct NodeTests {
  /// One request whose steps of a millisecond take a second, and a pool that follows a timetable.
  private func run(
    _ entries: [(seconds: Double, replicas: Int)], beginning count: Int = 1, ranks: Int = 1,
    _ nodes: NodePlan
  ) -> FinishedRun {
    var plan = stepPlan([StepRequest(prompt: 2, output: 1000)], stepReplica(blocks: 1024))
    plan.replicas[0].nodes = nodes
    plan.replicas[0].dataParallelSize = ranks
    plan.replicas = Array(repeating: plan.replicas[0], count: count * ranks)
    plan.scaling = [
      ScalingPlan(
        group: plan.replicas[0].group, replica: plan.replicas[0], bounds: 0...9,
        startUp: .millisecond * 10,
        scaler: ScheduledScaler(
          entries.map { .init(time: SimTime(seconds: $0.seconds), replicas: $0.replicas) }))
    ]
    return FinishedRun(plan: plan, recording: Simulation.run(plan))
  }

  private func milliseconds(_ time: Instant) -> Int { Int(time / 1_000_000_000) }

  @Test func `a replica takes room on a node that is there before another node comes`() {
    let run = run(
      [(0.1, 4), (0.3, 1), (0.5, 2)], NodePlan(NodeTerms(replicasPerNode: 2)))
    #expect(run.recording.replicas.map(\.node) == [0, 0, 1, 1, 0])
    let nodes = run.nodes
    #expect(nodes.map(\.engines) == [[0, 1, 4], [2, 3]] && nodes.map(\.places) == [2, 2])
    #expect(nodes.map { milliseconds($0.joined) } == [0, 100])
    #expect(nodes.map { milliseconds($0.gone) } == [1000, 300])
  }

  /// The second and the fourth replica go at once, the third when it has ended its request.
  @Test func `of the nodes that have room the first one takes a replica`() {
    var plan = stepPlan(
      [1000, 2, 400, 2].map { StepRequest(prompt: 2, output: $0) }, stepReplica(blocks: 1024))
    plan.replicas[0].nodes = NodePlan(NodeTerms(replicasPerNode: 2))
    plan.replicas = Array(repeating: plan.replicas[0], count: 4)
    let entries = [(0.1, 1), (0.2, 2)].map {
      ScheduledScaler.Entry(time: SimTime(seconds: $0.0), replicas: $0.1)
    }
    plan.scaling = [
      ScalingPlan(
        group: plan.replicas[0].group, replica: plan.replicas[0], bounds: 0...9, startUp: .zero,
        scaler: ScheduledScaler(entries))
    ]
    #expect(Differential(plan).difference == nil)
    #expect(Simulation.run(plan).replicas.map(\.node) == [0, 0, 1, 1, 0])
  }

  @Test func `a node that went does not come back, and one more is counted`() {
    let run = run([(0.1, 2), (0.2, 1), (0.3, 2)], NodePlan())
    #expect(run.recording.replicas.map(\.node) == [0, 1, 2])
    #expect(run.nodes.map { milliseconds($0.gone - $0.joined) } == [1000, 100, 700])
  }

  @Test func `the ranks of a replica stand together`() {
    let run = run([(0.1, 3)], beginning: 2, ranks: 2, NodePlan(NodeTerms(replicasPerNode: 2)))
    #expect(run.recording.replicas.map(\.node) == [0, 0, 0, 0, 1, 1])
    #expect(run.nodes.map(\.places) == [4, 4])
  }

  @Test func `nobody starts on a node before it is there`() {
    let later = [StepRequest](repeating: StepRequest(at: 400, prompt: 2, output: 2), count: 1)
    var plan = stepPlan(
      [StepRequest(prompt: 2, output: 1000)] + later, stepReplica(seats: 1, blocks: 1024))
    plan.router = .leastOutstanding
    func scheduled(at look: Double, _ size: Int) -> SimTime {
      var nodes = NodePlan(NodeTerms(replicasPerNode: size))
      nodes.provisioning = .millisecond * 200
      plan.replicas[0].nodes = nodes
      plan.scaling = [
        ScalingPlan(
          group: plan.replicas[0].group, replica: plan.replicas[0], bounds: 1...9,
          startUp: .millisecond * 50,
          scaler: ScheduledScaler([
            .init(time: SimTime(seconds: look), replicas: 2),
            .init(time: SimTime(seconds: 0.9), replicas: 1),
          ]))
      ]
      return Simulation.run(plan).outcomes[1].firstScheduled
    }
    // In time, on a node of its own or beside the first; and too late, so that it waits for its turn.
    #expect(scheduled(at: 0.14, 1) == SimTime(seconds: 0.4))
    #expect(scheduled(at: 0.35, 2) == SimTime(seconds: 0.4))
    #expect(scheduled(at: 0.16, 1) == SimTime(seconds: 1))
  }

  @Test func `a pool that is short of nodes is looked at until it is not`() {
    var nodes = NodePlan(NodeTerms(replicasPerNode: 1), quota: 2)
    nodes.scanInterval = .millisecond * 100
    // The second node goes at 0.35 s, when the third look has come and gone.
    let run = run([(0.1, 3), (0.35, 1), (0.36, 2)], nodes)
    #expect(run.recording.replicas.map { milliseconds($0.joined.picoseconds) } == [0, 100, 360])
    #expect(run.nodes.count == 3)
  }

  /// A node is paid for as long as its terms say, up to the end of the run.
  @Test func `a node that goes early is paid for on`() {
    let terms = NodeTerms(replicasPerNode: 1, minimumBilling: .millisecond * 400)
    let run = run([(0.1, 3), (0.2, 1), (0.8, 2), (0.9, 1)], NodePlan(terms))
    #expect(run.nodes.map { milliseconds($0.gone) } == [1000, 200, 200, 900])
    #expect(run.nodes.map { milliseconds($0.paidUntil) } == [1000, 500, 500, 1000])
  }
}
