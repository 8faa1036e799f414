/// The part of one chain (see `ContentTable`) that a replica's KV memory holds.
///
/// Whoever uses a block uses all blocks before it, so what is resident, and what of it is held by
/// running requests, are both leading parts: `first..<held` is held, `held..<resident` is free but
/// still there, in the eviction queue.
struct Strand {
  /// -1: the text of one preempted request, which that request owns.
  var chain: Int32
  /// The chain's first block of its own.
  var first: Int32
  var held: Int32
  var resident: Int32
  /// The free run that begins at `held`; -1: none.
  var lowestRun: Int32 = -1
  /// Holders by how far they hold, farthest first; -1: none.
  var holders: Int32 = -1
  /// Requests that found something of it.
  var finds: Int32 = 0
  /// Its entry among the chain's holders, where these are listed.
  var listed: Int32 = -1
}

/// `count` requests hold a strand up to block `extent`.
struct StrandHolders {
  var extent: Int32
  var count: Int32
  var next: Int32
}
