import ServingSim
import ServingTestSupport
import SimKernel
import Testing
import TraceArchive

@testable import Scenarios

/// Chains block by block: what chains of runs have to be.
private struct NaiveChains {
  private var before: [Int64: Int64?] = [:]
  private var chains: [Int64: Int32] = [:]
  private var tips: [Int32: Int64] = [:]

  mutating func follow(_ ids: [Int64], in table: inout ContentTable) -> Int64? {
    var last: Int64?
    for (place, id) in ids.enumerated() {
      if let known = before[id] {
        guard known == last else { return id }
      } else {
        before[id] = .some(last)
        let parent = last.flatMap { chains[$0] }
        if let parent, tips[parent] == last {
          chains[id] = parent
        } else {
          chains[id] = table.addChain(
            parent: parent ?? -1, offset: Int32(place * 4), answersExtend: false)
        }
        tips[chains[id] ?? -1] = id
      }
      last = id
    }
    return nil
  }

  func chain(of ids: [Int64], tokens: Int32, in table: inout ContentTable) -> Int32 {
    guard let last = ids.last, let chain = chains[last] else { return -1 }
    guard ids.count * 4 < tokens else { return chain }
    return table.addChain(parent: chain, offset: Int32(ids.count * 4), answersExtend: false)
  }
}

/// Prompts that go on from others; a wrong one begins with any ids.
private func prompts(_ random: inout RandomStream, hasWrong: Bool) -> [[Int64]] {
  var prompts: [[Int64]] = []
  var next: Int64 = 0
  for _ in 0..<150 {
    let before = prompts.isEmpty ? [] : prompts[random.integer(below: prompts.count)]
    var ids = Array(before.prefix(random.integer(below: before.count + 4)))
    if random.integer(below: 3) > 0 {
      let added = Int64(1 + random.integer(below: 6))
      ids += next..<next + added
      next += added + Int64(random.integer(below: 2))
    }
    if hasWrong, next > 0, random.integer(below: 20) == 0 {
      let first = Int64(random.integer(below: Int(next)))
      ids = Array(first..<first + Int64(1 + random.integer(below: 8)))
    }
    prompts.append(ids)
  }
  return prompts
}

@Test(arguments: 0..<30)
func `chains of runs are those of single blocks`(seed: Int) {
  var random = RandomStream(seed: UInt64(seed), .tests)
  let prompts = prompts(&random, hasWrong: seed % 2 == 0)
  var prefixes = PrefixBlocks(blockSize: 4, hasPartialBlocks: false)
  for ids in prompts { prefixes.append(BlockRuns(ids)) }
  var chains = BlockChains(prefixes, sessions: nil)
  var naive = NaiveChains()
  var table = ContentTable()
  var expected = ContentTable()
  for (row, ids) in prompts.enumerated() {
    let fault = chains.follow(row, in: &table)
    let wrong = naive.follow(ids, in: &expected)
    #expect((fault == nil) == (wrong == nil))
    if let wrong { #expect(fault?.hasPrefix("block id \(wrong) follows") == true) }
    // The plan is refused there.
    guard fault == nil, wrong == nil else { break }
    let tokens = Int32(ids.count * 4 + random.integer(below: 4))
    #expect(
      chains.chain(of: row, tokens: tokens, in: &table)
        == naive.chain(of: ids, tokens: tokens, in: &expected))
  }
  #expect(table.parents == expected.parents && table.offsets == expected.offsets)
}
