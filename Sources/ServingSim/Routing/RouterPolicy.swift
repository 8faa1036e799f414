/// The routers that a scenario can name.
package enum RouterPolicy: String, CaseIterable, Sendable {
  case roundRobin = "round_robin"
  case leastOutstanding = "least_outstanding"
  case random = "random"
  case sessionAffinity = "session_affinity"
  case prefixAffinity = "prefix_affinity"
  case consolidate = "consolidate"
}
