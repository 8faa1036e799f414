/// A binary heap of plain values, least first.
struct Heap<Element: BitwiseCopyable & Comparable> {
  /// The least is first; the others are in no order.
  private(set) var elements: [Element] = []

  /// The least element; nil when empty.
  var first: Element? { elements.first }

  mutating func insert(_ element: Element) {
    elements.append(element)
    elements.withUnsafeMutableBufferPointer { places in
      // Parents go down until one is not greater.
      var place = places.count &- 1
      while place > 0, element < places[(place &- 1) / 2] {
        places[place] = places[(place &- 1) / 2]
        place = (place &- 1) / 2
      }
      places[place] = element
    }
  }

  /// Takes an element that `matches`, in time linear in their number; nil: none does.
  mutating func removeFirst(where matches: (Element) -> Bool) -> Element? {
    guard let place = elements.firstIndex(where: matches) else { return nil }
    let removed = elements.remove(at: place)
    let others = elements
    elements.removeAll(keepingCapacity: true)
    for element in others { insert(element) }
    return removed
  }

  /// Takes the least element; the heap is not empty.
  mutating func removeFirst() -> Element {
    let first = elements[0]
    let last = elements.removeLast()
    elements.withUnsafeMutableBufferPointer { places in
      guard !places.isEmpty else { return }
      // Children go up until none is less than the one that was last.
      var place = 0
      while case var child = 2 &* place &+ 1, child < places.count {
        if child &+ 1 < places.count, places[child &+ 1] < places[child] { child &+= 1 }
        guard places[child] < last else { break }
        places[place] = places[child]
        place = child
      }
      places[place] = last
    }
    return first
  }
}
