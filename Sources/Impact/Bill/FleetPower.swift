package import ServingSim
import SimKernel
import ServingModel

/// What all accelerators draw in each window, by each of the bill's power models and by the model, or
/// the two models, in the middle of them.
struct FleetPower {
  /// By model, replica and window.
  private var efforts: [[[PhaseEffort]]]
  private let lengths: [Double]
  /// Seconds for which each replica's accelerators are held, by window.
  private let held: [[Double]]
  /// The models in the middle of each window: one, or two of an even number.
  private var middle: [(Int, Int)] = []
  private(set) var spreads: [PowerSpread] = []
  /// Joules by each model.
  private(set) var totals: [Double]

  init(_ run: FinishedRun, plan: ImpactPlan, lengths: [Double]) {
    self.lengths = lengths
    let whole = run.recording.windowLengths
    let time = HeldTime(run)
    let held = time.held.map { $0.map { Double($0) * 1e-12 } }
    self.held = held
    efforts = plan.power.map { choice in
      run.replicas.indices.map { number in
        let power = ReplicaPower(run.replicas[number], choice)
        let presence = run.recording.presence(of: number)
        let windows = run.recording.replicas[number].windows
        return lengths.indices.map { window in
          var effort = PhaseEffort(
            window < windows.count ? windows[window] : WindowTotals(), held: held[number][window],
            absence: Double(whole[window] - presence[window]), power: power)
          effort.paidAfter = Double(time.paidAfter[number][window]) * 1e-12
          return effort
        }
      }
    }
    totals = [Double](repeating: 0, count: plan.power.count)
    for window in lengths.indices { addWindow(window) }
  }

  private mutating func addWindow(_ window: Int) {
    let joules = efforts.map { replicas in
      replicas.reduce(0) { $0 + $1[window].joules.sum() }
    }
    for (model, value) in joules.enumerated() { totals[model] += value }
    let order = joules.indices.sorted { (joules[$0], $0) < (joules[$1], $1) }
    middle.append((order[(order.count - 1) / 2], order[order.count / 2]))
    spreads.append(PowerSpread(joules.map { $0 / lengths[window] }))
  }

  /// Of one replica, by window.
  func efforts(of replica: Int) -> [PhaseEffort] {
    lengths.indices.map { window in
      let (a, b) = middle[window]
      var effort = efforts[a][replica][window]
      if a != b { effort.joules = (effort.joules + efforts[b][replica][window].joules) / 2 }
      return effort
    }
  }

  /// The servers' draw in each window as a share of the most that the fleet can draw when it is at
  /// its largest; 0 where that is not known.
  func itLoads(
    _ accounts: [ReplicaAccount], replicas: [FinishedReplica], host: HostPower?
  ) -> [Double] {
    let factor = host?.perAcceleratorWatt ?? 1
    let fleets = lengths.indices.map { window in
      var (most, still) = (0.0, 0.0)
      for (number, replica) in replicas.enumerated() {
        let share = held[number][window] / lengths[window]
        let count = Double(replica.acceleratorCount) * share
        most += count * (replica.accelerator?.thermalDesignPower?.value ?? 0) * factor
        still += count * accounts[number].hostWatts
      }
      return (most: most, still: still)
    }
    let most = fleets.map { $0.most + $0.still }.max() ?? 0
    guard most > 0 else { return lengths.map { _ in 0 } }
    return zip(spreads, fleets).map { ($0.median * factor + $1.still) / most }
  }
}

extension ReplicaPower {
  /// nil where the replica's draw cannot be told.
  package init?(_ replica: FinishedReplica, _ choice: PowerChoice) {
    guard let accelerator = replica.accelerator, let meter = replica.meter,
      let designPower = accelerator.thermalDesignPower
    else { return nil }
    self.init(
      law: choice.law(for: accelerator), thermalDesignPower: designPower,
      accelerators: replica.acceleratorCount, meter: meter, cap: replica.powerCap)
  }
}
