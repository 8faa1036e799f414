/// Byte-pair encoding: which neighbouring tokens become one, the one of the least rank first.
struct BytePairs: Sendable {
  /// (left, right) to (rank, merged).
  private var merges: [UInt64: UInt64] = [:]

  mutating func reserve(_ count: Int) { merges.reserveCapacity(count) }

  mutating func add(_ left: Int32, _ right: Int32, rank: Int, merged: Int32) {
    // Of two rules for a pair the later one holds, as in `tokenizers`.
    merges[Self.key(left, right)] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: merged))
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  private struct Symbol {
    var id: Int32
    var previous: Int32
    var next: Int32
  }

  /// A merge that may be done: by rank, then by place.
  private struct Candidate {
    var order: UInt64
    var merged: Int32
    var left: Int32
    var right: Int32
    var place: Int32
  }

  /// Merges what can be merged of `ids`.
  func merge(_ ids: [Int32]) -> [Int32] {
    guard ids.count > 1 else { return ids }
    var symbols = ids.indices.map { place in
      Symbol(
        id: ids[place], previous: Int32(place) - 1,
        next: place + 1 < ids.count ? Int32(place) + 1 : -1)
    }
    var heap = BinaryHeap<Candidate> { $0.order < $1.order }
    for place in 0..<ids.count - 1 { push(Int32(place), symbols, &heap) }
    while let best = heap.popFirst() {
      let place = Int(best.place)
      let next = symbols[place].next
      // One of the two may have been merged since.
      guard symbols[place].id == best.left, next >= 0, symbols[Int(next)].id == best.right else {
        continue
      }
      symbols[place].id = best.merged
      let after = symbols[Int(next)].next
      symbols[Int(next)].id = -1
      symbols[place].next = after
      if after >= 0 { symbols[Int(after)].previous = best.place }
      if symbols[place].previous >= 0 { push(symbols[place].previous, symbols, &heap) }
      push(best.place, symbols, &heap)
    }
    var result: [Int32] = []
    var place: Int32 = 0
    while place >= 0 {
      result.append(symbols[Int(place)].id)
      place = symbols[Int(place)].next
    }
    return result
  }

  private func push(_ place: Int32, _ symbols: [Symbol], _ heap: inout BinaryHeap<Candidate>) {
    let left = symbols[Int(place)]
    guard left.next >= 0 else { return }
    let right = symbols[Int(left.next)].id
    guard let merge = merges[Self.key(left.id, right)] else { return }
    heap.insert(
      Candidate(
        order: merge & ~0xFFFF_FFFF | UInt64(UInt32(bitPattern: place)),
        merged: Int32(truncatingIfNeeded: merge), left: left.id, right: right, place: place))
  }
}

/// The least element first.
private struct BinaryHeap<Element> {
  private var elements: [Element] = []
  private let precedes: (Element, Element) -> Bool

  init(_ precedes: @escaping (Element, Element) -> Bool) { self.precedes = precedes }

  mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(elements[child], elements[parent]) else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popFirst() -> Element? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return first }
    elements[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < elements.count && precedes(elements[child], elements[least]) {
        least = child
      }
      guard least != parent else { return first }
      elements.swapAt(parent, least)
      parent = least
    }
  }
}
