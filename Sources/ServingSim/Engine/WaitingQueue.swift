/// Requests that wait to be admitted, in the scheduler's order.
struct WaitingQueue {
  let order: WaitingOrder
  private(set) var count = 0
  /// First come, first served: a list through `LiveRequest.next`.
  private var first: Int32 = -1
  private var last: Int32 = -1
  /// Priority: a binary heap.
  private var heap: [Entry] = []

  private struct Entry {
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
    guard order == .firstComeFirstServed else { return pop() }
    first = live[first].next
    if first < 0 { last = -1 }
  }

  @inline(never)
  private mutating func push(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let request = live[id]
    heap.append(
      Entry(priority: request.priority, number: request.number, arrival: request.arrival, id: id))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  @inline(never)
  private mutating func pop() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = 2 * parent + 1
      guard least < heap.count else { return }
      if least + 1 < heap.count, heap[least + 1] < heap[least] { least += 1 }
      guard heap[least] < heap[parent] else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
