package import ServingSim
import SimKernel
package import TraceArchive

/// The figures of a recorded run and what the simulation says to them.
package enum EnginePrediction {
  /// The columns of the predictions: those of cases, and the server.
  package static let keyColumns = CaseColumns.keys + ["server"]

  private static let metrics = [
    "e2e_p50", "itl_p50", "tpot_p50", "ttft_p50", "output_tput_total",
  ]

  /// One a figure. Without a plan each is unsupported for `reason`.
  package static func predictions(
    of run: ServedRun, plan: Plan?, reason: String
  ) -> [Prediction] {
    let figures = plan.map {
      RunFigures(
        Simulation.run($0), shares: 1, streamSteps: 0, wait: 0, tokensPerStep: 1)
    }
    return metrics.compactMap { name in
      guard let measured = measured(name, run) else { return nil }
      let row = MeasuredRow(
        caseID: run.name, caseIndex: nil, metric: name, value: measured, keys: keys(of: run))
      let metric = try? Metric(named: name)
      return Prediction(
        row: row, predicted: metric.flatMap { figures?.value(of: $0) }, reason: reason)
    }
  }

  /// In milliseconds, or tokens a second from the first request to the end of the last answer.
  private static func measured(_ metric: String, _ run: ServedRun) -> Double? {
    let requests = run.requests
    switch metric {
    case "e2e_p50": return requests.map { milliseconds($0.request.arrival, $0.end) }.median
    case "ttft_p50": return requests.map { milliseconds($0.request.arrival, $0.firstToken) }.median
    case "tpot_p50":
      return requests.filter { $0.request.completionTokens > 1 }.map {
        milliseconds($0.firstToken, $0.lastToken) / Double($0.request.completionTokens - 1)
      }.median
    case "itl_p50": return run.medianGap
    default:
      guard let start = requests.map(\.request.arrival).min(), let end = requests.map(\.end).max(),
        end > start
      else { return nil }
      let tokens = requests.reduce(0.0) { $0 + Double($1.request.completionTokens) }
      return tokens / milliseconds(start, end) * 1e3
    }
  }

  private static func milliseconds(_ start: Int64, _ end: Int64) -> Double {
    Double(end - start) / 1e6
  }

  private static func keys(of run: ServedRun) -> [String: String] {
    [
      "family": "recorded_engine", "model": run.model ?? "", "engine": run.server,
      "load": run.concurrency == nil ? "recorded" : "concurrency",
      "concurrency": run.concurrency.map { "\($0)" } ?? "", "server": run.server,
    ]
  }
}
