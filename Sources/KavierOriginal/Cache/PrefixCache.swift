/// What a hit skips.
package enum PrefixPolicy: String, Sendable, CaseIterable { case none, prefill, full }

/// Whether requests of other sessions can hit.
package enum PrefixScope: String, Sendable, CaseIterable { case session, global }

/// One store for all, or one a session where that is corrected.
struct PrefixCache {
  let minimum: Int
  private let scope: PrefixScope
  private let capacity: Int
  private let isPerSession: Bool
  private var shared: PrefixStore
  private var own: [String: PrefixStore] = [:]

  init(minimum: Int, capacity: Int, scope: PrefixScope, isPerSession: Bool) {
    self.minimum = minimum
    self.scope = scope
    self.capacity = capacity
    self.isPerSession = isPerSession && scope == .session
    shared = PrefixStore(capacity: capacity)
  }

  var hits: Int { own.values.reduce(shared.hits) { $0 + $1.hits } }
  var evictions: Int { own.values.reduce(shared.evictions) { $0 + $1.evictions } }

  /// `tokens`: those that make the key, at most `minimum`.
  mutating func lookUp(_ session: String, _ tokens: [Int64]) -> Bool {
    let key = PrefixStore.Key(session: scope == .session ? session : "", tokens: tokens)
    guard isPerSession else { return shared.lookUp(key) }
    return own[session, default: PrefixStore(capacity: capacity)].lookUp(key)
  }
}
