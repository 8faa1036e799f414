import ServingModel
import ServingSim
import SimKernel

/// Which pool a request goes to, and its way there.
extension ReferenceSimulator {
  /// To its pool, or on its way there.
  func sendOff(_ number: Int, at now: Instant) {
    pool = choosePool(number, at: now)
    let latency = Instant(latency(of: number, to: pool).picoseconds)
    guard latency > 0, !members.isEmpty else { return send(number, at: now) }
    wayBack[number] = latency - latency / 2
    guard latency > 1 else { return send(number, at: now) }
    outcomes[number].status = .underWay
    travelling[number] = (pool, now + latency / 2)
  }

  /// Those reach their pools who are due; where nobody is there, they go on from there.
  func reachPools(at now: Instant) {
    for number in travelling.keys.sorted() {
      guard let journey = travelling[number], journey.arrival == now else { continue }
      travelling[number] = nil
      pool = journey.pool
      if members.isEmpty { sendOff(number, at: now) } else { send(number, at: now) }
    }
  }

  /// No replica has it: none gets it.
  func takeBack(_ number: Int) {
    unsent.removeAll { $0 == number }
    travelling[number] = nil
  }

  func isOnItsWay(_ number: Int) -> Bool {
    unsent.contains(number) || travelling[number] != nil
  }

  /// The replicas of the present pool that requests can be sent to.
  var members: [Int] {
    replicas.indices.filter { replicas[$0].isMember && replicas[$0].plan.pool == pool }
  }

  /// Of those that serve its model and are allowed: with room before full before empty, and then as the
  /// policy says.
  func choosePool(_ number: Int, at now: Instant) -> Int {
    let allowed = allowed(serving(number), for: number)
    let ranks = allowed.map { p in
      let load = load(of: p)
      let isFull = plan.regions.spillover.map { (load ?? 0) >= $0 } ?? false
      let standing = load == nil ? 2 : isFull ? 1 : 0
      let region = plan.pools[p].region
      let score: Double =
        switch plan.regions.policy {
        case .nearest: 0
        case .leastLoaded: load ?? 0
        case .lowestCarbon, .lowestPrice:
          region.map { plan.regions.signals[$0].value(at: Int64(now / 1_000_000_000)) } ?? 0
        }
      return (standing, score, latency(of: number, to: p), load ?? 0, p)
    }
    return ranks.sorted { $0 < $1 }[0].4
  }

  /// The pools that have a request's model; where none has, all.
  func serving(_ number: Int) -> [Int] {
    let model = workload.traits[.model]?[number]
    // Nobody is sent to those who only compute prompts for others.
    let all = plan.pools.indices.filter { p in !plan.pools.contains { $0.prefill?.pool == p } }
    let serving = all.filter { p in
      plan.pools[p].models.isEmpty || model.map { plan.pools[p].models.contains($0) } ?? true
    }
    return serving.isEmpty ? all : serving
  }

  private func allowed(_ candidates: [Int], for number: Int) -> [Int] {
    guard let client = client(of: number) else { return candidates }
    var allowed = candidates.filter { p in
      guard let region = plan.pools[p].region, let served = plan.regions.serves[region] else {
        return true
      }
      return served.contains(client)
    }
    if allowed.isEmpty { allowed = candidates }
    guard let most = plan.regions.maxLatency else { return allowed }
    let near = allowed.filter { latency(of: number, to: $0) <= most }
    return near.isEmpty ? allowed : near
  }

  private func client(of number: Int) -> Int? {
    workload.traits[.region]?[number].flatMap { plan.regions.names.firstIndex(of: $0) }
  }

  private func latency(of number: Int, to p: Int) -> SimDuration {
    guard let client = client(of: number), let region = plan.pools[p].region else { return .zero }
    return plan.regions.latency[client][region]
  }

  /// Requests for each that its members run at once; nil: it has none.
  private func load(of p: Int) -> Double? {
    let members = replicas.filter { $0.isMember && $0.plan.pool == p }
    guard !members.isEmpty else { return nil }
    return Double(members.reduce(0) { $0 + $1.count })
      / Double(members.reduce(0) { $0 + $1.plan.maxNumSeqs })
  }
}
