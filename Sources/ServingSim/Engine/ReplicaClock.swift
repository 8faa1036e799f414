/// When each replica's current span ends, and which ends first: a binary heap of replica numbers
/// that knows where each stands, so that an end can be moved.
struct ReplicaClock: ~Copyable {
  static let idle = Int64.max

  private let ends: UnsafeMutablePointer<Int64>
  private let heap: UnsafeMutablePointer<Int32>
  private let places: UnsafeMutablePointer<Int32>
  private let count: Int

  init(replicas: Int) {
    count = replicas
    ends = .allocate(capacity: replicas)
    ends.initialize(repeating: Self.idle, count: replicas)
    heap = .allocate(capacity: replicas)
    places = .allocate(capacity: replicas)
    for i in 0..<replicas {
      heap[i] = Int32(i)
      places[i] = Int32(i)
    }
  }

  deinit {
    ends.deallocate()
    heap.deallocate()
    places.deallocate()
  }

  /// The earliest end; `idle` when no replica is busy.
  @inline(__always)
  var earliest: Int64 { ends[Int(heap[0])] }

  /// The replica of the earliest end, the lowest number among equals.
  @inline(__always)
  var first: Int { Int(heap[0]) }

  mutating func set(_ replica: Int, end: Int64) {
    let earlier = end < ends[replica]
    ends[replica] = end
    if earlier { rise(Int(places[replica])) } else { sink(Int(places[replica])) }
  }

  @inline(__always)
  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    let (endOfA, endOfB) = (ends[Int(a)], ends[Int(b)])
    return endOfA < endOfB || (endOfA == endOfB && a < b)
  }

  @inline(__always)
  private func place(_ replica: Int32, at index: Int) {
    heap[index] = replica
    places[Int(replica)] = Int32(index)
  }

  private func rise(_ start: Int) {
    let replica = heap[start]
    var index = start
    while index > 0, precedes(replica, heap[(index - 1) / 2]) {
      place(heap[(index - 1) / 2], at: index)
      index = (index - 1) / 2
    }
    place(replica, at: index)
  }

  private func sink(_ start: Int) {
    let replica = heap[start]
    var index = start
    while true {
      var least = 2 * index + 1
      guard least < count else { break }
      if least + 1 < count, precedes(heap[least + 1], heap[least]) { least += 1 }
      guard precedes(heap[least], replica) else { break }
      place(heap[least], at: index)
      index = least
    }
    place(replica, at: index)
  }
}
