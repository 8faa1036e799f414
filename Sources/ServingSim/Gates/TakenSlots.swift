/// Slots, by number, of which some are taken. Each taken one points on to a later and to an earlier
/// one; pointers are shortened as they are followed, so the nearest free slot is a few of them away.
struct TakenSlots {
  private var later: [Int128: Int128] = [:]
  private var earlier: [Int128: Int128] = [:]

  mutating func take(_ slot: Int128) {
    later[slot] = slot + 1
    earlier[slot] = slot - 1
  }

  /// nil: all of them are taken.
  mutating func firstFree(from first: Int128, through last: Int128) -> Int128? {
    let slot = Self.follow(&later, from: first)
    return slot <= last ? slot : nil
  }

  /// nil: all of them are taken.
  mutating func lastFree(from first: Int128, through last: Int128) -> Int128? {
    let slot = Self.follow(&earlier, from: last)
    return slot >= first ? slot : nil
  }

  private static func follow(_ pointers: inout [Int128: Int128], from slot: Int128) -> Int128 {
    var end = slot
    while let next = pointers[end] { end = next }
    var place = slot
    while let next = pointers[place] {
      pointers[place] = end
      place = next
    }
    return end
  }
}
