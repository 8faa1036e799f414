import ServingModel
package import ServingSim
import SimKernel

extension Bill {
  /// The bill of a run, with what `request` bears of it. Takes time linear in the run's requests and
  /// windows.
  package init(_ run: FinishedRun, plan: ImpactPlan, request: Int? = nil) {
    let cells = BillCells(run, plan: plan)
    let knowledge = BillKnowledge(run, plan: plan, cells: cells)
    self.plan = plan
    known = knowledge.known
    unknowns = knowledge.unknowns
    assumptions = plan.assumptions + cells.sources
    phases = BillPhase.allCases.map { phase in
      cells.amounts.reduce(Amounts()) { sum, replica in
        stride(from: phase.rawValue, to: replica.count, by: 3).reduce(sum) { $0 + replica[$1] }
      }
    }
    replicas = cells.amounts.map { $0.reduce(Amounts(), +) }
    total = replicas.reduce(Amounts(), +)
    windows = cells.windows
    ensemble = zip(plan.power, cells.ensemble).map { ($0.name, $1) }

    if request != nil { charge = RequestCharge() }
    var parts = BillParts(run)
    var shares = RequestShares(run, cells: cells)
    for i in run.recording.outcomes.indices {
      guard let share = shares.next(i) else { continue }
      parts.add(share, request: i)
      if i == request { charge?.answer = share }
    }
    for attempt in run.recording.lost {
      let share = shares.next(lost: attempt)
      lost = (lost ?? Amounts()) + share
      if Int(attempt.number) == request { charge?.attempts.append(share) }
      parts.addLost(share, request: Int(attempt.number))
    }
    parts.addUnassigned(shares.unassigned)
    byLabel = parts.byLabel
    requests = parts.requestBill
    denominators = parts.denominators
    groups = parts.byReplica(replicas) { run.replicas[$0].group }
    models = parts.byReplica(replicas) { run.replicas[$0].model }
    fleetRegions = parts.byReplica(replicas) { run.replicas[$0].region }
  }
}

extension BillCells {
  fileprivate var windows: [BillWindow] {
    lengths.indices.map { window in
      var sum = Amounts()
      for replica in amounts {
        sum += replica[3 * window] + replica[3 * window + 1] + replica[3 * window + 2]
      }
      return BillWindow(
        start: Double(window) * lengths[0], length: lengths[window], amounts: sum,
        power: power[window])
    }
  }
}
