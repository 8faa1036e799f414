import ServingModel
import ServingSim
import SimKernel

/// KV entries that are kept outside of the accelerators' memory, spelled out.
extension ReferenceReplica {
  /// Begins to load what the tiers have of a request of which `found` blocks are here; nil: nothing that
  /// is worth it.
  mutating func load(_ request: ReferenceRequest, found: Int) -> ReferenceRequest? {
    guard let plan = plan.offloading else { return nil }
    let limit = (request.known - 1) / self.plan.blockSize
    var counts: [Int] = []
    var end = found
    for tier in tiers {
      let start = end
      if (0..<start).allSatisfy({ tier.has(request.keys[$0]) }) {
        while end < limit, tier.has(request.keys[end]) { end += 1 }
      }
      counts.append(end - start)
    }
    for tier in tiers {
      let held = (0..<limit).first { !tier.has(request.keys[$0]) } ?? limit
      tier.use((0..<held).map { request.keys[$0] })
    }
    guard isWorthLoading(counts, after: found, plan) else { return nil }
    var request = request
    cache.hold((0..<found).map { request.keys[$0] }, shared: request.keys.chainBlocks)
    for block in found..<max(found, blocks(request.known)) { cache.forgetOwn(request.keys[block]) }
    request.named = min(found, request.keys.chainBlocks)
    request.allocated = blocks(request.known)
    cache.take(request.allocated - found)
    request.loaded = end * self.plan.blockSize
    parked.append(request)
    loadsNow.append((request.number, counts))
    return request
  }

  private func isWorthLoading(_ counts: [Int], after found: Int, _ plan: OffloadingPlan) -> Bool {
    let count = counts.reduce(0, +)
    let tokens = count * self.plan.blockSize
    guard count > 0, tokens >= plan.minLoadTokens else { return false }
    guard plan.loadsOnlyIfFaster else { return true }
    var work = StepWork()
    work.prefillSequences = 1
    work.prefillTokens = tokens
    work.prefillContext = found * self.plan.blockSize
    for token in 1...tokens {
      let context = work.prefillContext + token
      work.prefillPairs += context
      if let window = self.plan.stepTime.attentionWindow {
        work.prefillWindowedPairs += min(context, window)
      }
    }
    var seconds = Double(count) * Double(plan.blockBytes) / Double(plan.bandwidth)
    for (t, tier) in plan.secondaryTiers.enumerated() where counts[t + 1] > 0 {
      seconds += Double(counts[t + 1]) * Double(plan.blockBytes) / Double(tier.bandwidth)
      seconds += tier.latency.seconds
    }
    return SimDuration(seconds: seconds) < self.plan.stepTime.duration(of: work)
  }

  /// What it waited for has come: of the blocks it had, those that are not filled yet are free again.
  mutating func takeUpLoaded(_ request: ReferenceRequest, _ budget: inout Int) -> ReferenceRequest {
    var request = request
    cache.blank += request.allocated - request.loaded / plan.blockSize
    request.allocated = request.loaded / plan.blockSize
    request.computed = request.loaded
    request.cachedTokens = request.loaded
    request.loaded = 0
    request.hasCome = false
    running.append(request)
    let tokens = min(chunk(request.known - request.computed), budget)
    serve(running.count - 1, tokens: tokens)
    budget -= tokens
    return request
  }

  /// A step has computed a chunk of a request's prompt.
  mutating func offload(_ request: ReferenceRequest) {
    let end = min(request.computed, request.promptTokens) / plan.blockSize
    let known = (request.computed - request.scheduled) / plan.blockSize
    guard end > known else { return }
    for (t, tier) in tiers.enumerated() {
      let stored = tier.store((0..<end).map { request.keys[$0] }, known: known)
      if t == 0 { offloadedBlocks += stored }
    }
  }
}
