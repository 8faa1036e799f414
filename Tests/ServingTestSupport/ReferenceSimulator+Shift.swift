import ServingSim
import SimKernel

/// Requests that wait for a better time, spelled out.
extension ReferenceSimulator {
  func hold(_ number: Int, at now: Instant) -> Bool {
    // Its client can have gone while it was held.
    if outcomes[number].status == .aborted { return true }
    guard let shift = plan.shift, let deadline = workload.deadlines?[number],
      deadline < .longest, !isBack(number, at: now)
    else { return false }
    if outcomes[number].arrival == .never {
      outcomes[number].arrival = SimTime(picoseconds: now)
    }
    let due = outcomes[number].arrival.picoseconds + Instant(deadline.picoseconds)
    let release = release(at: now, due: due, shift)
    guard release > now else { return false }
    outcomes[number].status = .underWay
    held.append(HeldRequest(number: Int32(number), release: SimTime(picoseconds: release)))
    arrivals.append((release, number))
    return true
  }

  /// Looks at every slot.
  private func release(at now: Instant, due: Instant, _ shift: ShiftPlan) -> Instant {
    let spacing = Instant(shift.spacing.picoseconds)
    let reserve = Instant(shift.reserve.picoseconds)
    func mean(_ time: Instant) -> Double {
      shift.signal.mean(
        fromSeconds: Double(time) / 1e12, toSeconds: Double(time + reserve) / 1e12)
    }
    var slot = now / spacing + 1
    var best: (slot: Instant?, mean: Double) = (nil, mean(now))
    while slot * spacing <= due - reserve {
      let mean = mean(slot * spacing)
      if !takenSlots.contains(slot), mean < best.mean - 1e-9 * abs(best.mean) {
        best = (slot, mean)
      }
      slot += 1
    }
    guard let slot = best.slot else { return now }
    takenSlots.insert(slot)
    return slot * spacing
  }
}
