package import ServingSim
import SimKernel

/// What one replica draws, stretch after stretch: the bill's energy laid out over time, so that
/// another program can add it up again.
package struct DrawProfile: Hashable, Sendable {
  package enum State: Int, CaseIterable, Sendable {
    /// Phases as the bill has them.
    case prefill, decode, idle
    /// Provisioned and switched off.
    case off
    /// Not part of the fleet.
    case absent
  }

  /// A time in which the replica draws the same throughout.
  package struct Stretch: Hashable, Sendable {
    package var state: State
    package var seconds: Double
    /// Of all accelerators of the replica.
    package var accelerators: Joules
    /// Of all else that the bill counts: its share of the hosts, cooling and supply.
    package var rest: Joules
  }

  /// For each of the bill's windows, in the order of `State`, which within a window is not that of
  /// the run; a state without time is left out.
  package var windows: [[Stretch]]

  /// One for each replica; their energy adds up to that of the bill.
  package static func all(_ run: FinishedRun, plan: ImpactPlan) -> [DrawProfile] {
    let cells = BillCells(run, plan: plan)
    let whole = run.recording.windowLengths
    let hostShare = (plan.host?.value.perAcceleratorWatt ?? 1) - 1
    return run.replicas.indices.map { replica in
      let recording = run.recording.replicas[replica]
      let count = Double(run.replicas[replica].acceleratorCount)
      let presence = run.recording.presence(of: replica)
      return DrawProfile(
        windows: cells.lengths.indices.map { window in
          let absent = Double(whole[window] - presence[window])
          let offTime = window < recording.windows.count ? recording.windows[window].offTime : 0
          let amounts = cells.amounts[replica][3 * window..<3 * window + 3]
          let there = stretches(
            Array(amounts), accelerators: count, off: max(0, offTime - absent) * 1e-12,
            hostShare: hostShare)
          let own = Double(presence[window]) * 1e-12
          let shared = run.replicas[replica].nodes == nil ? there : sharing(there, within: own)
          guard absent > 0 else { return shared }
          return shared + [
            Stretch(state: .absent, seconds: absent * 1e-12, accelerators: .zero, rest: .zero)
          ]
        })
    }
  }

  /// `amounts` by phase; of the idle time the replica was off for `off` seconds.
  private static func stretches(
    _ amounts: [Amounts], accelerators count: Double, off: Double, hostShare: Double
  ) -> [Stretch] {
    var stretches = BillPhase.allCases.map { phase in
      let amount = amounts[phase.rawValue]
      return Stretch(
        state: State(phase), seconds: amount[.acceleratorTime] / count,
        accelerators: Joules(amount[.acceleratorEnergy]),
        rest: Joules(amount[.hostEnergy] + amount[.facilityOverhead]))
    }
    let idle = amounts[BillPhase.idle.rawValue]
    let total = stretches[BillPhase.idle.rawValue].seconds
    let seconds = min(off, total)
    if seconds > 0 {
      // Hosts stay on when accelerators are off: what they draw whatever those do goes on.
      let still = idle[.hostEnergy] - hostShare * idle[.acceleratorEnergy]
      let effectiveness =
        idle.serverEnergy > 0 ? idle.facilityEnergy / idle.serverEnergy : 1
      let rest = still * effectiveness * seconds / total
      stretches[BillPhase.idle.rawValue].seconds = total - seconds
      stretches[BillPhase.idle.rawValue].rest.value -= rest
      stretches.append(
        Stretch(state: .off, seconds: seconds, accelerators: .zero, rest: Joules(rest)))
    }
    return stretches.filter { $0.seconds > 0 }
  }

  /// The same where the idle time is also that of empty places of a node: what these draw is drawn evenly
  /// in the `own` seconds in which the replica is there.
  private static func sharing(_ stretches: [Stretch], within own: Double) -> [Stretch] {
    guard let idle = stretches.firstIndex(where: { $0.state == .idle }), own > 0 else {
      return stretches
    }
    var shared = stretches
    let others = stretches.reduce(0) { $0 + ($1.state == .idle ? 0 : $1.seconds) }
    let left = max(0, own - others)
    let empty = max(0, stretches[idle].seconds - left)
    guard empty > 0 else { return stretches }
    let share = empty / stretches[idle].seconds
    let (accelerators, rest) = (
      share * stretches[idle].accelerators.value, share * stretches[idle].rest.value
    )
    shared[idle].seconds = left
    shared[idle].accelerators.value -= accelerators
    shared[idle].rest.value -= rest
    let seconds = others + left
    for i in shared.indices {
      shared[i].accelerators.value += accelerators * shared[i].seconds / seconds
      shared[i].rest.value += rest * shared[i].seconds / seconds
    }
    return shared.filter { $0.seconds > 0 }
  }
}

extension DrawProfile.State {
  fileprivate init(_ phase: BillPhase) {
    switch phase {
    case .prefill: self = .prefill
    case .decode: self = .decode
    case .idle: self = .idle
    }
  }
}
