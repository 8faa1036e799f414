import SimKernel
import TraceArchive

/// The figures of a run as its clients measured it, in the units of `Metric`.
struct ServedFigures {
  private let requests: [ServedRequest]
  private let run: ServedRun

  init(_ run: ServedRun) {
    self.run = run
    requests = run.requests
  }

  /// nil: it was not measured.
  func value(of metric: Metric) -> Double? {
    switch metric {
    // Over all gaps; the mean is that over requests, as of tpot.
    case .latency(.itl, .quantile(0.5)): run.medianGap
    case .latency(.itl, .quantile): nil
    case .latency(let latency, let statistic): value(of: statistic, in: nanoseconds(latency))
    case .outputThroughput: throughput
    default: nil
    }
  }

  private func nanoseconds(_ latency: Metric.Latency) -> [Int64] {
    switch latency {
    case .ttft: requests.map { $0.firstToken - $0.request.arrival }
    case .e2e: requests.map { $0.end - $0.request.arrival }
    case .tpot, .itl:
      requests.filter { $0.request.completionTokens > 1 }.map {
        ($0.lastToken - $0.firstToken) / Int64($0.request.completionTokens - 1)
      }
    }
  }

  private func value(of statistic: Metric.Statistic, in latencies: [Int64]) -> Double? {
    guard !latencies.isEmpty else { return nil }
    switch statistic {
    case .mean: return latencies.reduce(0.0) { $0 + Double($1) } / Double(latencies.count) / 1e6
    case .quantile(let share):
      var values = latencies
      return Quantiles.select([share], in: &values).map { $0[0] / 1e6 }
    }
  }

  /// Tokens a second from the first request to the end of the last answer.
  private var throughput: Double? {
    guard run.isTimed, let start = requests.map(\.request.arrival).min(),
      let end = requests.map(\.end).max(), end > start
    else { return nil }
    let tokens = requests.reduce(0.0) { $0 + Double($1.request.completionTokens) }
    return tokens / (Double(end - start) / 1e9)
  }
}
