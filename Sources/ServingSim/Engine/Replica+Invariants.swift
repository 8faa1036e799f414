/// What holds of a replica between two spans: all that is kept in sums, added up anew. Debug builds
/// check it now and then, others never.
extension Replica {
  @inline(__always)
  func checkInvariants() { assert(recorder.spans & 15 != 0 || breach() == nil, breach() ?? "") }

  /// What does not hold, in words; nil: all does.
  func breach() -> String? { breachOfSums() ?? breachOfQueues() ?? kv.breach() }

  private func breachOfSums() -> String? {
    var sums = (decoding: 0, context: Int64(0), windowed: Int64(0), growing: 0)
    var demand = [Int32](repeating: 0, count: blockSize.tokens)
    var used = 0
    for id in runningRequests {
      guard live[id].isDecoding else {
        used += blockSize.blocks(for: Int(live[id].computedTokens))
        if id != partial { return "request \(live[id].number) neither decodes nor is a prompt" }
        continue
      }
      let context = contextNow(id)
      sums.decoding += 1
      sums.context += context
      sums.windowed += min(context, window)
      sums.growing += context < window ? 1 : 0
      demand[Int(live[id].blockPhase)] += 1
      used += blockSize.blocks(for: Int(context))
      let ahead = blockSize.remainder(Int(live[id].blockPhase) + blockSize.tokens - Int(blockPhase))
      guard blockSize.remainder(Int(context) + ahead) == 0 else { return "a block comes late" }
      guard live[id].finishStep >= step, milestones.holds(id, from: step, in: live) else {
        return "request \(live[id].number) has no milestone"
      }
    }
    let kept = (decoding, context, windowedContext, growing)
    guard sums == kept else { return "sums of decoding requests: \(kept), not \(sums)" }
    for phase in demand.indices where demand[phase] != blockDemand[phase] {
      return "\(blockDemand[phase]) blocks are due in phase \(phase), not \(demand[phase])"
    }
    // A text that several hold is there once, and copies of it are.
    guard kv.findsPrefixes && kv.paths != nil || kv.used == used else {
      return "\(kv.used) blocks are in use, not \(used)"
    }
    return nil
  }

  private func breachOfQueues() -> String? {
    let running = runningRequests
    guard running.count == self.running.count, running.last ?? -1 == self.running.last else {
      return "\(running.count) requests run, not \(self.running.count)"
    }
    for (id, next) in zip(running, running.dropFirst()) where live[next].previous != id {
      return "request \(live[next].number) does not know its neighbour"
    }
    guard waiting.all(in: live).count == waiting.count else { return "the queue's length is wrong" }
    return stalled.isEmpty ? nil : "a stalled request is left"
  }

  private var runningRequests: [Int32] {
    var requests: [Int32] = []
    var id = running.first
    while id >= 0 {
      requests.append(id)
      id = live[id].next
    }
    return requests
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
