import SimKernel

/// Requests that go on at another replica when theirs is lost, with the tokens that they have: the front
/// door keeps these, and sends them along as if they were a part of the prompt. As NVIDIA Dynamo does
/// (`--migration-limit`, release 1.6).
struct Migrations {
  /// What a request on its way to another replica has of the one that it leaves.
  struct Carried {
    /// Of its prompt, with KV entries when it left.
    var promptTokens: Int32
    var outputTokens: Int32
    /// When it got the last of them; the least: it has none.
    var lastToken: Instant
  }

  /// How often a request may go on at another replica.
  private let limit: Int
  private var counts: [Int32: Int] = [:]
  private var carried: [Int32: Carried] = [:]

  init(limit: Int) { self.limit = limit }

  /// Whether any request may.
  var areMade: Bool { limit > 0 }

  /// Whether request `number` may.
  func allow(_ number: Int32) -> Bool { counts[number, default: 0] < limit }

  /// Request `number` leaves its replica with `carried`.
  mutating func begin(_ number: Int32, with carried: Carried) {
    counts[number, default: 0] += 1
    self.carried[number] = carried
  }

  /// Whether request `number` is on its way, or waits for somebody to go to.
  func isUnderWay(_ number: Int) -> Bool { !carried.isEmpty && carried[Int32(number)] != nil }

  /// Request `number` has come to another replica, or has ended before; nil: it was not on its way.
  mutating func end(_ number: Int) -> Carried? {
    carried.isEmpty ? nil : carried.removeValue(forKey: Int32(number))
  }

  /// The client begins anew with request `number`.
  mutating func forget(_ number: Int) { counts[Int32(number)] = nil }
}
