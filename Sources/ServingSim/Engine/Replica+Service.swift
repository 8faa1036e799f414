import SimKernel

/// What service the queue's lines have had, for policies that ask.
extension Replica {
  /// A request comes to the queue at `now`, be it amid a span: the tokens of its steps that are done
  /// count.
  @inline(never)
  mutating func countArrival(of id: Int32, at now: Int64) {
    service.arrives(Int32(live[id].rank), at: decoders.step &+ Int64(stepsDone(by: now)))
  }

  /// Steps of the span under way that are done; one that ends now has been completed.
  private func stepsDone(by now: Int64) -> Int {
    guard isBusy, span.steps > 1, now < span.end else { return 0 }
    let first = span.firstBoundary(notBefore: now)
    return span.start &+ span.duration(of: first) == now ? first : first &- 1
  }

  /// A request has joined the batch, for the first time or after a preemption, which costs its line
  /// nothing. Tokens that it brings along from another replica are part of its prompt.
  @inline(never)
  mutating func countAdmission(of id: Int32) {
    let line = Int32(live[id].rank)
    service.leaves(line)
    if !live[id].hasJoined { service.charge(line, input: Int(live[id].knownTokens), output: 0) }
    live[id].hasJoined = true
  }

  /// A prompt has yielded a token.
  @inline(never)
  mutating func countToken(of id: Int32) {
    service.charge(Int32(live[id].rank), input: 0, output: 1)
  }

  /// A request decodes from the current step on.
  @inline(__always)
  mutating func startDecoding(_ id: Int32) {
    if settings.speculates { return startVerifying(id) }
    decoders.insert(id, in: live)
    if settings.countsService {
      service.decoding(Int32(live[id].rank), changesBy: 1, at: decoders.step)
    }
  }

  /// A request decodes no more.
  @inline(__always)
  mutating func countDecodingEnd(of id: Int32) {
    guard settings.countsService else { return }
    service.decoding(Int32(live[id].rank), changesBy: -1, at: decoders.step)
  }

  /// The queue's lines in which somebody waits who can be admitted.
  func waitingLines() -> [WaitingLine] {
    service.queued.compactMap { line in
      let id = queue.waiting.front(of: line)
      guard id >= 0 else { return nil }
      return WaitingLine(
        number: Int(line), service: service.counter(of: line, at: decoders.step),
        growth: service.growth(of: line),
        arrival: SimTime(picoseconds: epoch.instant(live[id].arrival)),
        request: Int(live[id].number))
    }
  }

  func breachOfService() -> String? {
    guard settings.countsService else { return nil }
    let decoding = batch.running.ids(in: live).filter { live[$0].isDecoding }
    return service.breach(
      waiting: queue.all(in: live).map { Int32(live[$0].rank) },
      decoding: decoding.map { Int32(live[$0].rank) })
  }
}
