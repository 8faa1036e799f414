/// A table of plain values of a fixed length, read and written without counting references.
struct Table<Element: BitwiseCopyable>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: count)
    for (i, element) in elements.enumerated() { (base + i).initialize(to: element) }
  }

  private init(copying other: borrowing Table) {
    count = other.count
    base = .allocate(capacity: count)
    base.initialize(from: other.base, count: count)
  }

  deinit { base.deallocate() }

  func copy() -> Table { Table(copying: self) }

  @inline(__always)
  var isEmpty: Bool { count == 0 }

  @inline(__always)
  subscript(_ i: Int) -> Element {
    get { base[i] }
    nonmutating _modify { yield &base[i] }
  }
}
