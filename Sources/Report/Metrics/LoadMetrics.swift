import ServingSim
import SimKernel

/// KV entries that came from tiers. Times are in seconds.
package struct LoadMetrics: Hashable, Sendable {
  /// How many requests they came for, and for how many of them all of it came.
  package var loads: Int
  package var arrived: Int
  /// Tokens that the host's memory had, and others that tiers behind it had.
  package var hostTokens: Int
  package var secondaryTokens: Int
  /// KV blocks that went to the host's memory as they were computed.
  package var offloadedBlocks: Int
  /// Of those that arrived.
  package var time: Distribution?

  /// nil: no replica keeps anything in tiers, or nothing was computed.
  init?(_ recording: Recording) {
    offloadedBlocks = recording.replicas.reduce(0) { $0 + $1.offloadedBlocks }
    guard offloadedBlocks > 0 || !recording.loads.isEmpty else { return nil }
    let done = recording.loads.filter { !$0.arrived.isNever }
    loads = recording.loads.count
    arrived = done.count
    hostTokens = recording.loads.reduce(0) { $0 + Int($1.hostTokens) }
    secondaryTokens = recording.loads.reduce(0) { $0 + Int($1.secondaryTokens) }
    var times = done.map { $0.arrived.picoseconds - $0.started.picoseconds }
    time = Distribution(picoseconds: &times)
  }
}
