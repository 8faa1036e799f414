import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct KVCacheRandomTests {
  @Test(arguments: 0..<400)
  func `runs of blocks are what single blocks are`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 2)
    let prompts = (0..<12).map { _ in 1 + random.integer(below: 40) }
    let content = table(prompts, &random)
    let capacity = 12 + random.integer(below: 40)
    let policy: (any EvictionPolicy)? = seed % 2 == 0 ? nil : LeastFrequentlyUsed()
    let cache = CacheDriver(
      capacity: capacity, prompts: prompts, content: content, policy: policy)
    let reference = ReferenceCacheDriver(
      capacity: capacity, prompts: prompts, content: content, policy: policy)
    for operation in 0..<80 {
      let number = random.integer(below: prompts.count)
      guard cache.requests[number].isRunning else {
        #expect(cache.admit(number) == reference.admit(number))
        continue
      }
      if random.integer(below: 3) > 0 {
        let tokens = 1 + random.integer(below: 9)
        #expect(cache.compute(number, tokens: tokens) == reference.compute(number, tokens: tokens))
      } else {
        let ended = random.integer(below: 2) == 0
        cache.release(number, ended: ended)
        reference.release(number, ended: ended)
      }
      #expect(cache.free == reference.free, "after operation \(operation)")
      for other in prompts.indices where !cache.requests[other].isRunning {
        #expect(
          cache.found(other) == reference.found(other), "request \(other) after \(operation)")
      }
    }
    for number in prompts.indices where cache.requests[number].isRunning {
      cache.release(number, ended: true)
    }
    #expect(cache.free == capacity)
  }

  /// Two texts, branches of them, and requests with a text of their own.
  private func table(_ prompts: [Int], _ random: inout RandomStream) -> ContentTable {
    var table = ContentTable(
      answersExtend: [random.integer(below: 2) == 0, random.integer(below: 2) == 0],
      parents: [-1, -1], offsets: [0, 0])
    for prompt in prompts {
      switch random.integer(below: 4) {
      case 0: table.chainOfRequest.append(-1)
      case 1:
        let parent = Int32(random.integer(below: 2))
        let offset = Int32(random.integer(below: prompt + 1))
        let extends = random.integer(below: 2) == 0
        table.chainOfRequest.append(
          table.addChain(parent: parent, offset: offset, answersExtend: extends))
      default: table.chainOfRequest.append(Int32(random.integer(below: 2)))
      }
    }
    return table
  }
}
