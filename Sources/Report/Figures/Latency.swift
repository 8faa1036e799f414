import ServingModel
import ServingSim
import SimKernel

/// The latencies that are drawn.
enum Latency: String, CaseIterable, Sendable {
  case timeToFirstToken = "ttft"
  case interToken = "itl"
  case timePerOutputToken = "tpot"
  case endToEnd = "e2e"
  case queueing

  var name: String {
    switch self {
    case .queueing: "Queueing"
    default: rawValue.uppercased()
    }
  }

  var longName: String {
    switch self {
    case .timeToFirstToken: "time to first token"
    case .interToken: "time between neighbouring tokens"
    case .timePerOutputToken: "time per output token"
    case .endToEnd: "end-to-end time"
    case .queueing: "time in the queue"
    }
  }

  /// In picoseconds; nil when the request does not have it. Not kept for each request: `interToken`.
  func value(_ outcome: Outcome) -> Instant? {
    guard outcome.status == .finished else { return nil }
    switch self {
    case .timeToFirstToken: return outcome.timeToFirstToken
    case .timePerOutputToken: return outcome.timePerOutputToken
    case .endToEnd: return outcome.endToEnd
    case .queueing: return outcome.queueing
    case .interToken: return nil
    }
  }

  func distribution(in metrics: LatencyMetrics) -> Distribution? {
    switch self {
    case .timeToFirstToken: metrics.timeToFirstToken
    case .interToken: metrics.interToken
    case .timePerOutputToken: metrics.timePerOutputToken
    case .endToEnd: metrics.endToEnd
    case .queueing: metrics.queueing
    }
  }

  var objective: Objective? { Objective(rawValue: rawValue) }
  var expectedError: ExpectedError.Metric? { ExpectedError.Metric(rawValue: rawValue) }
}
