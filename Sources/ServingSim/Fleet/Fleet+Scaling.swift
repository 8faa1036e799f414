import SimKernel

/// Pools that grow and shrink.
extension Fleet {
  /// The scaler of pool `s` looks at it, and what it decides is done. A data parallel replica is as
  /// many engines as it has ranks: it comes and goes as one.
  mutating func scale(_ s: Int) {
    let engines = scaling[s].replica.dataParallelSize
    let present = (0..<count).filter { standings[$0].scaling == s && standings[$0].life.isPresent }
    let decision = scaling[s].scaler.look(at: view(of: s, present))
    traffic[s] = PoolTraffic()
    let bounds = scaling[s].bounds
    let wanted = min(max(decision.replicas, bounds.lowerBound), bounds.upperBound) * engines
    var missing = max(0, wanted - present.count) / engines
    while missing > 0, startReplica(of: s) { missing -= 1 }
    for i in present.dropFirst(wanted) { drain(i) }
    var next = decision.next
    if missing > 0 { next = min(next, SimTime(picoseconds: instant) + nodes[s].scanInterval) }
    guard next.picoseconds > instant, !next.isNever else { return }
    agenda.add(.tick, s, at: next.picoseconds)
  }

  /// Another replica of pool `s`; false: there is no node for it.
  private mutating func startReplica(of s: Int) -> Bool {
    guard let place = nodes[s].place(at: instant) else { return false }
    let wait = SimDuration(picoseconds: Int64(place.readyAt - instant))
    for _ in 0..<scaling[s].replica.dataParallelSize {
      let i = add(scaling[s].replica, startUp: wait + scaling[s].startUp)
      standings[i].scaling = Int32(s)
      standings[i].node = Int32(place.node)
    }
    return true
  }

  /// Replica `i`, there from the start, is the `engine`th of pool `s`. The ranks of a data parallel one
  /// stand together.
  mutating func settle(_ i: Int, in s: Int, engine: Int) {
    standings[i].scaling = Int32(s)
    let isFirst = engine.isMultiple(of: scaling[s].replica.dataParallelSize)
    standings[i].node = isFirst ? Int32(nodes[s].settle()) : standings[i - 1].node
  }

  private mutating func view(of s: Int, _ present: [Int]) -> PoolView {
    let engines = scaling[s].replica.dataParallelSize
    let ready = present.count { standings[$0].life.isMember }
    var view = PoolView(
      asOf: SimTime(picoseconds: instant), ready: ready / engines,
      starting: (present.count - ready) / engines,
      waiting: present.reduce(0) {
        $0 + replicas[$1].waitingCount + Int(standings[$1].expected)
      },
      running: present.reduce(0) { $0 + replicas[$1].batch.running.count },
      unsent: unsent(for: scaling[s].replica.pool),
      maxNumSeqs: scaling[s].replica.maxNumSeqs * engines, kvUse: kvUse(of: present))
    view.traffic = traffic[s]
    return view
  }

  /// Requests have ended at replica `i`.
  @inline(never)
  mutating func countAnswers(of i: Int) {
    let s = Int(standings[i].scaling)
    for e in 0..<replicas[i].departures.ended.count {
      let outcome = log.pointee.outcomes[Int(replicas[i].departures.ended[e])]
      if outcome.status == .finished { traffic[s].finished(outcome) }
    }
  }

  /// The mean over those that requests can be sent to.
  private func kvUse(of present: [Int]) -> Double {
    let members = present.filter { standings[$0].life.isMember }
    let shares = members.map {
      Double(replicas[$0].usedBlocks(at: instant)) / Double(replicas[$0].kv.capacity)
    }
    return shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
  }
}
