package import ServingSim

/// Refuses a request when even the replica with the fewest has `limit` requests waiting. With no
/// replica there nobody is refused: who comes waits for one.
package struct QueueLimitGate: Gate {
  package var limit: Int

  package init(limit: Int) {
    precondition(limit > 0, "a queue in which nobody may wait")
    self.limit = limit
  }

  package mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision {
    guard fleet.count > 0 else { return .admit }
    return fleet[fleet.leastOutstanding].waiting < limit ? .admit : .refuse
  }
}
