import ServingSim

@testable import ServingTestSupport

/// Does with a `ReferenceCache`, block by block, what `CacheDriver` does with a `KVCache`.
final class ReferenceCacheDriver {
  private struct Request {
    var prompt: Int
    var known: Int
    var computed = 0
    var allocated = 0
    var named = 0
    var duplicates = 0
    var keys: BlockKeys
  }

  private let blockSize = CacheDriver.blockSize
  private var cache: ReferenceCache
  private var requests: [Request]

  init(
    capacity: Int, prompts: [Int], content: ContentTable, policy: (any EvictionPolicy)? = nil
  ) {
    cache = ReferenceCache(capacity: capacity, policy: policy)
    requests = prompts.enumerated().map { number, prompt in
      let keys = BlockKeys(
        content, number: number, blockSize: CacheDriver.blockSize, promptTokens: prompt)
      return Request(prompt: prompt, known: prompt, keys: keys)
    }
  }

  var free: Int { cache.free }

  func found(_ number: Int) -> Int {
    let limit = (requests[number].known - 1) / blockSize
    return (0..<limit).first { !cache.isResident(requests[number].keys[$0]) } ?? limit
  }

  func admit(_ number: Int) -> Bool {
    let keys = requests[number].keys
    let found = found(number)
    let all = blocks(requests[number].known)
    let unheld = (0..<found).filter { !cache.isHeld(keys[$0]) }.count
    guard all - found + unheld <= cache.free else { return false }
    cache.hold((0..<found).map { keys[$0] }, shared: keys.chainBlocks)
    for block in found..<max(found, all) { cache.forgetOwn(keys[block]) }
    requests[number].named = min(found, keys.chainBlocks)
    requests[number].allocated = found
    requests[number].computed = found * blockSize
    return true
  }

  func compute(_ number: Int, tokens: Int) -> Bool {
    let end = requests[number].computed + tokens
    let needed = blocks(end) - requests[number].allocated
    guard needed <= cache.free else { return false }
    cache.take(needed)
    requests[number].allocated += needed
    if end <= requests[number].known { name(number, upTo: end / blockSize) }
    requests[number].computed = end
    return true
  }

  func release(_ number: Int, ended: Bool) {
    let full = requests[number].computed / blockSize
    name(number, upTo: full)
    let request = requests[number]
    cache.blank += request.allocated - full + request.duplicates
    for block in (request.named..<full).reversed() {
      cache.queueOwn(request.keys[block], findable: !ended)
    }
    for block in (0..<request.named).reversed() { cache.release(request.keys[block]) }
    let known = ended ? request.prompt : max(request.prompt, request.computed + 1)
    requests[number] = Request(prompt: request.prompt, known: known, keys: request.keys)
  }

  private func name(_ number: Int, upTo end: Int) {
    let limit = min(end, requests[number].keys.chainBlocks)
    while requests[number].named < limit {
      if cache.name(requests[number].keys[requests[number].named]) {
        requests[number].duplicates += 1
      }
      requests[number].named += 1
    }
  }

  private func blocks(_ tokens: Int) -> Int { (tokens + blockSize - 1) / blockSize }
}
