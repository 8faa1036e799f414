import Testing

@testable import KavierOriginal

struct PrefixStoreTests {
  private func key(_ token: Int64) -> PrefixStore.Key {
    PrefixStore.Key(session: "", tokens: [token])
  }

  /// Looks tokens up one after the other: `h` is a hit.
  private func play(_ tokens: [Int64], capacity: Int) -> (String, PrefixStore) {
    var store = PrefixStore(capacity: capacity)
    let text = tokens.map { store.lookUp(key($0)) ? "h" : "." }.joined()
    return (text, store)
  }

  @Test func `the least recently used makes room`() {
    let (hits, store) = play([1, 2, 1, 3, 2, 1], capacity: 2)
    #expect(hits == "..h...")
    #expect(store.evictions == 3)
    #expect(store.hits == 1)
  }

  @Test func `what fits stays`() {
    let (hits, store) = play([1, 2, 3, 1, 2, 3], capacity: 3)
    #expect(hits == "...hhh")
    #expect(store.evictions == 0)
  }

  @Test func `without room nothing is kept`() {
    #expect(play([1, 1, 1], capacity: 0).0 == "...")
  }

  @Test func `sessions share the room unless that is corrected`() {
    var shared = PrefixCache(minimum: 1, capacity: 1, scope: .session, isPerSession: false)
    var own = PrefixCache(minimum: 1, capacity: 1, scope: .session, isPerSession: true)
    for session in ["a", "b", "a", "b"] {
      _ = shared.lookUp(session, [1])
      _ = own.lookUp(session, [1])
    }
    #expect(shared.hits == 0)
    #expect(shared.evictions == 3)
    #expect(own.hits == 2)
    #expect(own.evictions == 0)
  }
}
