import ServingSim
import SimKernel

/// Prompts that one replica computed for another one. Times are in seconds.
package struct HandoverMetrics: Hashable, Sendable {
  /// How many were handed over, and how many of them arrived.
  package var prompts: Int
  package var arrived: Int
  /// Of those that arrived: from the prompt's end until the other replica had blocks for it, and from
  /// then until its KV entries were there.
  package var waiting: Distribution?
  package var transfer: Distribution?

  /// nil: there were none.
  init?(_ handoffs: [Handoff]) {
    guard !handoffs.isEmpty else { return nil }
    let done = handoffs.filter { !$0.arrived.isNever }
    prompts = handoffs.count
    arrived = done.count
    var waits = done.map { $0.started.picoseconds - $0.prefilled.picoseconds }
    var transfers = done.map { $0.arrived.picoseconds - $0.started.picoseconds }
    waiting = Distribution(picoseconds: &waits)
    transfer = Distribution(picoseconds: &transfers)
  }
}
