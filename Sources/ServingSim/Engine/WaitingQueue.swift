/// Requests that wait to be admitted, in the scheduler's order.
struct WaitingQueue {
  let order: WaitingOrder
  private(set) var count = 0
  /// First come, first served: a list through `LiveRequest.next`.
  private var first: Int32 = -1
  private var last: Int32 = -1
  /// Priority.
  private var heap = Heap<Entry>()

  private struct Entry: BitwiseCopyable, Comparable {
    var priority: Int32
    var number: Int32
    var arrival: Int64
    var id: Int32

    static func < (a: Entry, b: Entry) -> Bool {
      (a.priority, a.arrival, a.number) < (b.priority, b.arrival, b.number)
    }
  }

  init(order: WaitingOrder) { self.order = order }

  var isEmpty: Bool { count == 0 }

  /// The next request to admit; -1: none.
  var front: Int32 {
    switch order {
    case .firstComeFirstServed: first
    case .priority: heap.first?.id ?? -1
    }
  }

  @inline(__always)
  mutating func append(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    count += 1
    guard order == .firstComeFirstServed else { return push(id, in: live) }
    live[id].next = -1
    if last >= 0 { live[last].next = id } else { first = id }
    last = id
  }

  /// A preempted request comes back: to the front, or where its priority puts it.
  mutating func restore(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    count += 1
    guard order == .firstComeFirstServed else { return push(id, in: live) }
    live[id].next = first
    if first < 0 { last = id }
    first = id
  }

  @inline(__always)
  mutating func removeFront(in live: borrowing Slab<LiveRequest>) {
    count -= 1
    guard order == .firstComeFirstServed else {
      _ = heap.removeFirst()
      return
    }
    first = live[first].next
    if first < 0 { last = -1 }
  }

  /// Takes the request of this number out of the queue, wherever it is, and returns its id; nil: it
  /// does not wait. Takes time linear in the queue's length.
  mutating func remove(number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    let removed =
      order == .firstComeFirstServed
      ? unlink(number: number, in: live)
      : heap.removeFirst(where: { $0.number == number })?.id
    if removed != nil { count -= 1 }
    return removed
  }

  /// The queue's length, counted.
  func length(in live: borrowing Slab<LiveRequest>) -> Int {
    guard order == .firstComeFirstServed else { return heap.count }
    var length = 0
    var id = first
    while id >= 0 {
      length += 1
      id = live[id].next
    }
    return length
  }

  private mutating func unlink(number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    var before: Int32 = -1
    var id = first
    while id >= 0, live[id].number != number {
      before = id
      id = live[id].next
    }
    guard id >= 0 else { return nil }
    let next = live[id].next
    if before >= 0 { live[before].next = next } else { first = next }
    if last == id { last = before }
    return id
  }

  @inline(never)
  private mutating func push(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let request = live[id]
    heap.insert(
      Entry(priority: request.priority, number: request.number, arrival: request.arrival, id: id))
  }
}
