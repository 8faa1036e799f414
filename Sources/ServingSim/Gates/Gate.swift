package import SimKernel

/// Decides when a request that arrives goes on to the fleet's replicas.
package protocol Gate {
  /// Asked when a request arrives, and again when one that it held comes back (`wasHeld`).
  mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision
}

package enum GateDecision: Sendable {
  case admit
  /// It comes again at that time, later than now.
  case hold(until: SimTime)
}

/// Lets everybody through as they arrive.
struct OpenGate: Gate {
  mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision { .admit }
}

/// Holds requests that can wait until a signal is low (`ReleaseSchedule`).
struct ShiftGate: Gate {
  private var schedule: ReleaseSchedule

  init(_ plan: ShiftPlan) { schedule = ReleaseSchedule(plan) }

  mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision {
    guard !wasHeld, !request.due.isNever else { return .admit }
    let now = request.arrival.picoseconds
    let release = schedule.release(at: now, due: request.due.picoseconds)
    return release > now ? .hold(until: SimTime(picoseconds: release)) : .admit
  }
}
