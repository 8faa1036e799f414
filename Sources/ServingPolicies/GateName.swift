package import ServingSim

/// The gates that refuse requests, by the words of a scenario. A new one is a case here and a line in
/// `gate`.
package enum GateName: String, CaseIterable, Sendable {
  case queueLimit = "queue_limit"

  /// `maxWaiting`: requests in a replica's queue, from 1.
  package func gate(maxWaiting: Int) -> any Gate {
    switch self {
    case .queueLimit: QueueLimitGate(limit: maxWaiting)
    }
  }
}
