import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(30))) struct ScalerTests {
  private func pool(ready: Int, starting: Int = 0, requests: Int) -> PoolView {
    PoolView(
      asOf: .start + .second, ready: ready, starting: starting, waiting: requests / 2,
      running: requests - requests / 2, unsent: 0, maxNumSeqs: 8)
  }

  @Test func `as many replicas as the requests fill`() {
    var scaler = OutstandingScaler(target: 10, interval: .second * 15)
    #expect(scaler.look(at: pool(ready: 1, requests: 25)).replicas == 3)
    #expect(scaler.look(at: pool(ready: 1, starting: 2, requests: 30)).replicas == 3)
    #expect(scaler.look(at: pool(ready: 4, requests: 11)).replicas == 2)
    #expect(scaler.look(at: pool(ready: 4, requests: 0)).replicas == 0)
    #expect(scaler.look(at: pool(ready: 0, requests: 1)).replicas == 1)
    #expect(scaler.look(at: pool(ready: 1, requests: 1)).next == SimTime(seconds: 16))
    // A tenth too many or too few is near enough.
    #expect(scaler.look(at: pool(ready: 10, requests: 109)).replicas == 10)
    #expect(scaler.look(at: pool(ready: 10, requests: 111)).replicas == 12)
    #expect(scaler.look(at: pool(ready: 10, requests: 91)).replicas == 10)
    #expect(scaler.look(at: pool(ready: 10, requests: 89)).replicas == 9)
  }

  private func autoscaler(
    _ metric: HorizontalPodAutoscaler.Metric, target: Double,
    _ change: (inout HorizontalPodAutoscaler.Settings) -> Void = { _ in }
  ) -> HorizontalPodAutoscaler {
    var settings = HorizontalPodAutoscaler.Settings(
      metric: metric, target: target, interval: .second * 15)
    change(&settings)
    return HorizontalPodAutoscaler(settings)
  }

  /// At so many seconds.
  private func pool(
    at time: Double, ready: Int, waiting: Int = 0, running: Int = 0, kvUse: Double = 0
  ) -> PoolView {
    PoolView(
      asOf: SimTime(seconds: time), ready: ready, starting: 0, waiting: waiting, running: running,
      unsent: 0, maxNumSeqs: 8, kvUse: kvUse)
  }

  @Test func `an autoscaler goes by its metric`() {
    var waiting = autoscaler(.waiting, target: 5)
    #expect(waiting.look(at: pool(at: 15, ready: 2, waiting: 20, running: 90)).replicas == 4)
    var running = autoscaler(.running, target: 5)
    #expect(running.look(at: pool(at: 15, ready: 2, waiting: 20, running: 14)).replicas == 3)
    var cache = autoscaler(.kvUse, target: 0.5)
    #expect(cache.look(at: pool(at: 15, ready: 2, running: 9, kvUse: 0.9)).replicas == 4)
    // A tenth off is near enough, and what is off by more is not.
    var near = autoscaler(.outstanding, target: 10)
    #expect(near.look(at: pool(at: 15, ready: 10, running: 109)).replicas == 10)
    #expect(near.look(at: pool(at: 30, ready: 10, running: 111)).replicas == 12)
  }

  @Test func `an autoscaler shrinks to the most of its window`() {
    var scaler = autoscaler(.outstanding, target: 10)
    #expect(scaler.look(at: pool(at: 15, ready: 4, running: 40)).replicas == 4)
    #expect(scaler.look(at: pool(at: 30, ready: 4, running: 5)).replicas == 4)
    #expect(scaler.look(at: pool(at: 315, ready: 4, running: 5)).replicas == 4)
    #expect(scaler.look(at: pool(at: 330, ready: 4, running: 15)).replicas == 2)
    #expect(scaler.look(at: pool(at: 345, ready: 2, running: 5)).replicas == 2)
  }

  @Test func `an autoscaler grows to the least of its window, doubling or by four at most`() {
    var patient = autoscaler(.outstanding, target: 1) { $0.scaleUpWindow = .second * 30 }
    #expect(patient.look(at: pool(at: 15, ready: 1, running: 1)).replicas == 1)
    #expect(patient.look(at: pool(at: 30, ready: 1, running: 3)).replicas == 1)
    #expect(patient.look(at: pool(at: 45, ready: 1, running: 4)).replicas == 1)
    #expect(patient.look(at: pool(at: 60, ready: 1, running: 4)).replicas == 3)
    var hasty = autoscaler(.outstanding, target: 1) { $0.interval = .second * 5 }
    #expect(hasty.look(at: pool(at: 5, ready: 1, running: 90)).replicas == 5)
    #expect(hasty.look(at: pool(at: 10, ready: 5, running: 90)).replicas == 5)
    #expect(hasty.look(at: pool(at: 20, ready: 5, running: 90)).replicas == 10)
    #expect(hasty.look(at: pool(at: 35, ready: 10, running: 90)).replicas == 20)
  }

  @Test func `a pool that may be empty is when nobody has come for long`() {
    var scaler = autoscaler(.outstanding, target: 4) { $0.cooldown = .second * 60 }
    #expect(scaler.look(at: pool(at: 15, ready: 1, running: 1)).replicas == 1)
    #expect(scaler.look(at: pool(at: 60, ready: 1)).replicas == 1)
    #expect(scaler.look(at: pool(at: 75, ready: 1)).replicas == 0)
    #expect(scaler.look(at: pool(at: 90, ready: 0)).replicas == 0)
    #expect(scaler.look(at: pool(at: 105, ready: 0, waiting: 1)).replicas == 1)
  }

  /// Looks once, amid a step.
  private struct Probe: Scaler {
    final class Seen: Sendable {
      let kvUse = Mutex<Double?>(nil)
    }

    let seen: Seen
    let time: SimTime

    mutating func look(at pool: PoolView) -> ScalingDecision {
      if pool.asOf == time { seen.kvUse.withLock { $0 = pool.kvUse } }
      return ScalingDecision(replicas: 1, next: pool.asOf < time ? time : .never)
    }
  }

  /// The 21st step computes the 20th token of the answer, its prompt has two: 22 tokens in blocks of two.
  @Test func `a scaler sees the KV blocks of the steps up to now`() {
    var plan = stepPlan([StepRequest(prompt: 2, output: 60)], stepReplica(blockSize: 2, blocks: 64))
    let seen = Probe.Seen()
    plan.scaling = [
      ScalingPlan(
        group: plan.replicas[0].group, replica: plan.replicas[0], bounds: 1...1, startUp: .zero,
        scaler: Probe(seen: seen, time: SimTime(seconds: 0.0205)))
    ]
    _ = Simulation.run(plan)
    #expect(seen.kvUse.withLock { $0 } == 11.0 / 64)
  }

  /// Steps of a millisecond, 4 seats; 24 requests of 100 steps at once, and two later.
  @Test func `a pool grows with its queue and shrinks to nothing after it`() {
    let requests =
      [StepRequest](repeating: StepRequest(prompt: 2, output: 100), count: 24)
      + [StepRequest(at: 2000, prompt: 2, output: 2), StepRequest(at: 2010, prompt: 2, output: 2)]
    var plan = stepPlan(requests, stepReplica(seats: 4))
    plan.router = .leastOutstanding
    plan.scaling = [
      ScalingPlan(
        group: plan.replicas[0].group, replica: plan.replicas[0], bounds: 0...5,
        startUp: .millisecond * 30,
        scaler: OutstandingScaler(target: 4, interval: .millisecond * 20))
    ]
    let recording = Simulation.run(plan)
    #expect(recording.outcomes.allSatisfy { $0.status == .finished })
    // At 20 ms 24 requests are there, which six replicas would hold; five may be. They are up from
    // 50 ms on, and serve those that come then; of those before, all are on replica 0.
    #expect(
      recording.replicas[1...4].map(\.joined) == Array(repeating: .init(seconds: 0.02), count: 4))
    #expect(recording.replicas.count { $0.joined < SimTime(seconds: 1) } == 5)
    #expect(recording.outcomes[..<24].allSatisfy { $0.replica == 0 })
    // Nobody is left at the end; the next request waits for the first look after it and a start.
    let late = recording.outcomes[24]
    #expect(late.arrival == SimTime(seconds: 2))
    #expect(late.firstScheduled == SimTime(seconds: 2.05))
    #expect(recording.outcomes[25].firstScheduled == SimTime(seconds: 2.05))
    let gone = recording.replicas[..<5].map(\.gone)
    #expect(gone[0] < SimTime(seconds: 2) && gone == gone.sorted(by: >))
    #expect(recording.joined.count == recording.replicas.count - 1)
  }

  @Test func `a data parallel replica comes and goes as one`() {
    var plan = stepPlan([StepRequest(prompt: 2, output: 100)], stepReplica())
    plan.replicas[0].dataParallelSize = 2
    plan.replicas.append(plan.replicas[0])
    plan.scaling = [
      ScalingPlan(
        group: plan.replicas[0].group, replica: plan.replicas[0], bounds: 1...2, startUp: .zero,
        scaler: ScheduledScaler([
          .init(time: SimTime(seconds: 0.01), replicas: 2),
          .init(time: SimTime(seconds: 0.02), replicas: 1),
        ]))
    ]
    let recording = Simulation.run(plan)
    #expect(recording.replicas.map(\.joined.seconds) == [0, 0, 0.01, 0.01])
    #expect(
      recording.replicas.map(\.gone) == [
        .never, .never, .init(seconds: 0.02), .init(seconds: 0.02),
      ])
    // Not there is off.
    #expect(recording.replicas[2].windows.reduce(0) { $0 + $1.offTime } == 90e9)
  }
}
