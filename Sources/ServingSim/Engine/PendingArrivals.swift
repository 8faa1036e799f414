/// Requests whose arrival follows from the run itself (next turns, closed loops): a binary heap by
/// (time, number).
struct PendingArrivals: ~Copyable {
  private var heap = Stack<Entry>()

  struct Entry: BitwiseCopyable {
    var time: Int64
    var number: Int32

    @inline(__always)
    static func < (a: Entry, b: Entry) -> Bool {
      a.time < b.time || (a.time == b.time && a.number < b.number)
    }
  }

  var next: Entry? { heap.isEmpty ? nil : heap[0] }

  mutating func insert(_ number: Int32, at time: Int64) {
    heap.append(Entry(time: time, number: number))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      swap(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeNext() -> Int32 {
    swap(0, heap.count - 1)
    let number = heap.removeLast().number
    var parent = 0
    while true {
      var least = 2 * parent + 1
      guard least < heap.count else { return number }
      if least + 1 < heap.count, heap[least + 1] < heap[least] { least += 1 }
      guard heap[least] < heap[parent] else { return number }
      swap(parent, least)
      parent = least
    }
  }

  @inline(__always)
  private mutating func swap(_ a: Int, _ b: Int) {
    let entry = heap[a]
    heap[a] = heap[b]
    heap[b] = entry
  }
}
