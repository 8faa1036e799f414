/// The requests that wait to be admitted.
///
/// Invariant: each of them stands either in the queue or in the inbox, once.
struct RequestQueue: ~Copyable {
  var waiting: WaitingQueue
  /// Requests that arrived while the next step was being scheduled (async scheduling), in order.
  private(set) var inbox = Stack<Int32>()

  init(order: QueueOrder) { waiting = WaitingQueue(order: order) }

  private init(copying other: borrowing RequestQueue) {
    waiting = other.waiting
    inbox = other.inbox.copy()
  }

  func copy() -> RequestQueue { RequestQueue(copying: self) }

  @inline(__always)
  var count: Int { waiting.count &+ inbox.count }

  /// `isScheduled`: the next step has been scheduled without it.
  @inline(__always)
  mutating func append(_ id: Int32, isScheduled: Bool, in live: borrowing Slab<LiveRequest>) {
    if isScheduled { inbox.append(id) } else { waiting.append(id, in: live) }
  }

  /// Lets in those of the inbox that arrived by `time`; if there are none and nobody else waits or
  /// runs (`isIdle`), all.
  mutating func takeInbox(
    arrivedBy time: Int64, isIdle: Bool, in live: borrowing Slab<LiveRequest>
  ) {
    var taken = 0
    while taken < inbox.count, live[inbox[taken]].arrival <= time { taken += 1 }
    if taken == 0, isIdle, waiting.isEmpty { taken = inbox.count }
    for i in 0..<taken { waiting.append(inbox[i], in: live) }
    inbox.removeFirst(taken)
  }

  /// Takes out the request of this number; nil: it does not wait.
  mutating func remove(number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    if let id = waiting.remove(number: number, in: live) { return id }
    for i in 0..<inbox.count where live[inbox[i]].number == number {
      let id = inbox[i]
      inbox.removeAll { $0 == id }
      return id
    }
    return nil
  }

  func all(in live: borrowing Slab<LiveRequest>) -> [Int32] {
    waiting.all(in: live) + inbox.elements
  }
}
