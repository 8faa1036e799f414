import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ConsistentHashingTests {
  private let long = StepRequest(prompt: 2, output: 400)

  /// One after the other, so that no replica is ever full.
  private func sparse(_ count: Int, chain: (Int) -> Int32 = { _ in -1 }) -> [StepRequest] {
    (0..<count).map { StepRequest(at: 10 * Double($0), prompt: 2, output: 2, chain: chain($0)) }
  }

  @Test func `a conversation has one replica, and so has a text`() {
    let sessions = (0..<40).map { Int32($0 % 8) }
    let bySession = replicas(.consistentHashing, sparse(40), fleet: 5, sessions: sessions)
    for i in 8..<40 { #expect(bySession[i] == bySession[i - 8]) }
    #expect(Set(bySession).count > 1)
    let byText = replicas(.consistentHashing, sparse(40) { Int32($0 % 8) }, fleet: 5)
    for i in 8..<40 { #expect(byText[i] == byText[i - 8]) }
    #expect(Set(byText).count > 1)
  }

  @Test func `when a replica joins, others keep their conversations or lose them to it`() {
    let sessions = (0..<200).map { Int32($0) }
    let before = replicas(.consistentHashing, sparse(200), fleet: 5, sessions: sessions)
    let after = replicas(.consistentHashing, sparse(200), fleet: 6, sessions: sessions)
    let moved = zip(before, after).filter { $0 != $1 }
    #expect(moved.allSatisfy { $0.1 == 5 })
    #expect((10...70).contains(moved.count))
  }

  @Test func `no replica has more than the factor times the mean, rounded up`() {
    let requests = [StepRequest](repeating: long, count: 60)
    for factor in [1, 1.25, 2] {
      // All of one conversation: the first replica overflows to the next, and so on.
      let sent = replicas(
        .consistentHashing, requests, fleet: 6, sessions: [Int32](repeating: 7, count: 60)
      ) { $0.routerSettings.loadFactor = factor }
      for count in 1...60 {
        let most = (factor * Double(count) / 6).rounded(.up)
        let loads = (0..<6).map { i in sent.prefix(count).count { $0 == i } }
        #expect(loads.allSatisfy { Double($0) <= most })
      }
    }
  }
}
