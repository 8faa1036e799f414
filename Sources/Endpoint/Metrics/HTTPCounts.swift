import Synchronization

/// The responses of an endpoint, as the FastAPI instrumentator of vLLM's server counts them
/// (prometheus-fastapi-instrumentator 7): questions of health and metrics are left out, and paths
/// that there are not are `none`.
final class HTTPCounts: Sendable {
  struct Kind: Hashable, Comparable {
    var handler: String
    var method: String

    static func < (a: Kind, b: Kind) -> Bool {
      (a.handler, a.method) < (b.handler, b.method)
    }
  }

  struct Figures {
    /// By the first digit of the status.
    var statuses: [Int: Int] = [:]
    var durations = PrometheusHistogram([0.1, 0.5, 1])
  }

  private let figures = Mutex<[Kind: Figures]>([:])

  /// Counts a response that has ended. `seconds` are real ones, since the head of the request.
  func count(_ path: Substring, _ method: String, status: Int, seconds: Double) {
    guard let handler = Self.handler(of: path) else { return }
    figures.withLock { figures in
      figures[Kind(handler: handler, method: method), default: Figures()].add(status, seconds)
    }
  }

  var all: [(kind: Kind, figures: Figures)] {
    figures.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  /// nil: it is not counted.
  private static func handler(of path: Substring) -> String? {
    switch path {
    case "/health", "/ping", "/ready", "/load", "/version", "/metrics": nil
    case "/v1/completions", "/v1/chat/completions", "/v1/responses", "/tokenize", "/detokenize",
      "/v1/models":
      String(path)
    default: path.hasPrefix("/v1/models/") ? "/v1/models/{model_id}" : "none"
    }
  }
}

extension HTTPCounts.Figures {
  fileprivate mutating func add(_ status: Int, _ seconds: Double) {
    statuses[status / 100, default: 0] += 1
    durations.observe(seconds)
  }
}
