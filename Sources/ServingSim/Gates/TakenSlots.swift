/// Slots, by number, of which some are taken. Each taken one points on to a later and to an earlier
/// one; pointers are shortened as they are followed, so the nearest free slot is a few of them away.
struct TakenSlots {
  private var later: [Int64: Int64] = [:]
  private var earlier: [Int64: Int64] = [:]

  mutating func take(_ slot: Int64) {
    later[slot] = slot + 1
    earlier[slot] = slot - 1
  }

  /// nil: all of them are taken.
  mutating func firstFree(from first: Int64, through last: Int64) -> Int64? {
    let slot = Self.follow(&later, from: first)
    return slot <= last ? slot : nil
  }

  /// nil: all of them are taken.
  mutating func lastFree(from first: Int64, through last: Int64) -> Int64? {
    let slot = Self.follow(&earlier, from: last)
    return slot >= first ? slot : nil
  }

  private static func follow(_ pointers: inout [Int64: Int64], from slot: Int64) -> Int64 {
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
