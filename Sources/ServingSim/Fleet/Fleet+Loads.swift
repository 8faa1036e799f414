import SimKernel

/// KV entries that come from tiers.
extension Fleet {
  /// Replica `i` has got blocks for requests whose KV entries its tiers have.
  @inline(never)
  mutating func startLoads(to i: Int) {
    for load in replicas[i].tiers.begun {
      let number = Int(load.number)
      let tokens = load.blocks.map { $0 * replicas[i].plan.blockSize }
      let record = log.pointee.loads(number, tokens, replica: i, at: instant)
      loads[number] = Loads.Load(replica: i, legs: legs(of: load, to: i), record: record)
      awaitLeg(number)
    }
    replicas[i].tiers.begun.removeAll()
  }

  private func legs(of load: Tiers.Load, to i: Int) -> [Loads.Leg] {
    guard let plan = replicas[i].tiers.plan else { return [] }
    var legs: [Loads.Leg] = []
    for (t, tier) in plan.secondaryTiers.enumerated() where load.blocks[t + 1] > 0 {
      let to = Transfers.Link(place: .tier(i, t), bandwidth: tier.bandwidth)
      let from = tier.store.map {
        Transfers.Link(place: .store($0), bandwidth: storeBandwidths[$0])
      }
      legs.append(
        Loads.Leg(
          from: from ?? to, to: to, bytes: Int64(load.blocks[t + 1]) * plan.blockBytes,
          latency: tier.latency))
    }
    let host = Transfers.Link(place: .host(i), bandwidth: plan.bandwidth)
    let blocks = Int64(load.blocks.reduce(0, +))
    return legs + [
      Loads.Leg(from: host, to: host, bytes: blocks * plan.blockBytes, latency: .zero)
    ]
  }

  private mutating func awaitLeg(_ number: Int) {
    guard let latency = loads[number]?.legs.first?.latency else { return }
    let start = instant + Instant(latency.picoseconds)
    loads[number]?.startsAt = start
    if latency == .zero { startLeg(number) } else { agenda.add(.loading, number, at: start) }
  }

  /// A tier begins to send what request `number` waits for, if that is due now.
  mutating func startLeg(_ number: Int) {
    guard let load = loads[number], load.startsAt == instant, let leg = load.legs.first else {
      return
    }
    loads[number]?.startsAt = nil
    expect(
      transfers.start(Int32(number), bytes: leg.bytes, from: leg.from, to: leg.to, at: instant))
  }

  /// What one tier had to send of request `number` has come.
  mutating func endLeg(_ number: Int) {
    expect(transfers.stop(Int32(number), at: instant))
    loads[number]?.legs.removeFirst()
    guard let load = loads[number], load.legs.isEmpty else { return awaitLeg(number) }
    loads[number] = nil
    log.pointee.loads[load.record].arrived = SimTime(picoseconds: instant)
    receive(number, at: load.replica)
  }

  /// Requests have ended at replica `i`: nothing more comes for them.
  @inline(never)
  mutating func endLoads(of i: Int) {
    for e in 0..<replicas[i].departures.ended.count {
      let number = replicas[i].departures.ended[e]
      guard loads[Int(number)] != nil else { continue }
      loads[Int(number)] = nil
      expect(transfers.stop(number, at: instant))
    }
  }
}
