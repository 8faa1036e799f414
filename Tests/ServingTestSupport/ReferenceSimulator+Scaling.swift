import ServingSim
import SimKernel

/// Pools that grow and shrink, spelled out.
extension ReferenceSimulator {
  /// When scalers look. None does for its own sake.
  var lookTimes: [Instant] { isAtWork ? looks.compactMap { $0 } : [] }

  func beginScaling() {
    scalers = plan.scaling.map(\.scaler)
    looks = scalers.map { _ in 0 }
    for (s, pool) in plan.scaling.enumerated() {
      for i in replicas.indices where replicas[i].plan.group == pool.group {
        replicas[i].scaling = s
        replicas[i].node = node(of: s, at: 0, isThere: true)?.node
        replicas[i].nodeReady = 0
      }
    }
  }

  func look(at now: Instant) {
    for s in scalers.indices where looks[s] == now { scale(s, at: now) }
  }

  private func scale(_ s: Int, at now: Instant) {
    let pool = plan.scaling[s]
    let ranks = pool.replica.dataParallelSize
    let present = replicas.indices.filter { replicas[$0].scaling == s && !replicas[$0].isDraining }
    let decision = scalers[s].look(at: view(of: pool, s, present, at: now))
    sent.removeAll { replicas[$0.replica].scaling == s }
    answered.removeAll { replicas[$0.replica].scaling == s }
    let wanted = min(max(decision.replicas, pool.bounds.lowerBound), pool.bounds.upperBound)
    looks[s] = decision.next > SimTime(picoseconds: now) ? decision.next.picoseconds : nil
    if decision.next.isNever { looks[s] = nil }
    for _ in 0..<max(0, wanted - present.count / ranks) {
      guard let place = node(of: s, at: now, isThere: false) else {
        let scan = Instant((pool.replica.nodes ?? NodePlan()).scanInterval.picoseconds)
        looks[s] = min(looks[s] ?? .max, now + scan)
        break
      }
      for _ in 0..<ranks {
        let wait = SimDuration(picoseconds: Int64(place.readyAt - now))
        make(.add(pool.replica, startUp: wait + pool.startUp), at: now)
        let i = replicas.count - 1
        replicas[i].scaling = s
        replicas[i].node = place.node
        replicas[i].nodeReady = place.readyAt
        expectFailures(of: i, at: now)
      }
    }
    for i in present.dropFirst(wanted * ranks) { make(.drain(i), at: now) }
  }

  /// The first node of pool `s` with room for a replica, or another one; nil: there may not be any.
  private func node(of s: Int, at now: Instant, isThere: Bool) -> (node: Int, readyAt: Instant)? {
    let ranks = plan.scaling[s].replica.dataParallelSize
    let nodes = plan.scaling[s].replica.nodes ?? NodePlan()
    let all = replicas.filter { $0.scaling == s && $0.node != nil }
    let there = all.filter { $0.goneSince == nil }
    for node in Set(there.compactMap(\.node)).sorted() {
      let on = there.filter { $0.node == node }
      guard on.count + (isThere ? 1 : ranks) <= nodes.terms.replicasPerNode * ranks else {
        continue
      }
      return (node, max(now, on[0].nodeReady))
    }
    let count = Set(there.compactMap(\.node)).count
    if let quota = nodes.quota, !isThere, count >= quota { return nil }
    let next = (all.compactMap(\.node).max() ?? -1) + 1
    return (next, now + Instant(nodes.provisioning.picoseconds))
  }

  private func view(of pool: ScalingPlan, _ s: Int, _ present: [Int], at now: Instant) -> PoolView {
    let ranks = pool.replica.dataParallelSize
    let members = present.filter { replicas[$0].isMember }
    let reports = present.map { ReferenceReport(replicas[$0]) }
    let shares = members.map {
      Double(replicas[$0].plan.usableBlocks - replicas[$0].cache.free)
        / Double(replicas[$0].plan.usableBlocks)
    }
    let unsent = unsent.filter { serving($0).contains(pool.replica.pool) }
    let travelling = travelling.values.filter { $0.pool == pool.replica.pool }
    var view = PoolView(
      asOf: SimTime(picoseconds: now), ready: members.count / ranks,
      starting: (present.count - members.count) / ranks,
      waiting: reports.reduce(0) { $0 + $1.waiting },
      running: reports.reduce(0) { $0 + $1.running },
      unsent: unsent.count + travelling.count, maxNumSeqs: pool.replica.maxNumSeqs * ranks,
      kvUse: shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count))
    for request in sent where replicas[request.replica].scaling == s {
      view.traffic.requests += 1
      view.traffic.promptTokens += Int(workload.promptTokens[request.number])
    }
    for request in answered where replicas[request.replica].scaling == s {
      let outcome = outcomes[request.number]
      view.traffic.finished += 1
      view.traffic.outputTokens += Int(outcome.outputTokens)
      view.traffic.decodeTime += outcome.finish.picoseconds - outcome.firstToken.picoseconds
    }
    return view
  }
}
