import ServingTestSupport
import SimKernel
import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct TournamentTests {
  @Test(arguments: [1, 2, 3, 5, 64, 100])
  func `the first is the least, the lowest number among equals`(replicas: Int) {
    var random = RandomStream(seed: 7, .tests, index: UInt64(replicas))
    var keys = [Int64](repeating: 3, count: replicas)
    var tournament = Tournament(replicas: replicas, keys: 3)
    for _ in 0..<1000 {
      let i = random.integer(below: replicas)
      keys[i] = random.pick([0, 1, 2, 3, 4, Tournament.last])
      tournament.set(i, to: keys[i])
      let least = keys.min() ?? 0
      #expect(tournament.least == least)
      #expect(tournament[i] == keys[i])
      guard least < Tournament.last else { continue }
      #expect(tournament.first == keys.firstIndex(of: least))
      #expect(tournament.isTied == (keys.filter { $0 == least }.count > 1))
    }
  }
}
