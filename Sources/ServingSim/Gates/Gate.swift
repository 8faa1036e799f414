package import SimKernel

/// Decides when a request that arrives goes on to the fleet's replicas.
package protocol Gate: Sendable {
  /// Asked when a request arrives, and again when one that it held comes back (`wasHeld`).
  mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision
}

package enum GateDecision: Sendable {
  case admit
  /// It comes again at that time, later than now.
  case hold(until: SimTime)
  /// No replica gets it. Its client is told to wait so long before it tries again, as by HTTP's
  /// `Retry-After`; nil: it is told nothing.
  case refuse(retryAfter: SimDuration?)
}
