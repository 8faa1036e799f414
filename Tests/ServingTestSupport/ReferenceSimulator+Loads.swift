import ServingSim
import SimKernel

/// KV entries that a request waits for.
struct ReferenceLoad {
  var replica: Int
  var legs: [(flow: ReferenceFlow, latency: Instant)]
  /// When the first leg begins; nil: it has.
  var startsAt: Instant?
  var record: Int
}

/// KV entries that come from tiers, spelled out.
extension ReferenceSimulator {
  var transferTimes: [Instant] {
    flows.values.map(\.end) + loads.values.compactMap(\.startsAt)
  }

  /// Replica `i` has got blocks.
  func startLoads(to i: Int, at now: Instant) {
    guard let offloading = replicas[i].plan.offloading else { return }
    for (number, counts) in replicas[i].loadsNow {
      var legs: [(ReferenceFlow, Instant)] = []
      for (t, tier) in offloading.secondaryTiers.enumerated() where counts[t + 1] > 0 {
        let link = ReferenceLink(name: "tier \(t) of \(i)", bandwidth: tier.bandwidth)
        let from = tier.store.map {
          ReferenceLink(name: "store \($0)", bandwidth: plan.sharedStores[$0].bandwidth)
        }
        legs.append(
          (
            ReferenceFlow(
              from: from ?? link, to: link, bytes: Int64(counts[t + 1]) * offloading.blockBytes,
              since: now),
            Instant(tier.latency.picoseconds)
          ))
      }
      let host = ReferenceLink(name: "host \(i)", bandwidth: offloading.bandwidth)
      let bytes = Int64(counts.reduce(0, +)) * offloading.blockBytes
      legs.append((ReferenceFlow(from: host, to: host, bytes: bytes, since: now), 0))
      loads[number] = ReferenceLoad(
        replica: i, legs: legs, startsAt: now + legs[0].1, record: loaded.count)
      let blockSize = replicas[i].plan.blockSize
      loaded.append(
        KVLoad(
          number: Int32(number), attempt: Int32(outcomes[number].retries) + 1, replica: Int32(i),
          hostTokens: Int32(counts[0] * blockSize),
          secondaryTokens: Int32(counts.dropFirst().reduce(0, +) * blockSize),
          started: SimTime(picoseconds: now)))
      if legs[0].1 == 0 { startLegs(at: now) }
    }
    replicas[i].loadsNow = []
  }

  func startLegs(at now: Instant) {
    for number in loads.keys.sorted() where loads[number]?.startsAt == now {
      loads[number]?.startsAt = nil
      guard var flow = loads[number]?.legs.first?.flow else { continue }
      flow.since = now
      flows[number] = flow
      share(at: now, but: number)
    }
  }

  /// What one tier had to send has come.
  func endLeg(_ number: Int, at now: Instant) {
    flows[number] = nil
    share(at: now)
    loads[number]?.legs.removeFirst()
    guard let load = loads[number] else { return }
    if let next = load.legs.first {
      loads[number]?.startsAt = now + next.latency
      if next.latency == 0 { startLegs(at: now) }
      return
    }
    loads[number] = nil
    loaded[load.record].arrived = SimTime(picoseconds: now)
    replicas[load.replica].receive(number)
  }

  /// A request has ended at a replica.
  func endLoad(_ number: Int, of i: Int, at now: Instant) {
    guard loads[number]?.replica == i else { return }
    loads[number] = nil
    flows[number] = nil
    share(at: now)
  }
}
