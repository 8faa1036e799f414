import SimKernel

/// Requests whose prompts one replica computes and another one answers.
extension Fleet {
  /// Sends request `number`, which replica `i` is to answer, to a replica that computes its prompt.
  /// Returns false where `i` computes it itself: its pool has no other for that, nobody is there, or few
  /// of its tokens are to be computed. `isLetIn`: no queue is too long for it.
  @inline(never)
  mutating func sendAhead(_ number: Int, for i: Int, isLetIn: Bool) -> Bool {
    guard let prefill = prefills[Int(standings[i].pool)], !pools[prefill.pool].members.isEmpty,
      isWorthHandingOver(number, to: i, prefill)
    else { return false }
    let promptTokens = workload.promptTokens[number]
    let p = choose(for: number, in: prefill.pool)
    guard promptTokens <= replicas[p].settings.longestPrompt else {
      reject(number, .rejectedPromptTooLong)
      return true
    }
    if !isLetIn, replicas[p].isQueueFull, !makesRoom(for: number, at: p) { return true }
    handovers[number] = Handover(prefill: p, decode: i)
    pools[Int(standings[i].pool)].sent(to: i)
    standings[i].expected += 1
    enqueue(number, promptTokens, at: p, carrying: nil, .prompt)
    return true
  }

  private func isWorthHandingOver(_ number: Int, to i: Int, _ prefill: PrefillPlan) -> Bool {
    guard prefill.nonCachedTokens > 0 else { return true }
    let promptTokens = Int(workload.promptTokens[number])
    let found = replicas[i].prefix(ofRequest: number, promptTokens: promptTokens, at: instant)
    return promptTokens - found.tokens > prefill.nonCachedTokens
  }

  /// Replica `p` has computed prompts for others.
  @inline(never)
  mutating func handOver(from p: Int) {
    for e in 0..<replicas[p].departures.handedOver.count {
      let number = Int(replicas[p].departures.handedOver[e])
      // Its client may have gone amid this very step.
      guard var handover = handovers[number] else { continue }
      let latency = replicas[handover.decode].plan.kvTransfer?.latency ?? .zero
      handover.prefilled = instant
      handover.toldAt = instant + Instant(latency.picoseconds)
      handovers[number] = handover
      agenda.add(.handover, number, at: handover.toldAt)
    }
  }

  /// The replica that answers request `number` is told that its prompt is computed.
  mutating func takeOver(_ number: Int) {
    guard var handover = handovers[number], handover.toldAt == instant, !handover.isTakenOver,
      !replicas[handover.prefill].isToDrop(Int32(number))
    else { return }
    let (p, d) = (handover.prefill, handover.decode)
    replicas[p].parked.keep(Int32(number), in: replicas[p].live)
    pools[Int(standings[p].pool)].ended(1, at: p)
    isExpectedNoMore(at: d)
    handover.isTakenOver = true
    handover.handoff = log.pointee.handedOver(
      number, replica: p, prefilled: SimTime(picoseconds: handover.prefilled))
    handovers[number] = handover
    enqueue(number, workload.promptTokens[number], at: d, carrying: nil, .awaited)
  }

  /// Replica `d` has got blocks for requests whose KV entries set out now.
  @inline(never)
  mutating func startTransfers(to d: Int) {
    for r in 0..<replicas[d].parked.reserved.count {
      let reservation = replicas[d].parked.reserved[r]
      guard let handover = handovers[Int(reservation.number)] else {
        preconditionFailure("blocks were taken for nobody's KV entries")
      }
      log.pointee.handoffs[handover.handoff].started = SimTime(picoseconds: instant)
      let changes = transfers.start(
        reservation.number, bytes: Int64(reservation.blocks) * blockBytes(of: d),
        from: link(of: handover.prefill), to: link(of: d), at: instant)
      expect(changes)
    }
    replicas[d].parked.reserved.removeAll()
  }

  private func blockBytes(of i: Int) -> Int64 { replicas[i].plan.kvTransfer?.blockBytes ?? 1 }

  private func link(of i: Int) -> Transfers.Link {
    Transfers.Link(place: .replica(i), bandwidth: replicas[i].plan.kvTransfer?.bandwidth ?? .max)
  }

  mutating func expect(_ changes: [Transfers.Change]) {
    for change in changes { agenda.add(.transferred, Int(change.number), at: change.end) }
  }

  /// The KV entries of request `number` are where they were sent to.
  mutating func endTransfer(_ number: Int) {
    guard transfers.end(of: number) == instant else { return }
    if loads[number] != nil { return endLeg(number) }
    guard let handover = handovers[number] else { return }
    log.pointee.handoffs[handover.handoff].arrived = SimTime(picoseconds: instant)
    receive(number, at: handover.decode)
    endHandover(number)
  }

  /// All KV entries that request `number` waits for are with replica `i`.
  mutating func receive(_ number: Int, at i: Int) {
    replicas[i].receive(Int32(number))
    if replicas[i].isBusy {
      endSoon(i)
    } else if standings[i].life.isServing {
      markReady(i)
    }
  }

  /// Requests have ended at replica `i`.
  @inline(never)
  mutating func endHandovers(of i: Int) {
    for e in 0..<replicas[i].departures.ended.count {
      endHandover(Int(replicas[i].departures.ended[e]))
    }
  }

  /// Nothing more is handed over of request `number`, if anything was.
  mutating func endHandover(_ number: Int) {
    guard let handover = handovers[number] else { return }
    handovers[number] = nil
    guard handover.isTakenOver else {
      isExpectedNoMore(at: handover.decode)
      return leaveIfDone(handover.decode)
    }
    expect(transfers.stop(Int32(number), at: instant))
    guard handover.prefill >= 0 else { return }
    replicas[handover.prefill].drop(Int32(number), .sent)
    dropAborted(handover.prefill)
  }

  private mutating func isExpectedNoMore(at d: Int) {
    standings[d].expected -= 1
    pools[Int(standings[d].pool)].ended(1, at: d)
  }

  /// Replica `i` is lost: so are requests that it was to answer, and those whose KV entries it keeps.
  @inline(never)
  mutating func loseHandovers(of i: Int) {
    for number in handovers.expected(at: i) {
      guard let p = handovers[Int(number)]?.prefill else { continue }
      replicas[p].lose(number, migrations)
      dropAborted(p)
    }
    for number in handovers.kept(at: i) {
      guard let d = handovers[Int(number)]?.decode else { continue }
      handovers[Int(number)]?.prefill = -1
      expect(transfers.stop(number, at: instant))
      replicas[i].drop(number, .sent)
      replicas[d].lose(number, migrations)
      dropAborted(d)
    }
  }
}
