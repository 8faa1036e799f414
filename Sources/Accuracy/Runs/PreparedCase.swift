package import ServingSim
package import SimKernel

/// A case ready to run: everything that does not depend on step times, made once. Predicting with
/// other step times then costs the simulation alone.
package struct PreparedCase: Sendable {
  package let setUp: CaseSetUp
  private let requests: CaseRequests
  private let metrics: [Metric]

  /// `metrics` are those that `run` is to give.
  package init(
    _ measured: MeasuredCase, _ setUp: CaseSetUp, metrics: [Metric]
  ) throws(Unsupported) {
    self.setUp = setUp
    self.metrics = metrics
    requests = try CaseRequests(measured, setUp)
  }

  /// What `run` has to say.
  package struct Run: Sendable {
    /// A metric without anything to take it of is absent.
    package var values: [Metric: Double]
    /// Requests that are decoding, on average, in one rank.
    var batch: Double
  }

  /// Simulates one rank with its share of the load; the others do the same.
  package func run(_ coefficients: RooflineCoefficients) -> Run {
    run(
      stepTime: setUp.subject.stepTime(coefficients),
      frontendLatency: SimDuration(seconds: coefficients[.frontendLatency]),
      asyncScheduling: setUp.asyncScheduling, streamSteps: coefficients[.streamSteps])
  }

  /// The same with any step times.
  package func run(
    stepTime: any StepTimeModel, frontendLatency: SimDuration = .zero,
    asyncScheduling: Bool = false, streamSteps: Double = 0
  ) -> Run {
    var replica = replica(stepTime)
    replica.frontendLatency = frontendLatency
    replica.asyncScheduling = asyncScheduling
    let plan = Plan(
      name: "measured case", seed: 1, workload: requests.workload,
      replicas: [replica], router: .roundRobin,
      objectives: ServiceLevelObjectives(), lines: [])
    let figures = RunFigures(
      Simulation.run(plan), ranks: requests.ranks, streamSteps: streamSteps,
      tokensPerStep: setUp.tokensPerStep)
    let values = metrics.reduce(into: [Metric: Double]()) { values, metric in
      values[metric] = figures.value(of: metric)
    }
    return Run(values: values, batch: figures.meanBatch)
  }

  /// No more sequences than there are at once: the engine asks for the decode step of each number
  /// of them when it starts.
  private func replica(_ stepTime: any StepTimeModel) -> ReplicaPlan {
    ReplicaPlan(
      group: "measured", maxNumSeqs: min(setUp.limits.maxNumSeqs, requests.mostAtOnce),
      maxNumBatchedTokens: setUp.limits.maxNumBatchedTokens, maxModelLength: setUp.kvTokens,
      blockSize: setUp.limits.blockSize, usableBlocks: setUp.usableBlocks,
      enablePrefixCaching: setUp.enablePrefixCaching, stepTime: stepTime,
      acceleratorCount: setUp.parallelism.accelerators, accelerator: setUp.accelerator.id,
      model: setUp.model.id)
  }
}
