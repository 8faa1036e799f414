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

  @inline(never)
  private mutating func push(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let request = live[id]
    heap.insert(
      Entry(priority: request.priority, number: request.number, arrival: request.arrival, id: id))
  }
}
