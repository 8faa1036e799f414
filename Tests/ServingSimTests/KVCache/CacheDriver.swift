@testable import ServingSim

/// A request as a cache's user keeps it.
struct CacheRequest {
  var prompt: Int
  /// Prompt and tokens generated when it was last admitted or preempted.
  var known: Int
  var computed = 0
  var isRunning = false
  var content: ContentHold

  /// Tokens that the next admission has to find or to compute.
  mutating func forget(ended: Bool) {
    known = ended ? prompt : max(prompt, computed + 1)
    computed = 0
    isRunning = false
  }
}

/// Uses a `KVCache` as the engine's steps do: whole prompts are reserved at admission, computed in
/// chunks and named as they are computed.
final class CacheDriver {
  static let blockSize = 4
  private var cache: KVCache
  private(set) var requests: [CacheRequest]

  init(
    capacity: Int, prompts: [Int], content: ContentTable, findsPrefixes: Bool = true,
    policy: (any EvictionPolicy)? = nil
  ) {
    let cache = KVCache(
      blockSize: BlockSize(Self.blockSize), capacity: capacity, findsPrefixes: findsPrefixes,
      paths: ContentPaths(content, plannedRequests: content.chainOfRequest.count), eviction: policy)
    requests = prompts.enumerated().map { number, prompt in
      let content = cache.content(of: number, promptTokens: prompt)
      return CacheRequest(prompt: prompt, known: prompt, content: content)
    }
    self.cache = cache
  }

  var free: Int { cache.free }

  /// Blocks that request `number` would find now, of its own first `tokens` tokens.
  func found(_ number: Int, tokens: Int? = nil) -> Int {
    cache.match(requests[number].content, tokens: tokens ?? requests[number].known).blocks
  }

  /// Admits a request if there is memory for all of it.
  func admit(_ number: Int) -> Bool {
    let match = cache.match(requests[number].content, tokens: requests[number].known)
    let needed = blocks(requests[number].known) - match.blocks + match.unheld
    guard needed <= cache.free else { return false }
    cache.hold(&requests[number].content, matched: match.blocks)
    requests[number].computed = match.blocks * Self.blockSize
    requests[number].isRunning = true
    return true
  }

  /// Computes `tokens` more tokens, of the prompt or of the answer, if there is memory for them.
  func compute(_ number: Int, tokens: Int) -> Bool {
    let end = requests[number].computed + tokens
    let needed = blocks(end) - blocks(requests[number].computed)
    guard needed <= cache.free else { return false }
    cache.take(needed)
    if end <= requests[number].known {
      cache.name(&requests[number].content, upTo: end / Self.blockSize)
    }
    requests[number].computed = end
    return true
  }

  func release(_ number: Int, ended: Bool) {
    let computed = requests[number].computed
    cache.release(
      &requests[number].content, allocated: blocks(computed), full: computed / Self.blockSize,
      ended: ended)
    requests[number].forget(ended: ended)
  }

  /// Admits a request, computes it up to `tokens` tokens, the prompt if nil, and leaves it running.
  func run(_ number: Int, to tokens: Int? = nil) -> Bool {
    guard admit(number) else { return false }
    let prompt = requests[number].known
    guard compute(number, tokens: prompt - requests[number].computed) else { return false }
    guard let tokens, tokens > prompt else { return true }
    return compute(number, tokens: tokens - prompt)
  }

  private func blocks(_ tokens: Int) -> Int { (tokens + Self.blockSize - 1) / Self.blockSize }
}
