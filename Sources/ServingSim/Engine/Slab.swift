/// A growing table of plain values whose freed entries are used again.
struct Slab<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private var used = 0
  private var freed: [Int32] = []

  init(capacity: Int = 64) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  subscript(_ i: Int32) -> Element {
    @inline(__always) get { base[Int(i)] }
    @inline(__always) nonmutating _modify { yield &base[Int(i)] }
  }

  mutating func insert(_ value: Element) -> Int32 {
    if let i = freed.popLast() {
      base[Int(i)] = value
      return i
    }
    if used == capacity { grow() }
    base[used] = value
    used += 1
    return Int32(used - 1)
  }

  mutating func remove(_ i: Int32) { freed.append(i) }

  /// Entries in use.
  var count: Int { used - freed.count }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: used)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
