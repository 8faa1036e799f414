package import Impact
import ServingPolicies
package import ServingModel
import ServingSim
import SimKernel

/// A case ready to run: everything that does not depend on step times, made once. Predicting with
/// other step times then costs the simulation alone.
package struct PreparedCase: Sendable {
  package let setUp: CaseSetUp
  private let requests: CaseRequests
  private let metrics: [Metric]
  private let measured: MeasuredCase
  /// nil where no metric needs it: to record traffic costs tables.
  let power: SystemPower?

  /// `metrics` are those that `run` is to give.
  package init(
    _ measured: MeasuredCase, _ setUp: CaseSetUp, metrics: [Metric]
  ) throws(Unsupported) {
    self.setUp = setUp
    self.metrics = metrics
    self.measured = measured
    requests = try CaseRequests(measured, setUp)
    power =
      metrics.contains(where: \.isOfPower)
      ? SystemPower(setUp, workingShares: requests.shares) : nil
  }

  /// What `run` has to say.
  package struct Run: Sendable {
    /// A metric without anything to take it of is absent.
    package var values: [Metric: Double]
    /// The run's typical steps.
    var sketch: CaseSketch
    /// nil where no metric is of power.
    var effort: RunEffort?
  }

  /// Whether requests come when they come, and not when another has ended.
  var isOpenLoop: Bool {
    switch measured.load {
    case .rate, .recorded: true
    case .clients, .meanBatch, .atOnce, .batch: false
    }
  }

  /// Simulates one rank, or those that step together, with its share of the load; the others do the same. Steps take `factor` times
  /// as long as the coefficients say.
  /// Another `powerModel` than the shipped one may say what the accelerators draw.
  package func run(
    _ coefficients: RooflineCoefficients, stepsLongerBy factor: Double = 1,
    powerModel: PowerModel? = nil
  ) -> Run {
    let stepTime = setUp.subject.stepTime(coefficients)
    return run(
      stepTime: factor == 1 ? stepTime : SlowedStepTime(stepTime, by: factor),
      frontend: Frontend(coefficients), asyncScheduling: setUp.asyncScheduling,
      powerModel: powerModel)
  }

  /// The same with any step times.
  package func run(
    stepTime: any StepTimeModel, frontend: Frontend = Frontend(), asyncScheduling: Bool = false,
    powerModel: PowerModel? = nil
  ) -> Run {
    var replica = replica(stepTime)
    replica.frontendLatency = SimDuration(seconds: frontend.latency)
    replica.asyncScheduling = asyncScheduling
    let plan = Plan(
      name: "measured case", seed: 1, workload: requests.workload,
      replicas: Array(repeating: replica, count: setUp.ranksTogether),
      router: .leastOutstanding,
      objectives: ServiceLevelObjectives(), lines: [])
    let recording = Simulation.run(plan)
    let sketch = CaseSketch(
      measured, setUp, batch: recording.meanBatch / Double(setUp.ranksTogether))
    let figures = RunFigures(
      recording, shares: requests.shares, streamSteps: frontend.streamSteps,
      wait: sketch.wait(stepTime, frontend),
      tokensPerStep: setUp.tokensPerStep, power: power?.with(powerModel))
    let values = metrics.reduce(into: [Metric: Double]()) { values, metric in
      values[metric] = figures.value(of: metric)
    }
    return Run(values: values, sketch: sketch, effort: power?.effort(in: recording))
  }

  /// No more sequences than there are at once: the engine asks for the decode step of each number
  /// of them when it starts.
  private func replica(_ stepTime: any StepTimeModel) -> ReplicaPlan {
    var replica = ReplicaPlan(
      group: "measured", maxNumSeqs: min(setUp.limits.maxNumSeqs, requests.mostAtOnce),
      maxNumBatchedTokens: setUp.limits.maxNumBatchedTokens, maxModelLength: setUp.kvTokens,
      blockSize: setUp.limits.blockSize, usableBlocks: setUp.usableBlocks,
      enablePrefixCaching: setUp.enablePrefixCaching, scheduler: setUp.engine.batchPolicy,
      stepTime: stepTime,
      meter: power?.rank.meter, acceleratorCount: setUp.parallelism.accelerators,
      dataParallelSize: setUp.ranksTogether, accelerator: setUp.accelerator,
      model: setUp.model.id)
    replica.stepsTogether = setUp.ranksTogether > 1
    return replica
  }
}
