import ServingTestSupport
import SimKernel
import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct ChainHoldersTests {
  @Test func `those who entered and did not leave are listed`() {
    var random = RandomStream(seed: 6, .tests, index: 0)
    var holders = ChainHolders(chains: 5)
    var known: [Int32: [Int32: Int32]] = [:]
    var listed: [Int32] = []
    for _ in 0..<2000 {
      let (chain, replica) = (Int32(random.integer(below: 5)), Int32(random.integer(below: 10)))
      if let entry = known[chain]?[replica] {
        holders.remove(entry, chain: chain)
        known[chain]?[replica] = nil
      } else {
        known[chain, default: [:]][replica] = holders.add(replica, chain: chain)
      }
      holders.list(chain, into: &listed)
      #expect(listed.sorted() == known[chain, default: [:]].keys.sorted())
    }
  }

  /// Two memories of two blocks: what one evicts, forgets or takes along in a copy is its own.
  @Test func `a memory enters what it has, and leaves what it evicts or forgets`() {
    let content = ContentTable(
      chainOfRequest: [0, 1], answersExtend: false, parents: [-1, -1], offsets: [0, 0])
    let paths = ContentPaths(content, plannedRequests: 2)
    var holders = ChainHolders(chains: 2)
    var others = ChainHolders(chains: 2)
    withUnsafeMutablePointer(to: &holders) { holders in
      var kv = KVCache(
        blockSize: BlockSize(4), capacity: 2, findsPrefixes: true, paths: paths,
        listing: ChainListing(holders: holders, replica: 7))
      run(0, on: &kv)
      #expect(listed(holders) == [[7], []])
      withUnsafeMutablePointer(to: &others) { others in
        let copy = kv.copy(paths, listing: ChainListing(holders: others, replica: 7))
        #expect(listed(others) == [[7], []])
        _ = consume copy
        #expect(listed(others) == [[], []])
      }
      run(1, on: &kv)
      #expect(listed(holders) == [[], [7]])
      kv = kv.emptied()
      #expect(listed(holders) == [[], []])
      run(0, on: &kv)
      #expect(listed(holders) == [[7], []])
    }
  }

  /// A prompt of two blocks, computed and released.
  private func run(_ request: Int, on kv: inout KVCache) {
    var hold = kv.content(of: request, promptTokens: 8)
    kv.take(2)
    kv.name(&hold, upTo: 2)
    kv.release(&hold, allocated: 2, full: 2, ended: true)
  }

  private func listed(_ holders: UnsafeMutablePointer<ChainHolders>) -> [[Int32]] {
    [0, 1].map { (chain: Int32) in
      var replicas: [Int32] = []
      holders.pointee.list(chain, into: &replicas)
      return replicas
    }
  }
}
