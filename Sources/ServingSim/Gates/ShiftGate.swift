import SimKernel

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
