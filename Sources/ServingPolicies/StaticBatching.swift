package import ServingSim

/// Batches as servers ran them before continuous batching: as many waiting requests as the
/// sequence, token and memory budgets hold start together, and nobody joins until all have ended.
package struct StaticBatching: BatchPolicy {
  package init() {}

  package var order: QueueOrder { .arrival }

  package func plan(_ queue: inout QueueView) -> Stability {
    guard queue.running == 0 else { return .untilEnd }
    while queue.admit() == .admitted {}
    return .untilEnd
  }
}
