/// A growing list of plain values that keeps its memory when emptied: scratch for the hot loop.
struct Stack<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity = 16
  private(set) var count = 0

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  func copy() -> Stack {
    var copy = Stack()
    while copy.capacity < count { copy.grow() }
    copy.base.update(from: base, count: count)
    copy.count = count
    return copy
  }

  @inline(__always)
  var isEmpty: Bool { count == 0 }

  @inline(__always)
  subscript(_ i: Int) -> Element {
    get { base[i] }
    set { base[i] = newValue }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    base[count] = element
    count &+= 1
  }

  /// Valid until the list changes.
  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func removeLast() -> Element {
    count &-= 1
    return base[count]
  }

  mutating func removeFirst(_ n: Int) {
    count -= n
    for i in 0..<count { base[i] = base[i + n] }
  }

  mutating func removeAll(where matches: (Element) -> Bool) {
    var kept = 0
    for i in 0..<count where !matches(base[i]) {
      base[kept] = base[i]
      kept += 1
    }
    count = kept
  }

  mutating func sort(by precedes: (Element, Element) -> Bool) {
    var elements = UnsafeMutableBufferPointer(start: base, count: count)
    elements.sort(by: precedes)
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
