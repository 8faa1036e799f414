import ServingTestSupport
import SimKernel
import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct ChainMapTests {
  /// Chains that lie side by side and far apart, so that places collide and tables grow.
  @Test(arguments: [4, 40, 4000])
  func `a chain's strand is found as in a dictionary`(chains: Int) {
    var random = RandomStream(seed: 5, .tests, index: UInt64(chains))
    let names = (0..<chains).map { _ in Int32(random.integer(below: 10 * chains)) }
    var known: [Int32: Int32] = [:]
    var map = ChainMap()
    for round in 0..<Int32(20 * chains) {
      let chain = names[random.integer(below: chains)]
      if known[chain] == nil {
        map.insert(chain, strand: round)
        known[chain] = round
      } else if random.integer(below: 3) == 0 {
        map.remove(chain)
        known[chain] = nil
      }
      if round % 64 == 0 || chains < 64 {
        for name in names { #expect(map[name] == known[name] ?? -1) }
      }
    }
    let copy = map.copy()
    for name in names { #expect(copy[name] == known[name] ?? -1) }
  }
}
