import SimKernel
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(30))) struct PromptChainsTests {
  private func text(_ words: [UInt32]) -> PromptDigest {
    var digest = PromptDigest(blockTokens: 2)
    for word in words { digest.append(id: UInt64(word)) }
    return digest
  }

  private func use(
    _ words: [UInt32], _ chains: inout PromptChains
  ) throws -> (chain: Int32, branch: PromptChains.Branch?) {
    let used = chains.use(text(words), key: text(words).hash)
    return try #require(used)
  }

  @Test func `a prompt branches off the one it shares the most with`() throws {
    var chains = PromptChains(blockTokens: 2, capacity: 10)
    let first = try use([1, 2, 3, 4, 5], &chains)
    #expect(first.branch == .init(chain: 0, parent: nil, offset: 0))
    let second = try use([1, 2, 3, 4, 6, 7], &chains)
    #expect(second.branch == .init(chain: 1, parent: 0, offset: 4))
    let third = try use([1, 2, 3, 4, 6, 7, 8, 9], &chains)
    #expect(third.branch == .init(chain: 2, parent: 1, offset: 6))
    let again = try use([1, 2, 3, 4, 5], &chains)
    #expect(again.chain == 0 && again.branch == nil)
  }

  @Test func `a next turn branches off the answer before it`() throws {
    var chains = PromptChains(blockTokens: 2, capacity: 10)
    let first = try use([1, 2, 3], &chains)
    chains.release(first.chain, text: text([1, 2, 3, 4, 5, 6])) { _ in true }
    let next = try use([1, 2, 3, 4, 5, 6, 7], &chains)
    #expect(next.branch == .init(chain: 1, parent: 0, offset: 6))
  }

  @Test func `what nobody holds is forgotten, what others branch off is not`() throws {
    var chains = PromptChains(blockTokens: 2, capacity: 2)
    let first = try use([1, 2, 3], &chains)
    let second = try use([1, 2, 4], &chains)
    let refused = chains.use(text([5]), key: text([5]).hash) == nil
    #expect(refused)
    chains.release(first.chain, text: nil) { _ in false }
    #expect(chains.count == 2)
    chains.release(second.chain, text: nil) { _ in false }
    #expect(chains.count == 0)
    let fresh = try use([1, 2, 3], &chains)
    #expect(fresh.branch?.parent == nil)
  }

  @Test(arguments: 0..<50)
  func `chains say what texts share, however they come and go`(seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed), .tests)
    var chains = PromptChains(blockTokens: 2, capacity: 1000)
    var textOfChain: [Int32: [UInt32]] = [:]
    var parents: [Int32: (parent: Int32?, offset: Int)] = [:]
    var inUse: [(chain: Int32, words: [UInt32])] = []
    for _ in 0..<400 {
      if random.uniform() < 0.55 || inUse.isEmpty {
        let words = (0..<1 + random.integer(below: 12)).map { _ in UInt32(random.integer(below: 2))
        }
        let (chain, branch) = try use(words, &chains)
        if let branch {
          textOfChain[chain] = words
          parents[chain] = (branch.parent, Int(branch.offset))
          if let parent = branch.parent {
            let shared = try #require(textOfChain[parent]).prefix(Int(branch.offset))
            #expect(Array(shared) == Array(words.prefix(Int(branch.offset))))
            #expect(Int(branch.offset) >= (parents[parent]?.offset ?? 0))
          }
        }
        #expect(textOfChain[chain]?.prefix(words.count) == words[...])
        inUse.append((chain, words))
      } else {
        let (chain, words) = inUse.remove(at: random.integer(below: inUse.count))
        // The same prompt always gets the same answer, more or less of it.
        let answer = words + (0..<random.integer(below: 5)).map { UInt32($0 % 2) }
        if answer.count > (textOfChain[chain]?.count ?? 0) { textOfChain[chain] = answer }
        let resident = random.next()
        chains.release(chain, text: text(answer)) { (resident >> UInt64($0 & 63)) & 1 == 0 }
      }
    }
  }
}
