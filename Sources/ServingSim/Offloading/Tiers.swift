import ServingModel
import SimKernel

/// What a replica keeps of prompts outside of its accelerators.
struct Tiers {
  /// nil: nothing.
  let plan: OffloadingPlan?
  /// The host's memory, then the secondary tiers.
  private var stores: [TierStore] = []
  /// Blocks that the host's memory did not have when they were computed here.
  private(set) var offloadedBlocks = 0
  /// Loads that have blocks since the fleet last looked.
  var begun: [Load] = []

  /// KV entries that are to come for one request.
  struct Load {
    /// The request's number.
    var number: Int32
    /// Blocks of it by the tier that they are in.
    var blocks: [Int]
  }

  /// `shared`: the stores of the plan that replicas share.
  init(_ plan: ReplicaPlan, shared: [TierStore], _ paths: ContentPaths?) {
    self.plan = plan.offloading
    guard let offloading = plan.offloading else { return }
    func own(_ blocks: Int) -> TierStore {
      TierStore(blocks: blocks, blockSize: BlockSize(plan.blockSize), paths: paths)
    }
    stores = [own(offloading.hostBlocks)]
    stores += offloading.secondaryTiers.map { tier in
      tier.store.map { shared[$0] } ?? own(tier.blocks)
    }
  }

  /// The same over copies of the chains, and of the stores that are shared.
  func copy(shared: [TierStore], _ paths: ContentPaths?) -> Tiers {
    var copy = self
    for t in stores.indices {
      copy.stores[t] = sharedStore(t).map { shared[$0] } ?? stores[t].copy(paths)
    }
    return copy
  }

  private func sharedStore(_ tier: Int) -> Int? {
    tier == 0 ? nil : plan?.secondaryTiers[tier - 1].store
  }

  /// What the replica's own tiers held is gone.
  func clear() {
    for t in stores.indices where sharedStore(t) == nil { stores[t].clear() }
  }

  /// The first `count` blocks of a prompt are computed, the first `known` of them since before.
  mutating func store(_ text: ContentHold, blocks count: Int, known: Int) {
    for (t, store) in stores.enumerated() {
      let stored = store.store(text, blocks: count, known: known)
      if t == 0 { offloadedBlocks += stored }
    }
  }

  /// What can be loaded of a text of `tokens` tokens after its first `found` blocks, which are here: so
  /// many blocks by tier, each of the first tier that has it and all before it. What tiers have of the text
  /// counts as used, be it here or not.
  func lookUp(_ text: ContentHold, tokens: Int, after found: Int) -> [Int] {
    var end = found
    return stores.map { store in
      let count = store.blocks(of: text, tokens: tokens)
      if count > 0 { store.use(text, blocks: count) }
      let fresh = max(0, count - end)
      end += fresh
      return fresh
    }
  }
}

extension OffloadingPlan {
  /// Whether it pays to load `blocks` by tier, `tokens` in all, after the first `cached` tokens of a text.
  func pays(_ blocks: [Int], tokens: Int, after cached: Int, _ stepTime: any StepTimeModel) -> Bool
  {
    guard tokens > 0, tokens >= minLoadTokens else { return false }
    guard loadsOnlyIfFaster else { return true }
    var work = StepWork()
    work.prefillSequences = 1
    work.prefillTokens = tokens
    work.prefillContext = cached
    work.prefillPairs = tokens * cached + tokens * (tokens + 1) / 2
    if let window = stepTime.attentionWindow {
      work.prefillWindowedPairs = windowedPairs(tokens, after: cached, window: window)
    }
    return timeAlone(blocks) < stepTime.duration(of: work)
  }

  /// How long the load of `blocks` by tier takes where there is no other.
  private func timeAlone(_ blocks: [Int]) -> SimDuration {
    func time(_ count: Int, at bandwidth: Int64) -> Double {
      Double(count) * Double(blockBytes) / Double(bandwidth)
    }
    var seconds = time(blocks.reduce(0, +), at: bandwidth)
    for (tier, count) in zip(secondaryTiers, blocks.dropFirst()) where count > 0 {
      seconds += time(count, at: tier.bandwidth) + tier.latency.seconds
    }
    return SimDuration(seconds: seconds)
  }
}
