/// Steps in which nobody decodes since prompts are computed by themselves: the gaps to the next tokens
/// go back to before them.
///
/// Invariant: the groups are ascending in time, and count requests that decode.
struct DecodePause {
  /// What is kept of those who decode, while they rest in the current step.
  private(set) var resting: Decoders.Sums?
  /// Requests that decode again after the pause, by when they got their last token.
  private(set) var groups: [Group] = []

  struct Group: BitwiseCopyable {
    var lastToken: Int64
    var count: Int
  }

  @inline(__always)
  var isOver: Bool { groups.isEmpty }

  /// How many are in the groups.
  var count: Int { groups.reduce(0) { $0 + $1.count } }

  /// A step begins at `now` in which none of `decoders` is served: those who are in no group got their
  /// last tokens just now.
  mutating func begin(_ decoders: inout Decoders, at now: Int64) {
    let more = decoders.count - count
    if more > 0 { groups.append(Group(lastToken: now, count: more)) }
    resting = decoders.rest()
  }

  /// The step is over. Returns whether there was a pause.
  mutating func endStep(_ decoders: inout Decoders) -> Bool {
    guard let resting else { return false }
    decoders.resume(resting)
    self.resting = nil
    return true
  }

  /// When a decoding request got its last token. `joined`: when it last had its prompt computed.
  func lastToken(joined: Int64, at now: Int64) -> Int64 {
    guard let first = groups.first else { return now }
    return max(first.lastToken, joined)
  }

  /// A request that got its last token then decodes no more.
  mutating func leaves(lastToken: Int64) {
    guard let group = groups.firstIndex(where: { $0.lastToken == lastToken }) else { return }
    groups[group].count -= 1
  }

  /// They have decoded.
  mutating func end() { groups.removeAll() }

  mutating func epochMoves(by picoseconds: Int64) {
    for i in groups.indices { groups[i].lastToken.epochMoves(by: picoseconds) }
  }
}
