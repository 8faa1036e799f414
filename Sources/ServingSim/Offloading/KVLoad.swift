package import SimKernel

/// KV entries that came to a replica from tiers, for one request.
package struct KVLoad: Hashable, Sendable {
  /// Its number in the workload, and of its attempt, from 1.
  package var number: Int32
  package var attempt: Int32
  package var replica: Int32
  /// Tokens of it that the host's memory had, and others that tiers behind that had.
  package var hostTokens: Int32
  package var secondaryTokens: Int32
  /// When it had blocks for them, and when all were there; `.never`: it ended before.
  package var started: SimTime
  package var arrived = SimTime.never

  package init(
    number: Int32, attempt: Int32, replica: Int32, hostTokens: Int32, secondaryTokens: Int32,
    started: SimTime
  ) {
    self.number = number
    self.attempt = attempt
    self.replica = replica
    self.hostTokens = hostTokens
    self.secondaryTokens = secondaryTokens
    self.started = started
  }

  package var tokens: Int { Int(hostTokens) + Int(secondaryTokens) }

  /// Of two that have started at one instant that of the lower request comes first.
  package static func precedes(_ a: Self, _ b: Self) -> Bool {
    (a.started, a.number) < (b.started, b.number)
  }
}
