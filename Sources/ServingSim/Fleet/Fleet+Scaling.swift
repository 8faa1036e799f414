import SimKernel

/// Pools that grow and shrink.
extension Fleet {
  /// The scaler of pool `s` looks at it, and what it decides is done. A data parallel replica is as
  /// many engines as it has ranks: it comes and goes as one.
  mutating func scale(_ s: Int) {
    let engines = scaling[s].replica.dataParallelSize
    let present = (0..<count).filter { standings[$0].scaling == s && standings[$0].life.isPresent }
    let decision = scaling[s].scaler.look(at: view(of: s, present))
    let bounds = scaling[s].bounds
    let wanted = min(max(decision.replicas, bounds.lowerBound), bounds.upperBound) * engines
    let (plan, startUp) = (scaling[s].replica, scaling[s].startUp)
    for _ in present.count..<max(wanted, present.count) {
      let i = add(plan, startUp: startUp)
      standings[i].scaling = Int32(s)
    }
    for i in present.dropFirst(wanted) { drain(i) }
    guard decision.next.picoseconds > instant, !decision.next.isNever else { return }
    agenda.add(.tick, s, at: decision.next.picoseconds)
  }

  private mutating func view(of s: Int, _ present: [Int]) -> PoolView {
    let engines = scaling[s].replica.dataParallelSize
    let ready = present.count { standings[$0].life.isMember }
    return PoolView(
      asOf: SimTime(picoseconds: instant), ready: ready / engines,
      starting: (present.count - ready) / engines,
      waiting: present.reduce(0) { $0 + replicas[$1].queue.count },
      running: present.reduce(0) { $0 + replicas[$1].batch.running.count },
      unsent: unsent(for: scaling[s].replica.pool),
      maxNumSeqs: scaling[s].replica.maxNumSeqs * engines, kvUse: kvUse(of: present))
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
