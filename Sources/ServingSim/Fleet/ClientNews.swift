package import SimKernel

/// Something that a client sees.
package struct LiveEvent: Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// A token of its answer.
    case token
    /// It has ended, as its outcome says. Nothing follows, and its number goes to another request.
    case ended
  }

  /// When the client sees it: the end of a step, the frontend's latency, and the way to the client.
  var instant: Instant
  /// What `submit` returned.
  package var request: Int32
  package var kind: Kind

  package var time: SimTime { SimTime(picoseconds: instant) }
}

/// What clients are to be told and have not seen yet, where there is anybody to tell it.
struct ClientNews: ~Copyable {
  /// Without a listener nothing is told.
  let isHeard: Bool
  /// One for each latency between replicas and clients, each in order of time.
  private var queues: [EventQueue] = []

  init(isHeard: Bool) { self.isHeard = isHeard }

  func copy() -> ClientNews {
    var copy = ClientNews(isHeard: isHeard)
    copy.queues = queues
    return copy
  }

  /// When the next client sees something; the greatest: nobody does.
  var next: Instant { queues.map { $0.first?.instant ?? .max }.min() ?? .max }

  /// The tokens of the step of `replica` that ends at `now` and is not applied yet.
  @inline(never)
  mutating func tell(tokensOf replica: borrowing Replica, at now: Instant) {
    replica.forEachTokenOfStep { tell(.token, of: $0, by: replica, at: now) }
  }

  /// The requests that have just ended on `replica` and are not sent again.
  @inline(never)
  mutating func tell(endsOf replica: borrowing Replica, at now: Instant) {
    for e in 0..<replica.departures.ended.count
    where !replica.log.pointee.isUnderWay(Int(replica.departures.ended[e])) {
      tell(.ended, of: replica.departures.ended[e], by: replica, at: now)
    }
  }

  private mutating func tell(
    _ kind: LiveEvent.Kind, of number: Int32, by replica: borrowing Replica, at now: Instant
  ) {
    let latency = replica.settings.frontend + replica.log.pointee.wayBack(of: Int(number))
    let queue = queue(latency: latency)
    queues[queue].append(
      LiveEvent(instant: now + Instant(latency), request: number, kind: kind))
  }

  /// A request that has ended at no replica, as its client sees `latency` picoseconds later.
  mutating func tell(endOf number: Int, at now: Instant, after latency: Int64 = 0) {
    let queue = queue(latency: latency)
    queues[queue].append(
      LiveEvent(
        instant: now + Instant(latency), request: Int32(truncatingIfNeeded: number), kind: .ended))
  }

  /// Hands over what clients see by `time`, in the order in which those see it who are equally far away.
  mutating func take(through time: Instant, _ body: (LiveEvent) -> Void) {
    for i in queues.indices {
      while let event = queues[i].first, event.instant <= time {
        queues[i].removeFirst()
        body(event)
      }
    }
  }

  private mutating func queue(latency: Int64) -> Int {
    if let known = queues.firstIndex(where: { $0.latency == latency }) { return known }
    queues.append(EventQueue(latency: latency))
    return queues.count - 1
  }
}

extension Replica {
  /// The requests to which the current step, a single one that is about to end, yields a token, each as
  /// often as it yields one.
  func forEachTokenOfStep(_ body: (Int32) -> Void) {
    var id = pause.resting != nil ? -1 : batch.running.first
    while id >= 0 {
      if live[id].isDecoding { body(live[id].number) }
      id = live[id].next
    }
    for i in 0..<batch.chunks.count {
      let id = batch.chunks[i].id
      if live[id].isVerifying {
        if batch.chunks[i].tokens > 0 {
          for _ in 0..<verified(batch.chunks[i]).yielded { body(live[id].number) }
        }
        continue
      }
      guard live[id].computedTokens + batch.chunks[i].tokens == live[id].knownTokens,
        live[id].handover != .prompt
      else { continue }
      body(live[id].number)
    }
  }
}

/// Events in order of time.
private struct EventQueue {
  let latency: Int64
  private var events: [LiveEvent] = []
  private var head = 0

  init(latency: Int64) { self.latency = latency }

  var first: LiveEvent? { head < events.count ? events[head] : nil }

  mutating func append(_ event: LiveEvent) { events.append(event) }

  mutating func removeFirst() {
    head += 1
    guard head == events.count || head > 1 << 14 else { return }
    events.removeFirst(head)
    head = 0
  }
}
