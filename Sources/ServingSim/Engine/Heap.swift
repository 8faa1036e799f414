/// A binary heap of plain values, least first.
struct Heap<Element: BitwiseCopyable & Comparable> {
  /// The least is first; the others are in no order.
  private(set) var elements: [Element] = []

  /// The least element; nil when empty.
  var first: Element? { elements.first }

  mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0, elements[child] < elements[(child - 1) / 2] {
      elements.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
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
    elements.swapAt(0, elements.count - 1)
    let first = elements.removeLast()
    var parent = 0
    while true {
      var least = 2 * parent + 1
      guard least < elements.count else { return first }
      if least + 1 < elements.count, elements[least + 1] < elements[least] { least += 1 }
      guard elements[least] < elements[parent] else { return first }
      elements.swapAt(parent, least)
      parent = least
    }
  }
}
