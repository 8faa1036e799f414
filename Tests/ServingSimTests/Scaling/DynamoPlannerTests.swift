import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct DynamoPlannerTests {
  /// Four seats, eight tokens a step, steps of a millisecond.
  private let capacity = EngineCapacity(stepReplica())

  @Test func `a replica bears what its largest batch within the limits does`() {
    func rate(output: Double = 10, ttft: Double = 1, itl: Double = 1) -> Double {
      capacity.requestRate(input: 2, output: output, ttft: ttft, itl: itl)
    }
    // Four at once, each of which is there for ten steps.
    #expect(rate() == 400)
    // As many prompts have to be computed as answers end.
    #expect(rate(output: 1) == 2000)
    // A batch of one, if none keeps to the limits.
    #expect(rate(itl: 0.0005) == 100)
    #expect(rate(ttft: 0.0005) == 100)
  }

  @Test func `steps take longer the more requests there are and the longer they are`() {
    let slow = stepReplica(
      stepTime: TestStepTime(base: 1, perDecode: 1_000_000_000, perContext: 1_000_000))
    let capacity = EngineCapacity(slow)
    func seconds(_ batch: Int, _ input: Double) -> Double {
      capacity.stepSeconds(batch: batch, input: input, output: 10)
    }
    #expect(seconds(2, 2) > 1.9 * seconds(1, 2) && seconds(1, 40) > seconds(1, 2))
    // Two of a millisecond each keep to the limit, three do not.
    let rate = capacity.requestRate(input: 2, output: 10, ttft: 1, itl: 0.0025)
    #expect(rate > 0.9 * 100 && rate < 100)
  }

  private func planner(_ change: (inout DynamoPlanner.Settings) -> Void) -> DynamoPlanner {
    var settings = DynamoPlanner.Settings()
    settings.interval = .second
    settings.timeToFirstToken = .second
    change(&settings)
    return DynamoPlanner(settings, of: capacity)
  }

  /// Prompts of two tokens, answers of ten whose tokens come every `milliseconds`.
  private func pool(_ seconds: Double, came: Int, milliseconds: Int = 1) -> PoolView {
    var pool = PoolView(
      asOf: SimTime(seconds: seconds), ready: 1, starting: 0, waiting: 0, running: 0, unsent: 0,
      maxNumSeqs: 4)
    pool.traffic.requests = came
    pool.traffic.promptTokens = 2 * came
    pool.traffic.finished = 10
    pool.traffic.outputTokens = 100
    pool.traffic.decodeTime = Instant(90 * milliseconds) * 1_000_000_000
    return pool
  }

  @Test func `the next interval is like the last one, or like the mean of some`() {
    var constant = planner { $0.predictor = .constant }
    var moving = planner {
      $0.predictor = .movingAverage
      $0.window = 2
    }
    for (time, came, like, mean) in [(1.0, 900, 3, 3), (2, 100, 1, 2), (3, 100, 1, 1)] {
      #expect(constant.look(at: pool(time, came: came)).replicas == like)
      #expect(moving.look(at: pool(time, came: came)).replicas == mean)
    }
  }

  @Test func `the limit between tokens shrinks as tokens take longer than expected`() {
    func replicas(limit: SimDuration, isCorrected: Bool, _ milliseconds: Int) -> Int {
      var planner = planner {
        $0.interTokenLatency = limit
        $0.isCorrected = isCorrected
      }
      return planner.look(at: pool(1, came: 400, milliseconds: milliseconds)).replicas
    }
    let limit = SimDuration(seconds: 0.0015)
    #expect(replicas(limit: limit, isCorrected: true, 1) == 1)
    #expect(replicas(limit: limit, isCorrected: true, 2) == 4)
    #expect(replicas(limit: limit, isCorrected: false, 2) == 1)
  }

  @Test func `without an answer the pool stays as it is`() {
    var planner = planner { _ in }
    var pool = pool(1, came: 0)
    pool.traffic = PoolTraffic()
    #expect(planner.look(at: pool).replicas == 1)
    #expect(planner.look(at: pool).next == SimTime(seconds: 2))
    pool.unsent = 1
    pool.ready = 0
    #expect(planner.look(at: pool).replicas == 1)
  }
}
