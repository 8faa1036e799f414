package import ServingSim

/// A case ready to run: everything that does not depend on step times, made once. Predicting with
/// other step times then costs the simulation alone.
package struct PreparedCase: Sendable {
  package let setUp: CaseSetUp
  private let requests: CaseRequests
  private let metrics: [Metric]

  /// `metrics` are those that `predict` is to give.
  package init(
    _ measured: MeasuredCase, _ setUp: CaseSetUp, metrics: [Metric]
  ) throws(Unsupported) {
    self.setUp = setUp
    self.metrics = metrics
    requests = try CaseRequests(measured, setUp)
  }

  /// Simulates one rank with its share of the load; the others do the same. A metric without
  /// anything to take it of is absent.
  package func predict(stepTime: any StepTimeModel) -> [Metric: Double] {
    let plan = Plan(
      name: "measured case", seed: 1, workload: requests.workload,
      replicas: [replica(stepTime)], router: .roundRobin,
      objectives: ServiceLevelObjectives(), lines: [])
    let figures = RunFigures(Simulation.run(plan), ranks: requests.ranks)
    return metrics.reduce(into: [:]) { values, metric in
      values[metric] = figures.value(of: metric)
    }
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
