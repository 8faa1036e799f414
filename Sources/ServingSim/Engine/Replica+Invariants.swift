import ServingModel

/// What holds of a replica between two spans, part by part: what is kept in sums and lists, added up
/// anew. Debug builds check it now and then, others never.
extension Replica {
  @inline(__always)
  func checkInvariants() { assert(recorder.spans & 15 != 0 || breach() == nil, breach() ?? "") }

  /// What does not hold, in words; nil: all does.
  func breach() -> String? {
    decoders.breach(batch.running.ids(in: live).filter { live[$0].isDecoding }, in: live)
      ?? batch.breach(in: live, verifiesDrafts: settings.speculates) ?? queue.breach(in: live)
      ?? missed.breach(in: live)
      ?? pause.breach(decoding: decoders.count)
      ?? (departures.aborting.isEmpty ? nil : "a request is left that was to be dropped")
      ?? breachOfService() ?? kv.breach() ?? breachOfUse()
  }

  /// The pool has the running requests' blocks in use, and no others.
  private func breachOfUse() -> String? {
    // A text that several hold is there once, and copies of it are.
    if kv.findsPrefixes && kv.paths != nil { return nil }
    let held = parked.all.reduce(0) { $0 + parkedBlocks(of: $1) }
    let used = batch.running.ids(in: live).reduce(held) {
      let computed =
        live[$1].isDecoding
        ? Int(decoders.context(of: $1, in: live)) : Int(live[$1].computedTokens)
      return $0 + allocatedBlocks(of: $1, computed: computed)
    }
    return kv.used == used ? nil : "\(kv.used) blocks are in use, not \(used)"
  }
}

extension Batch {
  fileprivate func breach(
    in live: borrowing Slab<LiveRequest>, verifiesDrafts: Bool
  ) -> String? {
    let ids = running.ids(in: live)
    guard ids.count == running.count, ids.last ?? -1 == running.last else {
      return "\(ids.count) requests run, not \(running.count)"
    }
    for (id, next) in zip(ids, ids.dropFirst()) {
      guard live[next].previous == id, live[id].admission < live[next].admission else {
        return "request \(live[next].number) does not know its neighbour"
      }
    }
    guard ids.filter({ !live[$0].isDecoding }) == Array(unfinished.elements) else {
      return "\(unfinished.count) unfinished prompts are not those who run and do not decode"
    }
    let tokens = (0..<chunks.count).reduce(0) { $0 + Int(chunks[$1].tokens) }
    let computed = verifiesDrafts ? work.tokens : work.prefillTokens
    guard tokens == computed else { return "chunks of \(tokens) tokens, not \(computed)" }
    return nil
  }
}

extension RequestQueue {
  fileprivate func breach(in live: borrowing Slab<LiveRequest>) -> String? {
    let ids = all(in: live)
    return ids.count == count && Set(ids).count == count ? nil : "the queue's length is wrong"
  }
}

extension MissedSteps {
  fileprivate func breach(in live: borrowing Slab<LiveRequest>) -> String? {
    guard stalled.isEmpty else { return "a stalled request is left" }
    return late.elements.allSatisfy { live[$0].isLate } ? nil : "who is late is not marked"
  }
}

extension DecodePause {
  fileprivate func breach(decoding: Int) -> String? {
    guard resting == nil else { return "a step of prompts has not given back who decodes" }
    let inOrder = zip(groups, groups.dropFirst()).allSatisfy { $0.lastToken < $1.lastToken }
    let isRight = inOrder && count <= decoding && groups.allSatisfy { $0.count >= 0 }
    return isRight ? nil : "\(groups) wait for their tokens, and \(decoding) decode"
  }
}

extension Decoders {
  fileprivate func breach(_ ids: [Int32], in live: borrowing Slab<LiveRequest>) -> String? {
    var sums = (count: 0, context: Int64(0), windowed: Int64(0), growing: 0)
    let blockSize = demand.blockSize
    var due = [Int](repeating: 0, count: blockSize.tokens)
    for id in ids {
      let context = context(of: id, in: live)
      sums.count += 1
      sums.context += context
      sums.windowed += min(context, window)
      sums.growing += context < window ? 1 : 0
      let phase = Int(live[id].blockPhase)
      due[phase] += 1
      let ahead = blockSize.remainder(phase + blockSize.tokens - Int(demand.phase))
      guard blockSize.remainder(Int(context) + ahead) == 0 else { return "a block comes late" }
      guard live[id].finishStep >= step, milestones.holds(id, from: step, in: live) else {
        return "request \(live[id].number) has no milestone"
      }
    }
    let kept = (count, context, windowedContext, growing)
    guard sums == kept else { return "sums of decoding requests: \(kept), not \(sums)" }
    for phase in due.indices where due[phase] != demand[phase] {
      return "\(demand[phase]) blocks are due in phase \(phase), not \(due[phase])"
    }
    return nil
  }
}

extension MilestoneRing {
  /// Whether a request stands in the slot of a step between `step` and its end of the ring.
  fileprivate func holds(
    _ id: Int32, from step: Int64, in live: borrowing Slab<LiveRequest>
  ) -> Bool {
    let slot = Int64(live[id].milestoneSlot)
    let milestone = step + (slot - step) & (Self.size - 1)
    return milestone <= live[id].finishStep && contains(id, in: live)
  }
}

extension KVCache {
  /// What does not hold of the pool, in words; nil: all does.
  func breach() -> String? {
    guard blank >= 0, free <= capacity else { return "\(free) of \(capacity) blocks are free" }
    var blocks = 0
    var run = queue.oldest
    while run >= 0 {
      let entry = queue.runs[Int(run)]
      guard entry.low < entry.high else { return "an empty run of free blocks" }
      blocks += Int(entry.high - entry.low)
      if entry.strand >= 0 {
        let strand = strands[entry.strand]
        guard strand.first <= strand.held, strand.held <= entry.low, entry.high <= strand.resident
        else { return "free blocks \(entry) of \(strand)" }
      }
      run = entry.newer
    }
    return blocks == queue.blocks ? nil : "\(queue.blocks) free blocks have contents, not \(blocks)"
  }
}
