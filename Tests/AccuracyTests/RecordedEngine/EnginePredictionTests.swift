import ServingPolicies
import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Accuracy
@testable import TraceArchive

@Suite(.timeLimit(.minutes(30))) struct EnginePredictionTests {
  /// One request of 8 tokens and an answer of 5, with a first token after 60 ms, four gaps of 10 ms
  /// and an end 1 ms later.
  private let run: ServedRun = {
    var run = ServedRun(name: "a.x", server: "a", model: "m", medianGap: 10)
    run.requests = [
      ServedRequest(
        request: EngineRequest(
          number: 0, arrival: 0, promptTokens: 8, completionTokens: 5, sharedTokens: 0,
          priority: 0),
        firstToken: 60_000_000, lastToken: 100_000_000, end: 101_000_000)
    ]
    return run
  }()

  /// Steps of 20 ms.
  private var plan: Plan {
    var coefficients = LinearStepTime.Coefficients()
    coefficients.base = SimDuration.millisecond * 20
    let workload = Workload(
      arrivals: [.start], promptTokens: [8], outputTokens: [5], description: "")
    let replica = ReplicaPlan(
      group: "a", maxNumSeqs: 4, maxNumBatchedTokens: 64, maxModelLength: 128, blockSize: 16,
      usableBlocks: 8, enablePrefixCaching: true, scheduler: FirstComeFirstServed(),
      stepTime: LinearStepTime(coefficients),
      frontendLatency: .millisecond)
    return Plan(
      name: "", seed: 1, workload: workload, replicas: [replica], router: .roundRobin,
      objectives: ServiceLevelObjectives(), lines: [])
  }

  @Test func `the run's figures beside the simulation's`() {
    let predictions = EnginePrediction.predictions(of: run, plan: plan, reason: "")
    let expected: [(String, Double, Double)] = [
      ("e2e_p50", 101, 101), ("itl_p50", 10, 20), ("tpot_p50", 10, 20), ("ttft_p50", 60, 21),
      ("output_tput_total", 5 / 0.101, 5 / 0.101),
    ]
    #expect(predictions.map(\.row.metric) == expected.map(\.0))
    for (prediction, (_, measured, predicted)) in zip(predictions, expected) {
      #expect(abs((prediction.row.value ?? 0) - measured) < 1e-9)
      // Gaps are kept in classes of a few in a thousand.
      #expect(abs((prediction.predicted ?? 0) / predicted - 1) < 0.01, "\(prediction)")
      #expect(prediction.row.keys["family"] == "recorded_engine")
    }
  }

  @Test func `without a plan there is a reason`() {
    let predictions = EnginePrediction.predictions(of: run, plan: nil, reason: "because")
    #expect(predictions.count == 5)
    #expect(predictions.allSatisfy { $0.status == "unsupported" && $0.reason == "because" })
  }
}
