package import ServingSim
package import SimKernel

/// Refuses a request when even the replica with the fewest has `limit` requests waiting. With no
/// replica there nobody is refused: who comes waits for one.
package struct QueueLimitGate: Gate {
  package var limit: Int
  package var retryAfter: SimDuration?

  package init(limit: Int, retryAfter: SimDuration? = nil) {
    precondition(limit > 0, "a queue in which nobody may wait")
    self.limit = limit
    self.retryAfter = retryAfter
  }

  package mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision {
    guard fleet.count > 0 else { return .admit }
    return fleet[fleet.leastOutstanding].waiting < limit
      ? .admit : .refuse(retryAfter: retryAfter)
  }
}
