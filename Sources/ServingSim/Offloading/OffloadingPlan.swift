package import SimKernel

/// Where KV entries of prompts are kept outside of a replica's accelerators: in the host's memory, and in
/// secondary tiers behind it.
///
/// As vLLM's OffloadingConnector has it (`vllm/v1/kv_offload/tiering/manager.py` and
/// `vllm/distributed/kv_transfer/kv_connector/v1/offloading/scheduler.py`, 0.32): what is computed of a
/// prompt goes to all tiers; what a tier behind the host's memory has comes by way of that.
package struct OffloadingPlan: Hashable, Sendable {
  /// What the KV entries of a block take.
  package var blockBytes: Int64
  /// Bytes a second from the host's memory to the accelerators, all of them together.
  package var bandwidth: Int64
  /// Blocks that the host's memory holds.
  package var hostBlocks: Int
  /// In the order in which they are asked.
  package var secondaryTiers: [SecondaryTier]
  /// Fewer tokens are not loaded but computed.
  package var minLoadTokens: Int
  /// Whether tokens are computed where that takes less time than to load them, on a fleet without
  /// anything else to do.
  package var loadsOnlyIfFaster: Bool

  package init(
    blockBytes: Int64, bandwidth: Int64, hostBlocks: Int, secondaryTiers: [SecondaryTier] = [],
    minLoadTokens: Int = 0, loadsOnlyIfFaster: Bool = false
  ) {
    precondition(blockBytes > 0 && bandwidth > 0, "a load that does not end")
    self.blockBytes = blockBytes
    self.bandwidth = bandwidth
    self.hostBlocks = hostBlocks
    self.secondaryTiers = secondaryTiers
    self.minLoadTokens = minLoadTokens
    self.loadsOnlyIfFaster = loadsOnlyIfFaster
  }
}

/// A tier behind the host's memory, as one replica sees it.
package struct SecondaryTier: Hashable, Sendable {
  /// The number of the store among those of the plan that replicas share; nil: it is this replica's own.
  package var store: Int?
  /// Blocks that it holds, where it is the replica's own.
  package var blocks: Int
  /// Bytes a second to the host's memory.
  package var bandwidth: Int64
  /// Before anything comes.
  package var latency: SimDuration

  package init(store: Int? = nil, blocks: Int, bandwidth: Int64, latency: SimDuration = .zero) {
    precondition(bandwidth > 0, "a load that does not end")
    self.store = store
    self.blocks = blocks
    self.bandwidth = bandwidth
    self.latency = latency
  }
}

/// KV entries that several replicas of one model share.
package struct SharedStorePlan: Hashable, Sendable {
  package var blocks: Int
  /// Of all replicas that share it.
  package var blockSize: Int
  /// Bytes a second that leave it, to all replicas together.
  package var bandwidth: Int64

  package init(blocks: Int, blockSize: Int, bandwidth: Int64) {
    precondition(bandwidth > 0, "a load that does not end")
    self.blocks = blocks
    self.blockSize = blockSize
    self.bandwidth = bandwidth
  }
}
