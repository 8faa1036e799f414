/// Requests that wait to be admitted, in the policy's order, with a walk over them.
///
/// A walk begins at the first. What it passes by stands before it until `endWalk`; requests are
/// added and taken out in between walks only.
struct WaitingQueue {
  let order: QueueOrder
  private(set) var count = 0
  /// By arrival: a list through `LiveRequest.next`, from `front` on, or from `head` on once the walk
  /// has passed somebody by: `passed` last.
  private var listFront: Int32 = -1
  private var last: Int32 = -1
  private var head: Int32 = -1
  private var passed: Int32 = -1
  /// By rank: those from the front on, and those passed by.
  private var heap = Heap<Entry>()
  private var passedEntries: [Entry] = []
  private var lines = WaitingLines()

  private struct Entry: BitwiseCopyable, Comparable {
    var rank: Int64
    var arrival: Int64
    var number: Int32
    var id: Int32

    static func < (a: Entry, b: Entry) -> Bool {
      (a.rank, a.arrival, a.number) < (b.rank, b.arrival, b.number)
    }
  }

  init(order: QueueOrder) { self.order = order }

  var isEmpty: Bool { count == 0 }

  /// The request that the walk has come to; -1: the end.
  var front: Int32 {
    switch order {
    case .arrival: listFront
    case .rank: heap.first?.id ?? -1
    case .lines: lines.front
    }
  }

  @inline(__always)
  mutating func append(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    count &+= 1
    guard order == .arrival else { return file(id, in: live) }
    live[id].next = -1
    if last >= 0 { live[last].next = id } else { listFront = id }
    last = id
  }

  /// A preempted request comes back: to the front, of its line if there are lines, or where its rank puts
  /// it.
  mutating func restore(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    count += 1
    if order == .lines { return lines.restore(id, in: live) }
    guard order == .arrival else { return file(id, in: live) }
    live[id].next = listFront
    if listFront < 0 { last = id }
    listFront = id
  }

  /// Takes out the request that the walk has come to.
  @inline(__always)
  mutating func removeFront(in live: borrowing Slab<LiveRequest>) {
    count &-= 1
    guard order == .arrival else {
      if order == .lines { lines.removeFront(in: live) } else { _ = heap.removeFirst() }
      return
    }
    let next = live[listFront].next
    if passed >= 0 { live[passed].next = next }
    if next < 0 { last = passed }
    listFront = next
  }

  /// Passes by the request that the walk has come to; nothing at the end.
  mutating func skip(in live: borrowing Slab<LiveRequest>) {
    guard front >= 0 else { return }
    if order == .lines { return lines.skip(in: live) }
    guard order == .arrival else { return passedEntries.append(heap.removeFirst()) }
    if passed < 0 { head = listFront }
    passed = listFront
    listFront = live[listFront].next
  }

  /// Whoever was passed by is where it was.
  @inline(__always)
  mutating func endWalk(in live: borrowing Slab<LiveRequest>) {
    if order == .lines { lines.endWalk(in: live) }
    if passed >= 0 {
      listFront = head
      passed = -1
    }
    if !passedEntries.isEmpty { putBack() }
  }

  @inline(never)
  private mutating func putBack() {
    for entry in passedEntries { heap.insert(entry) }
    passedEntries.removeAll(keepingCapacity: true)
  }

  /// Takes the request of this number out of the queue, wherever it is, and returns its id; nil: it
  /// does not wait. Takes time linear in the queue's length.
  mutating func remove(number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    let removed: Int32? =
      switch order {
      case .arrival: unlink(number: number, in: live)
      case .rank: heap.removeFirst(where: { $0.number == number })?.id
      case .lines: lines.remove(number: number, in: live)
      }
    if removed != nil { count -= 1 }
    return removed
  }

  /// Whoever is in it; in order only in a queue by arrival. No walk is under way.
  func all(in live: borrowing Slab<LiveRequest>) -> [Int32] {
    if order == .lines { return lines.all(in: live) }
    guard order == .arrival else { return heap.elements.map(\.id) }
    var ids: [Int32] = []
    var id = listFront
    while id >= 0 {
      ids.append(id)
      id = live[id].next
    }
    return ids
  }

  /// Orders those who wait, as `all` lists them, by their standings; equal ones stay as they were. Only
  /// a queue in order of arrival, and no walk is under way.
  mutating func reorder(by standings: [Int64], in live: borrowing Slab<LiveRequest>) {
    let ids = all(in: live)
    precondition(order == .arrival && standings.count == ids.count, "a queue of another length")
    var before: Int32 = -1
    for place in ids.indices.sorted(by: { (standings[$0], $0) < (standings[$1], $1) }) {
      if before >= 0 { live[before].next = ids[place] } else { listFront = ids[place] }
      before = ids[place]
    }
    last = before
    if last >= 0 { live[last].next = -1 }
  }

  mutating func epochMoves(by picoseconds: Int64) {
    let entries = heap.elements
    heap = Heap()
    for var entry in entries {
      entry.arrival.epochMoves(by: picoseconds)
      heap.insert(entry)
    }
  }

  private mutating func unlink(number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    var before: Int32 = -1
    var id = listFront
    while id >= 0, live[id].number != number {
      before = id
      id = live[id].next
    }
    guard id >= 0 else { return nil }
    let next = live[id].next
    if before >= 0 { live[before].next = next } else { listFront = next }
    if last == id { last = before }
    return id
  }

  /// In a queue of lines, the walk goes on with the first of this one.
  mutating func turn(to line: Int32) { lines.turn(to: line) }

  /// The first of a line; -1: nobody waits there.
  func front(of line: Int32) -> Int32 { lines.front(of: line) }

  /// Puts it where its rank says.
  @inline(never)
  private mutating func file(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    if order == .lines { return lines.append(id, in: live) }
    let request = live[id]
    heap.insert(
      Entry(rank: request.rank, arrival: request.arrival, number: request.number, id: id))
  }
}
