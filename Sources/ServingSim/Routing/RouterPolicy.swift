/// The routers that a scenario can name.
package enum RouterPolicy: String, CaseIterable, Sendable {
  case roundRobin = "round_robin"
  case leastOutstanding = "least_outstanding"
  case random = "random"
  case sessionAffinity = "session_affinity"
  case prefixAffinity = "prefix_affinity"
  case consolidate = "consolidate"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .roundRobin: "one replica after the other"
    case .leastOutstanding: "the replica with the fewest requests that have not ended"
    case .random: "any replica"
    case .sessionAffinity: "the replica where the conversation began"
    case .prefixAffinity:
      "the replica where most of the prompt is cached, unless that replica is overloaded"
    case .consolidate:
      "the first replica that is switched on and has a seat free, so that the others can be off"
    }
  }
}
