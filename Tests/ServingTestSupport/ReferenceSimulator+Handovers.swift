import ServingModel
import ServingSim
import SimKernel

/// A request whose prompt one replica computes and another one answers.
struct ReferenceHandover {
  /// nil: it is lost.
  var prefill: Int?
  var decode: Int
  var prefilled: Instant?
  var toldAt: Instant?
  var isTakenOver = false
  var handoff = 0
}

/// KV entries on their way: what is left of them, in bytes times picoseconds a second.
struct ReferenceFlow {
  var from: ReferenceLink
  var to: ReferenceLink
  var left: Int128
  var rate: Int64 = 1
  var since: Instant
  var end: Instant { since + Instant((max(0, left) + Int128(rate) - 1) / Int128(rate)) }

  init(from: ReferenceLink, to: ReferenceLink, bytes: Int64, since: Instant) {
    self.from = from
    self.to = to
    self.since = since
    left = Int128(bytes) * 1_000_000_000_000
  }
}

struct ReferenceLink {
  var name: String
  var bandwidth: Int64
}

/// Prompts that are computed ahead, and KV entries that follow them, spelled out.
extension ReferenceSimulator {
  var handoverTimes: [Instant] {
    handovers.values.compactMap { $0.isTakenOver ? nil : $0.toldAt }
  }

  /// Who computes the prompt of a request that replica `d` is to answer; nil: `d` does.
  func prefillReplica(_ number: Int, for d: Int, at now: Instant) -> Int? {
    guard let prefill = plan.pools[replicas[d].plan.pool].prefill else { return nil }
    let promptTokens = Int(workload.promptTokens[number])
    let keys = BlockKeys(
      workload.content, number: number, blockSize: replicas[d].plan.blockSize,
      promptTokens: promptTokens)
    let found =
      replicas[d].isOff(at: now)
      ? 0 : replicas[d].matched(keys, tokens: promptTokens) * replicas[d].plan.blockSize
    guard promptTokens - found > prefill.nonCachedTokens else { return nil }
    let own = pool
    pool = prefill.pool
    defer { pool = own }
    return route(number, at: now)
  }

  /// Prompts that replica `p` has just finished.
  func handOver(from p: Int, at now: Instant) {
    for number in replicas[p].handedOver {
      guard let d = handovers[number]?.decode else { continue }
      handovers[number]?.prefilled = now
      handovers[number]?.toldAt =
        now + Instant(replicas[d].plan.kvTransfer?.latency.picoseconds ?? 0)
    }
    replicas[p].handedOver = []
  }

  func endTransfers(at now: Instant) {
    for number in flows.keys.sorted() where flows[number]?.end == now {
      guard let handover = handovers[number], loads[number] == nil else {
        endLeg(number, at: now)
        continue
      }
      handoffs[handover.handoff].arrived = SimTime(picoseconds: now)
      replicas[handover.decode].receive(number)
      endHandover(number, at: now)
    }
  }

  func takeOver(at now: Instant) {
    for number in handovers.keys.sorted() {
      guard let handover = handovers[number], handover.toldAt == now, !handover.isTakenOver,
        let p = handover.prefill,
        !replicas[p].aborting.contains(where: { $0.number == number && $0.fate != .sent })
      else { continue }
      replicas[p].keep(number)
      replicas[handover.decode].expected -= 1
      handovers[number]?.isTakenOver = true
      handovers[number]?.handoff = handoffs.count
      handoffs.append(
        Handoff(
          number: Int32(number), attempt: Int32(outcomes[number].retries) + 1, replica: Int32(p),
          prefilled: SimTime(picoseconds: handover.prefilled ?? now)))
      enqueue(number, at: handover.decode, .awaited, nil, now)
    }
  }

  /// Replica `d` has got blocks.
  func startTransfers(to d: Int, at now: Instant) {
    for (number, blocks) in replicas[d].reservedNow {
      guard let p = handovers[number]?.prefill, let transfer = replicas[d].plan.kvTransfer else {
        continue
      }
      flows[number] = ReferenceFlow(
        from: link(of: p), to: link(of: d), bytes: Int64(blocks) * transfer.blockBytes, since: now)
      handoffs[handovers[number]?.handoff ?? 0].started = SimTime(picoseconds: now)
      share(at: now, but: number)
    }
    replicas[d].reservedNow = []
  }

  private func link(of i: Int) -> ReferenceLink {
    ReferenceLink(name: "replica \(i)", bandwidth: replicas[i].plan.kvTransfer?.bandwidth ?? .max)
  }

  /// Each link is shared equally. One that has just set out has gone nowhere.
  func share(at now: Instant, but new: Int? = nil) {
    let all = flows
    for (number, flow) in all {
      let rate = min(
        max(1, flow.from.bandwidth / Int64(all.values.count { $0.from.name == flow.from.name })),
        max(1, flow.to.bandwidth / Int64(all.values.count { $0.to.name == flow.to.name })))
      if number != new { flows[number]?.left -= Int128(flow.rate) * Int128(now - flow.since) }
      flows[number]?.since = now
      flows[number]?.rate = rate
    }
  }

  func endHandover(_ number: Int, at now: Instant) {
    guard let handover = handovers.removeValue(forKey: number) else { return }
    guard handover.isTakenOver else {
      replicas[handover.decode].expected -= 1
      return
    }
    flows[number] = nil
    share(at: now)
    if let p = handover.prefill { drop(number, .sent, from: p, at: now) }
  }

  /// Requests that replica `i` is to answer, and those whose KV entries it keeps, are lost with it.
  func loseHandovers(of i: Int, at now: Instant) {
    for number in handovers.keys.sorted() {
      guard let handover = handovers[number], handover.decode == i, !handover.isTakenOver,
        let p = handover.prefill
      else { continue }
      drop(number, fateOfLost(number), from: p, at: now)
    }
    for number in handovers.keys.sorted() {
      guard let handover = handovers[number], handover.prefill == i, handover.isTakenOver else {
        continue
      }
      handovers[number]?.prefill = nil
      flows[number] = nil
      share(at: now)
      replicas[i].aborting.append((number, fate: .sent))
      drop(number, fateOfLost(number), from: handover.decode, at: now)
    }
  }

  func fateOfLost(_ number: Int) -> ReferenceFate {
    migrations[number, default: 0] < plan.migrationLimit ? .moved : .lost
  }

  private func drop(_ number: Int, _ fate: ReferenceFate, from i: Int, at now: Instant) {
    replicas[i].aborting.append((number, fate: fate))
    if replicas[i].stepEnd == nil { dropAborted(i, at: now) }
  }
}
