import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct PredictiveScalerTests {
  /// Looked at every 10 s; the load repeats after 40 s.
  private func scaler(ahead: Double = 0) -> PredictiveScaler {
    var settings = PredictiveScaler.Settings(
      target: 1, interval: .second * 10, lookAhead: SimDuration(seconds: ahead))
    settings.period = .second * 40
    return PredictiveScaler(settings)
  }

  private func pool(_ seconds: Double, came: Int, unsent: Int = 0) -> PoolView {
    var pool = PoolView(
      asOf: SimTime(seconds: seconds), ready: 1, starting: 0, waiting: 0, running: 0,
      unsent: unsent, maxNumSeqs: 8)
    pool.traffic.requests = came
    return pool
  }

  @Test func `the load of a period ago is expected again, or that of now if it is more`() {
    var scaler = scaler()
    #expect(scaler.look(at: pool(0, came: 0)).replicas == 1)
    #expect(scaler.look(at: pool(10, came: 30)).replicas == 3)
    #expect(scaler.look(at: pool(20, came: 5)).replicas == 1)
    #expect(scaler.look(at: pool(30, came: 0)).replicas == 0)
    #expect(scaler.look(at: pool(40, came: 0)).replicas == 3)
    #expect(scaler.look(at: pool(50, came: 0)).replicas == 1)
    #expect(scaler.look(at: pool(60, came: 41)).replicas == 5)
  }

  @Test func `replicas are asked for before their load comes`() {
    var scaler = scaler(ahead: 10)
    for (time, came) in [(0.0, 0), (10, 30), (20, 5)] {
      _ = scaler.look(at: pool(time, came: came))
    }
    #expect(scaler.look(at: pool(30, came: 0)).replicas == 3)
    #expect(scaler.look(at: pool(40, came: 0)).replicas == 3)
    #expect(scaler.look(at: pool(50, came: 0)).replicas == 1)
  }

  @Test func `a look between two intervals counts what came, and the next one is at their end`() {
    var scaler = scaler()
    #expect(scaler.look(at: pool(0, came: 0)).next == SimTime(seconds: 10))
    #expect(scaler.look(at: pool(4, came: 12)).next == SimTime(seconds: 10))
    #expect(scaler.look(at: pool(10, came: 8)).replicas == 2)
    #expect(scaler.look(at: pool(11, came: 0, unsent: 1)).replicas == 2)
  }

  @Test func `requests that nobody is there for start a replica`() {
    var scaler = scaler()
    #expect(scaler.look(at: pool(10, came: 0, unsent: 1)).replicas == 1)
  }
}
