/// Why a request did not get its whole answer.
package enum ExchangeFailure: Error, Hashable, Sendable {
  /// No connection: refused, unknown host, TLS that failed.
  case connect(String)
  /// The server closed the connection before the end of its answer.
  case closed
  case timeout(Phase)
  /// An answer with a status that is no success, and what it says.
  case status(Int, String)
  /// An error inside an answer that began as a success.
  case inStream(String)
  /// What came is no answer of the protocol, or larger than the bounds.
  case malformed(String)
  /// The answer is whole, but its counts of tokens cannot be.
  case miscounted(String)
  /// The recording was stopped.
  case cancelled

  package enum Phase: String, Hashable, Sendable {
    case connect = "connecting"
    case firstToken = "waiting for the first token"
    case total = "waiting for the end"
  }

  /// A word of llm-trace's column `status`.
  package var status: String {
    switch self {
    case .timeout: "timeout"
    case .cancelled: "cancelled"
    case .status(let code, _) where code == 429 || code == 503: "rejected"
    default: "failed"
    }
  }

  /// What went wrong, for llm-trace's column `error_type`.
  package var reason: String { String(fullReason.prefix(Self.longestReason)) }

  private static let longestReason = 400

  /// What those of its kind have in common, to count them by.
  package var kind: String {
    if case .connect = self { return reason }
    return reason.firstRange(of: ": ").map { String(reason[..<$0.lowerBound]) } ?? reason
  }

  private var fullReason: String {
    switch self {
    case .connect(let reason): "no connection: \(reason)"
    case .closed: "connection closed before the answer's end"
    case .timeout(let phase): "timeout \(phase.rawValue)"
    case .status(let code, let text): text.isEmpty ? "HTTP \(code)" : "HTTP \(code): \(text)"
    case .inStream(let text): "error in the stream: \(text)"
    case .malformed(let text): text
    case .miscounted(let text): "impossible counts: \(text)"
    case .cancelled: "stopped"
    }
  }

  /// Whether the server may answer when it is asked again: it was busy or not there.
  var isWorthRetrying: Bool {
    switch self {
    case .connect, .status(429, _), .status(503, _): true
    default: false
    }
  }
}
