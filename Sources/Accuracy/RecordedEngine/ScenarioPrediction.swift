package import ServingSim
import SimKernel
package import TraceArchive

/// A run that was measured against the server that a scenario describes.
package enum ScenarioPrediction {
  /// What is compared, where it was measured.
  private static let metrics = [
    "ttft_mean", "ttft_p50", "ttft_p99", "tpot_mean", "tpot_p50", "tpot_p99", "itl_p50",
    "e2e_mean", "e2e_p50", "e2e_p99", "output_tput_total",
  ]

  /// One a figure. The requests of the run take the place of the plan's; where it was a closed loop,
  /// as many clients send them.
  package static func predictions(of run: ServedRun, on plan: Plan) -> [Prediction] {
    var plan = plan
    plan.workload = workload(of: run)
    let figures = RunFigures(
      Simulation.run(plan), ranks: 1, streamSteps: 0, wait: 0, tokensPerStep: 1)
    let measured = ServedFigures(run)
    let reason = run.failed == 0 ? "" : "\(run.failed) requests without a whole answer left out"
    return metrics.compactMap { name in
      guard let metric = try? Metric(named: name), let value = measured.value(of: metric) else {
        return nil
      }
      let row = MeasuredRow(
        caseID: run.name, caseIndex: nil, metric: name, value: value, keys: keys(of: run))
      return Prediction(row: row, predicted: figures.value(of: metric), reason: reason)
    }
  }

  private static func workload(of run: ServedRun) -> Workload {
    let sent = run.requests.map(\.request).sorted {
      (run.concurrency == nil ? $0.arrival : 0, $0.number)
        < (run.concurrency == nil ? $1.arrival : 0, $1.number)
    }
    let start = sent.map(\.arrival).min() ?? 0
    var workload = Workload(
      arrivals: sent.map {
        run.concurrency == nil ? SimTime(picoseconds: Instant($0.arrival - start) * 1000) : .never
      },
      promptTokens: sent.map(\.promptTokens),
      outputTokens: sent.map { max(1, $0.completionTokens) }, content: nil,
      description: "measured run \(run.name)")
    workload.closedLoop = run.concurrency.map { ClosedLoop(concurrency: $0) }
    return workload
  }

  private static func keys(of run: ServedRun) -> [String: String] {
    [
      "family": "result", "model": run.model ?? "", "engine": run.server,
      "load": run.concurrency == nil ? "recorded" : "concurrency",
      "concurrency": run.concurrency.map { "\($0)" } ?? "",
    ]
  }
}
