/// Steps at which something about a decoding request changes (its last token, its context reaching
/// the attention window), as a calendar: one slot a step, a list of requests a slot, and bits to
/// find the next slot in use.
///
/// A request whose milestone lies beyond the ring is put in its last slot and asks again there.
struct MilestoneRing: ~Copyable {
  /// Longer than most answers, and small enough that many replicas' rings stay in a CPU's cache.
  static let size: Int64 = 1024
  private static let wordCount = Int(size) / 64
  /// The first request of each slot; nil until a request comes, as it may to few of many replicas.
  private var heads: UnsafeMutablePointer<Int32>?
  private let words: UnsafeMutablePointer<UInt64>
  /// One bit for each word that is not zero.
  private var summary: UInt64 = 0

  init() {
    words = .allocate(capacity: Self.wordCount)
    words.initialize(repeating: 0, count: Self.wordCount)
  }

  deinit {
    heads?.deallocate()
    words.deallocate()
  }

  func copy() -> MilestoneRing {
    var copy = MilestoneRing()
    copy.words.update(from: words, count: Self.wordCount)
    copy.summary = summary
    if let heads { copy.makeHeads().update(from: heads, count: Int(Self.size)) }
    return copy
  }

  /// Files request `id` under step `milestone`, which is not before `now`.
  @inline(__always)
  mutating func insert(
    _ id: Int32, at milestone: Int64, now: Int64, in live: borrowing Slab<LiveRequest>
  ) {
    let slot = Int(min(milestone, now &+ (Self.size - 1)) & (Self.size - 1))
    let heads = heads ?? makeHeads()
    let head = heads[slot]
    live[id].milestoneSlot = Int32(slot)
    live[id].milestonePrevious = -1
    live[id].milestoneNext = head
    if head >= 0 { live[head].milestonePrevious = id }
    heads[slot] = id
    words[slot &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: slot)
    summary |= 1 &<< UInt64(truncatingIfNeeded: slot &>> 6)
  }

  @inline(never)
  private mutating func makeHeads() -> UnsafeMutablePointer<Int32> {
    let made = UnsafeMutablePointer<Int32>.allocate(capacity: Int(Self.size))
    made.initialize(repeating: -1, count: Int(Self.size))
    heads = made
    return made
  }

  @inline(__always)
  mutating func remove(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let slot = Int(live[id].milestoneSlot)
    let previous = live[id].milestonePrevious
    let next = live[id].milestoneNext
    if next >= 0 { live[next].milestonePrevious = previous }
    if previous >= 0 {
      live[previous].milestoneNext = next
    } else {
      heads?[slot] = next
      if next < 0 { clear(slot) }
    }
  }

  /// Empties the slot of step `step` and returns the first of its requests (linked through
  /// `milestoneNext`); -1: none.
  @inline(__always)
  mutating func takeAll(at step: Int64) -> Int32 {
    let slot = Int(step & (Self.size - 1))
    guard let heads, case let head = heads[slot], head >= 0 else { return -1 }
    heads[slot] = -1
    clear(slot)
    return head
  }

  /// Steps from `now` to the next slot in use, that step included; the ring is not empty.
  @inline(__always)
  func stepsToNext(from now: Int64) -> Int {
    let slot = Int(now & (Self.size - 1))
    let word = slot &>> 6
    let here = words[word] &>> UInt64(truncatingIfNeeded: slot)
    if here != 0 { return here.trailingZeroBitCount &+ 1 }
    // The words after this one, then round to it again.
    let after = summary & (~0 &<< UInt64(word &+ 1))
    let others = after != 0 ? after : summary
    precondition(others != 0, "decoding requests without a milestone")
    let later = others.trailingZeroBitCount
    let found = later &<< 6 &+ words[later].trailingZeroBitCount
    return Int((Int64(found) &- now) & (Self.size - 1)) &+ 1
  }

  /// Whether the slot that a request names has it.
  func contains(_ id: Int32, in live: borrowing Slab<LiveRequest>) -> Bool {
    var found = heads?[Int(live[id].milestoneSlot)] ?? -1
    while found >= 0, found != id { found = live[found].milestoneNext }
    return found == id
  }

  @inline(__always)
  private mutating func clear(_ slot: Int) {
    words[slot &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: slot))
    if words[slot &>> 6] == 0 { summary &= ~(1 &<< UInt64(truncatingIfNeeded: slot &>> 6)) }
  }
}
