/// A growing table of plain values whose freed entries are used again.
struct Slab<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private var used = 0
  private var freed = Stack<Int32>()

  /// Few at first: many replicas of a large fleet never have more.
  init(capacity: Int = 8) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  func copy() -> Slab {
    var copy = Slab(capacity: capacity)
    copy.base.update(from: base, count: used)
    copy.used = used
    copy.freed = freed.copy()
    return copy
  }

  subscript(_ i: Int32) -> Element {
    @inline(__always) get { base[Int(i)] }
    @inline(__always) nonmutating _modify { yield &base[Int(i)] }
  }

  @inline(__always)
  mutating func insert(_ value: Element) -> Int32 {
    let i = reserve()
    base[Int(i)] = value
    return i
  }

  /// A place whose contents the caller writes.
  @inline(__always)
  mutating func reserve() -> Int32 {
    if !freed.isEmpty { return freed.removeLast() }
    if used == capacity { grow() }
    used &+= 1
    return Int32(truncatingIfNeeded: used &- 1)
  }

  @inline(__always)
  mutating func remove(_ i: Int32) { freed.append(i) }

  /// Entries in use lie below.
  var reach: Int32 { Int32(truncatingIfNeeded: used) }

  /// Entries in use.
  var count: Int { used - freed.count }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: used)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
