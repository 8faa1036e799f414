package import ServingSim
import SimKernel

/// Refuses a request whose deadline cannot be met any more, even if it were served at once and alone: no
/// replica could compute its prompt, less what it has cached, and `outputTokens` tokens of its answer by
/// then (`FleetView.timeAlone`). How long the answer will be nobody knows; with one token the estimate is
/// the least that it can take. Requests without a deadline are let in, and so is everybody while there
/// is no replica.
package struct DeadlineSheddingGate: Gate {
  package let outputTokens: Int

  package init(outputTokens: Int = 1) {
    precondition(outputTokens > 0, "an answer without a token")
    self.outputTokens = outputTokens
  }

  package mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision {
    guard !request.due.isNever, fleet.count > 0 else { return .admit }
    let canBeMet = (0..<fleet.count).contains { place in
      let time = fleet.timeAlone(on: fleet.member(place), outputTokens: outputTokens)
      return request.arrival + time <= request.due
    }
    // Later it could be met even less.
    return canBeMet ? .admit : .refuse(retryAfter: nil)
  }
}
