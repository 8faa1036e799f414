/// One replica computes a prompt, another one answers it, and KV entries go from the one to the other: as
/// vLLM does with its NixlConnector (`vllm/v1/core/sched/scheduler.py` and
/// `vllm/distributed/kv_transfer/kv_connector/v1/nixl_connector.py`, 0.11).
///
/// The replica that answers has blocks for the whole prompt before anything is sent, and computes the
/// prompt's last token again, which yields the answer's first. The other keeps its blocks until all is
/// there.
extension Replica {
  /// The prompt of a running request is computed, which is all that there is to be done here.
  @inline(never)
  mutating func handOver(_ id: Int32) {
    batch.running.remove(id, in: live)
    if settings.speculates { giveBackLookahead(id) }
    live[id].handover = .computed
    parked.append(id)
    departures.handedOver.append(live[id].number)
  }

  /// Requests that are here and do not run.
  @inline(__always)
  var waitingCount: Int { queue.count &+ parked.ownCount }

  /// The KV entries of request `number` have come: it goes before those who wait.
  mutating func receive(_ number: Int32) {
    let id = parked.receive(number, in: live)
    guard !live[id].isLoading else { return }
    live[id].computedTokens = live[id].knownTokens &- 1
  }

  /// Admits those whose KV entries have come, from another replica or from a tier, as long as there are
  /// seats and tokens.
  @inline(never)
  mutating func admitReceived(_ budget: inout Int, at now: Int64) {
    var joined = 0
    while joined < parked.received.count, batch.running.count < settings.maxNumSeqs, budget > 0 {
      let id = parked.received[joined]
      batch.admit(id, in: live)
      if live[id].isLoading {
        takeUpLoaded(id, at: now)
        let tokens = nextChunk(of: id, budget)
        prefill(id, tokens: tokens, newBlocks: blocksForPrefill(id, tokens: tokens), &budget)
      } else {
        live[id].handover = .none
        prefill(id, tokens: 1, newBlocks: 0, &budget)
      }
      joined += 1
    }
    parked.joined(joined)
  }

  /// Nobody is served before a transfer frees blocks or ends. Who would have missed a step misses none.
  @inline(never)
  mutating func waitForTransfers(at now: Int64) -> Bool {
    precondition(!parked.isEmpty, "an engine that waits for nothing")
    isBusy = false
    if !queue.inbox.isEmpty {
      queue.takeInbox(arrivedBy: now, isIdle: true, in: live)
      return begin(at: now)
    }
    idleSince = epoch.instant(now)
    return false
  }

  /// Gives the request that the walk has come to, whose prompt another replica has computed, the blocks
  /// of that prompt.
  @inline(never)
  mutating func reserve(_ id: Int32, at now: Int64) -> AdmissionResult {
    let known = Int(live[id].knownTokens)
    let found = findPrefix(of: id, tokens: known)
    let missing = settings.blockSize.blocks(for: known) - found.blocks
    let reserve = batch.running.count > 0 ? settings.watermarkBlocks : 0
    guard missing + found.unheld + reserve <= kv.free else { return .noMemory }
    leaveQueue(id, at: now)
    kv.hold(&live[id].content, matched: found.blocks)
    kv.take(missing)
    live[id].handover = .receiving
    parked.append(id)
    parked.reserved.append(
      ParkedRequests.Reservation(number: live[id].number, blocks: Int32(missing)))
    return .admitted
  }

  /// Blocks that a request has which does not run.
  func parkedBlocks(of id: Int32) -> Int {
    live[id].handover.holdsBlocks || live[id].isLoading
      ? settings.blockSize.blocks(for: Int(live[id].knownTokens)) : 0
  }

  /// Nobody needs the KV entries of request `number` any more, which another replica has.
  mutating func releaseKept(_ number: Int32) {
    guard let id = parked.takeKept(number, in: live) else { return }
    giveBackParked(id)
    live.remove(id)
  }

  /// Gives back what a request has that does not run. Of KV entries that were to come here, those are
  /// kept that were here before.
  mutating func giveBackParked(_ id: Int32) {
    let allocated = parkedBlocks(of: id)
    guard allocated > 0 else { return }
    let isComputedHere = live[id].handover == .computed || live[id].handover == .kept
    let full =
      isComputedHere
      ? settings.blockSize.full(Int(live[id].knownTokens)) : Int(live[id].content.named)
    kv.release(&live[id].content, allocated: allocated, full: full, ended: true)
  }
}
