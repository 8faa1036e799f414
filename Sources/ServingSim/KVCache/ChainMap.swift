/// The strand of each chain that a replica's KV memory holds something of: a hash table with open
/// addressing, at most half full. It grows with what was resident at once, not with the chains that
/// there are, so that many replicas can serve many conversations.
struct ChainMap: ~Copyable {
  private struct Entry {
    /// -1: nobody is here.
    var chain: Int32 = -1
    var strand: Int32 = -1
  }

  private var entries: UnsafeMutablePointer<Entry>
  /// Of the table's size, a power of two: `32 - shift` bits.
  private var shift: UInt32
  private var count = 0

  init() { self.init(shift: 30) }

  private init(shift: UInt32) {
    self.shift = shift
    entries = .allocate(capacity: 1 << (32 - shift))
    entries.initialize(repeating: Entry(), count: 1 << (32 - shift))
  }

  deinit { entries.deallocate() }

  func copy() -> ChainMap {
    var copy = ChainMap(shift: shift)
    copy.entries.update(from: entries, count: size)
    copy.count = count
    return copy
  }

  private var size: Int { 1 << (32 - shift) }
  @inline(__always)
  private var mask: Int { size &- 1 }

  /// Where a chain is looked for first: multiplied by 2^32 divided by the golden ratio, which scatters
  /// numbers that follow each other (Knuth, The Art of Computer Programming, volume 3, 6.4).
  @inline(__always)
  private func home(of chain: Int32) -> Int {
    Int((UInt32(bitPattern: chain) &* 2_654_435_769) &>> shift)
  }

  /// Of a chain or of the free entry that it would have.
  @inline(__always)
  private func place(of chain: Int32) -> Int {
    var place = home(of: chain)
    while entries[place].chain != chain, entries[place].chain >= 0 { place = (place &+ 1) & mask }
    return place
  }

  /// -1: nothing of the chain is resident.
  @inline(__always)
  subscript(chain: Int32) -> Int32 { entries[place(of: chain)].strand }

  /// Of a chain that is not there yet.
  mutating func insert(_ chain: Int32, strand: Int32) {
    if 2 * (count + 1) > size { grow() }
    entries[place(of: chain)] = Entry(chain: chain, strand: strand)
    count += 1
  }

  /// Of a chain that is there. Those behind it that were not at home move up.
  mutating func remove(_ chain: Int32) {
    var hole = place(of: chain)
    var place = hole
    while true {
      place = (place + 1) & mask
      let entry = entries[place]
      guard entry.chain >= 0 else { break }
      let isReachedBefore = (place - home(of: entry.chain)) & mask < (place - hole) & mask
      if isReachedBefore { continue }
      entries[hole] = entry
      hole = place
    }
    entries[hole] = Entry()
    count -= 1
  }

  private mutating func grow() {
    var larger = ChainMap(shift: shift - 1)
    for place in 0..<size where entries[place].chain >= 0 {
      larger.entries[larger.place(of: entries[place].chain)] = entries[place]
    }
    swap(&entries, &larger.entries)
    swap(&shift, &larger.shift)
  }
}
