/// Requests that a step leaves out: only priorities under memory pressure make any.
///
/// Invariant: between two spans nobody is stalled; those who are late are running, and marked.
struct MissedSteps: ~Copyable {
  /// Running requests that the current step leaves out.
  var stalled = Stack<Int32>()
  /// Requests whose next token follows such a step.
  private(set) var late = Stack<Int32>()

  init() {}

  private init(copying other: borrowing MissedSteps) {
    stalled = other.stalled.copy()
    late = other.late.copy()
  }

  func copy() -> MissedSteps { MissedSteps(copying: self) }

  /// The gap to the next token of the stalled is theirs alone.
  mutating func makeStalledLate(in live: borrowing Slab<LiveRequest>) {
    for i in 0..<stalled.count where !live[stalled[i]].isLate {
      live[stalled[i]].isLate = true
      late.append(stalled[i])
    }
  }

  /// The request is no longer one of those who are late.
  mutating func clearLate(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    guard live[id].isLate else { return }
    live[id].isLate = false
    late.removeAll { $0 == id }
  }

  /// The late requests that decode have got their token.
  mutating func caughtUp(in live: borrowing Slab<LiveRequest>) {
    for i in 0..<late.count where live[late[i]].isDecoding { live[late[i]].isLate = false }
    let live = live.base
    late.removeAll { !live[Int($0)].isLate }
  }
}
