package import ServingSim

/// The gates that refuse requests, by the words of a scenario. A new one is a case here and a line in
/// `meaning` and `gate`.
package enum GateName: String, CaseIterable, Sendable {
  case queueLimit = "queue_limit"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .queueLimit:
      "a request is refused when even the replica with the fewest requests has `max_waiting` of them "
        + "in its queue"
    }
  }

  /// `maxWaiting`: requests in a replica's queue, from 1.
  package func gate(maxWaiting: Int) -> any Gate {
    switch self {
    case .queueLimit: QueueLimitGate(limit: maxWaiting)
    }
  }
}
