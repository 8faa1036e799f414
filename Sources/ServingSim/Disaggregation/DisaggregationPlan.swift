package import SimKernel

/// Where the prompts of a pool's requests are computed, if not by the pool's own replicas.
package struct PrefillPlan: Hashable, Sendable {
  /// The number of the pool whose replicas do. No request is sent there otherwise.
  package var pool: Int
  /// A replica computes a prompt itself when so many of its tokens at most are not in its prefix cache.
  /// llm-d's `nonCachedTokens`.
  package var nonCachedTokens: Int

  package init(pool: Int, nonCachedTokens: Int = 0) {
    self.pool = pool
    self.nonCachedTokens = nonCachedTokens
  }
}

/// How a replica sends and receives KV entries.
package struct KVTransferPlan: Hashable, Sendable {
  /// What the KV entries of a block take.
  package var blockBytes: Int64
  /// Bytes a second that it can send, and as many that it can receive at the same time.
  package var bandwidth: Int64
  /// From when a prompt is computed to when the replica that answers it knows.
  package var latency: SimDuration

  package init(blockBytes: Int64, bandwidth: Int64, latency: SimDuration) {
    precondition(blockBytes > 0 && bandwidth > 0, "a transfer that does not end")
    self.blockBytes = blockBytes
    self.bandwidth = bandwidth
    self.latency = latency
  }
}

/// A request whose prompt one replica computed for another one.
package struct Handoff: Hashable, Sendable {
  /// Its number in the workload, and of its attempt, from 1.
  package var number: Int32
  package var attempt: Int32
  /// The replica that computed the prompt.
  package var replica: Int32
  /// When it was computed.
  package var prefilled: SimTime
  /// When the other replica had blocks for its KV entries, and when it had these; `.never`: not at all.
  package var started = SimTime.never
  package var arrived = SimTime.never

  package init(number: Int32, attempt: Int32, replica: Int32, prefilled: SimTime) {
    self.number = number
    self.attempt = attempt
    self.replica = replica
    self.prefilled = prefilled
  }
}
