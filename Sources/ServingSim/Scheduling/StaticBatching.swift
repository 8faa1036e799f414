/// Batches as servers ran them before continuous batching: as many waiting requests as the
/// sequence, token and memory budgets hold start together, and nobody joins until all have ended.
package struct StaticBatching: BatchScheduler {
  package init() {}

  package func admit(_ admission: inout Admission) -> Bool {
    guard admission.running == 0 else { return false }
    while admission.admitFront() == .admitted {}
    return false
  }
}
