/// The original's prefix cache: keys in order of their last use, of which the oldest makes room.
struct PrefixStore {
  struct Key: Hashable {
    /// Empty with global scope.
    var session: String
    var tokens: [Int64]
  }

  private struct Entry {
    var key: Key
    var newer: Int
    var older: Int
  }

  private let capacity: Int
  private var entries: [Entry] = []
  private var places: [Key: Int] = [:]
  private var newest = -1
  private var oldest = -1
  private(set) var hits = 0
  private(set) var evictions = 0

  init(capacity: Int) { self.capacity = capacity }

  /// Whether the key is there; if not it is then, and the least recently used one may be gone.
  mutating func lookUp(_ key: Key) -> Bool {
    if let place = places[key] {
      hits += 1
      unlink(place)
      link(place)
      return true
    }
    guard capacity > 0 else { return false }
    place(key)
    return false
  }

  private mutating func place(_ key: Key) {
    guard entries.count == capacity else {
      entries.append(Entry(key: key, newer: -1, older: -1))
      places[key] = entries.count - 1
      return link(entries.count - 1)
    }
    evictions += 1
    let place = oldest
    unlink(place)
    places[entries[place].key] = nil
    entries[place].key = key
    places[key] = place
    link(place)
  }

  private mutating func unlink(_ place: Int) {
    let (newer, older) = (entries[place].newer, entries[place].older)
    if newer >= 0 { entries[newer].older = older } else { newest = older }
    if older >= 0 { entries[older].newer = newer } else { oldest = newer }
  }

  private mutating func link(_ place: Int) {
    entries[place].newer = -1
    entries[place].older = newest
    if newest >= 0 { entries[newest].newer = place } else { oldest = place }
    newest = place
  }
}
