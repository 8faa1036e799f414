/// Which of several replicas has the least of something that is not negative (the end of its steps,
/// its load): a winner tree, so one key changes in log2 n comparisons and the least is read at once.
struct Tournament: ~Copyable {
  /// A key that no other is less than.
  static let last = Int64.max

  private var keys: UnsafeMutablePointer<Int64>
  /// The winner below each node: children of node n are 2 n and 2 n + 1, replica i is the leaf
  /// `leaves + i`.
  private var winners: UnsafeMutablePointer<Int32>
  private var leaves: Int

  init(replicas: Int, keys key: Int64) {
    var leaves = 1
    while leaves < replicas { leaves *= 2 }
    self.leaves = leaves
    keys = .allocate(capacity: leaves)
    keys.initialize(repeating: Self.last, count: leaves)
    winners = .allocate(capacity: 2 * leaves)
    winners.initialize(repeating: 0, count: 2 * leaves)
    for i in 0..<leaves { winners[leaves + i] = Int32(i) }
    for node in stride(from: leaves - 1, to: 0, by: -1) { winners[node] = winners[2 * node] }
    for i in 0..<replicas { set(i, to: key) }
  }

  deinit {
    keys.deallocate()
    winners.deallocate()
  }

  func copy() -> Tournament {
    let copy = Tournament(replicas: leaves, keys: Self.last)
    copy.keys.update(from: keys, count: leaves)
    copy.winners.update(from: winners, count: 2 * leaves)
    return copy
  }

  /// Each key becomes less by `difference`, but those that are `last`.
  mutating func lowerAll(by difference: Int64) {
    for i in 0..<leaves where keys[i] != Self.last { keys[i] -= difference }
  }

  /// Makes room for so many replicas, the new ones with a key that no other is less than.
  mutating func grow(toHold replicas: Int) {
    var larger = Tournament(replicas: replicas, keys: Self.last)
    for i in 0..<leaves { larger.set(i, to: keys[i]) }
    swap(&keys, &larger.keys)
    swap(&winners, &larger.winners)
    swap(&leaves, &larger.leaves)
  }

  /// The replica of the least key, the lowest number among equals.
  @inline(__always)
  var first: Int { Int(winners[1]) }

  @inline(__always)
  var least: Int64 { keys[first] }

  subscript(_ replica: Int) -> Int64 {
    @inline(__always) get { keys[replica] }
  }

  /// Whether another replica than the first has the least key, too.
  @inline(__always)
  var isTied: Bool {
    let least = least
    var node = leaves + first
    while node > 1 {
      if keys[Int(winners[node ^ 1])] == least { return true }
      node >>= 1
    }
    return false
  }

  @inline(__always)
  mutating func set(_ replica: Int, to key: Int64) {
    keys[replica] = key
    var winner = Int32(truncatingIfNeeded: replica)
    var least = key
    var node = leaves &+ replica
    while node > 1 {
      let rival = winners[node ^ 1]
      let rivalKey = keys[Int(rival)]
      // Among equals the left child wins; no branch, since nobody could predict it.
      let wins = rivalKey &- Int64(node & 1) < least
      winner = wins ? rival : winner
      least = wins ? rivalKey : least
      node >>= 1
      winners[node] = winner
    }
  }

  /// The same for a key that is not greater than the one before: from where it loses on, nothing
  /// changes.
  @inline(__always)
  mutating func lower(_ replica: Int, to key: Int64) {
    keys[replica] = key
    var node = leaves &+ replica
    while node > 1 {
      let rivalKey = keys[Int(winners[node ^ 1])]
      guard rivalKey &- Int64(node & 1) >= key else { return }
      node >>= 1
      winners[node] = Int32(truncatingIfNeeded: replica)
    }
  }
}
