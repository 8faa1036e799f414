/// Requests whose arrival follows from the run itself (next turns, closed loops): a binary heap by
/// (time, number).
struct PendingArrivals {
  private var heap: [Entry] = []

  struct Entry {
    var time: Int64
    var number: Int32

    static func < (a: Entry, b: Entry) -> Bool { (a.time, a.number) < (b.time, b.number) }
  }

  var next: Entry? { heap.first }

  mutating func insert(_ number: Int32, at time: Int64) {
    heap.append(Entry(time: time, number: number))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeNext() -> Int32 {
    heap.swapAt(0, heap.count - 1)
    let number = heap.removeLast().number
    var parent = 0
    while true {
      var least = 2 * parent + 1
      guard least < heap.count else { return number }
      if least + 1 < heap.count, heap[least + 1] < heap[least] { least += 1 }
      guard heap[least] < heap[parent] else { return number }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
