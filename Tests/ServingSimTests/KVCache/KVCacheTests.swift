import ServingSim
import Testing

/// Blocks have 4 tokens. Requests are numbered; `chains` says which text each one's prompt is.
@Suite(.timeLimit(.minutes(30))) struct KVCacheTests {
  private func cache(
    capacity: Int = 8, _ prompts: [Int], chains: [Int32], answersExtend: Bool = false,
    caching: Bool = true
  ) -> CacheDriver {
    let content = ContentTable(
      chainOfRequest: chains, answersExtend: answersExtend, parents: [-1, -1, 0],
      offsets: [0, 0, 6])
    return CacheDriver(
      capacity: capacity, prompts: prompts, content: content, findsPrefixes: caching)
  }

  @Test func `the oldest text is evicted first, its tail before its head`() {
    let cache = cache([12, 12, 12, 8, 4], chains: [0, 1, -1, -1, -1])
    for number in [0, 1] {
      #expect(cache.run(number))
      cache.release(number, ended: true)
    }
    #expect(cache.free == 8)
    var left: [[Int]] = []
    for number in [2, 3, 4] {
      #expect(cache.run(number))
      left.append([cache.found(0, tokens: 13), cache.found(1, tokens: 13)])
    }
    #expect(left == [[2, 3], [0, 3], [0, 2]])
  }

  @Test func `using a text again makes it the newest`() {
    let cache = cache([12, 12, 13, 16], chains: [0, 1, 0, -1])
    for number in [0, 1, 2] {
      #expect(cache.run(number))
      cache.release(number, ended: true)
    }
    #expect(cache.run(3))
    #expect(cache.found(0, tokens: 13) == 3)
    #expect(cache.found(1, tokens: 13) == 1)
  }

  @Test func `blank blocks are used before known ones`() {
    let cache = cache([8, 24], chains: [0, -1])
    #expect(cache.run(0))
    cache.release(0, ended: true)
    #expect(cache.run(1))
    #expect(cache.found(0, tokens: 9) == 2)
  }

  @Test func `a shared block is taken once and free when its last holder is gone`() {
    let cache = cache([13, 13], chains: [0, 0])
    #expect(cache.run(0))
    #expect(cache.free == 4)
    #expect(cache.run(1))
    #expect(cache.free == 3)
    cache.release(0, ended: true)
    #expect(cache.free == 4)
    cache.release(1, ended: true)
    #expect(cache.free == 8)
  }

  @Test func `held blocks are never evicted`() {
    let cache = cache([12, 21, 20], chains: [0, -1, -1])
    #expect(cache.run(0))
    #expect(!cache.admit(1))
    #expect(cache.run(2))
    #expect(cache.found(0, tokens: 13) == 3)
    #expect(cache.free == 0)
  }

  @Test func `the block of the last token is computed though it is there`() {
    let cache = cache([8, 8, 9], chains: [0, 0, 0])
    #expect(cache.run(0))
    #expect(cache.found(1) == 1)
    #expect(cache.found(2) == 2)
  }

  @Test func `a second copy of a held block has no name`() {
    let cache = cache([8, 8, 24, 4], chains: [0, 0, -1, -1])
    #expect(cache.run(0))
    #expect(cache.run(1))
    #expect(cache.free == 5)
    cache.release(0, ended: true)
    cache.release(1, ended: true)
    #expect(cache.free == 8)
    // Six of the eight blocks are blank, so the copy is among them.
    #expect(cache.run(2))
    #expect(cache.found(0, tokens: 9) == 2)
    #expect(cache.run(3))
    #expect(cache.found(0, tokens: 9) == 1)
  }

  @Test func `a new copy takes the name of a free one, which is blank then`() {
    let cache = cache([8, 8, 24], chains: [0, 0, -1])
    #expect(cache.run(0))
    cache.release(0, ended: true)
    #expect(cache.run(1))
    #expect(cache.free == 6)
    cache.release(1, ended: true)
    #expect(cache.run(2))
    #expect(cache.found(0, tokens: 9) == 2)
  }

  @Test func `only full blocks are found`() {
    let cache = cache([7, 8], chains: [0, 0])
    #expect(cache.run(0))
    cache.release(0, ended: true)
    #expect(cache.found(0, tokens: 100) == 1)
  }

  @Test func `texts share the blocks before they part`() {
    // Text 2 begins with 6 tokens of text 0: one block is the same.
    let cache = cache([12, 12], chains: [0, 2])
    #expect(cache.run(0))
    #expect(cache.found(1) == 1)
    #expect(cache.run(1))
    #expect(cache.free == 8 - 3 - 2)
  }

  @Test(arguments: [false, true]) func `an answer is found where it is part of the text`(
    extends: Bool
  ) {
    let cache = cache([8, 17], chains: [0, 0], answersExtend: extends)
    #expect(cache.run(0, to: 16))
    #expect(cache.found(1) == 2)
    cache.release(0, ended: true)
    #expect(cache.found(1) == (extends ? 4 : 2))
  }

  @Test func `a preempted request finds its own text, but for what was taken since`() {
    let cache = cache([8, 20], chains: [-1, -1])
    #expect(cache.run(0, to: 16))
    cache.release(0, ended: false)
    #expect(cache.found(0) == 4)
    #expect(cache.free == 8)
    #expect(cache.run(1))
    #expect(cache.found(0) == 3)
    #expect(!cache.admit(0))
    cache.release(1, ended: true)
    #expect(cache.run(0))
    #expect(cache.free == 8 - 5)
  }

  @Test func `a request that ended leaves nothing of its own text`() {
    let cache = cache([8, 8], chains: [-1, -1])
    #expect(cache.run(0, to: 16))
    cache.release(0, ended: true)
    #expect(cache.found(0, tokens: 16) == 0)
    #expect(cache.free == 8)
  }

  @Test func `without a prefix cache nothing is found`() {
    let cache = cache([12, 12], chains: [0, 0], caching: false)
    #expect(cache.run(0))
    #expect(cache.found(1) == 0)
    #expect(cache.run(1))
    #expect(cache.free == 2)
    cache.release(0, ended: true)
    #expect(cache.found(1) == 0)
    #expect(cache.free == 5)
  }
}
