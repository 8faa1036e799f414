package import ServingSim
import SimKernel

/// Whoever is due first is served first, of equal ones the earliest; who has no deadline comes last.
package struct EarliestDeadlineFirst: OrderedPolicy {
  package init() {}

  package var order: QueueOrder { .rank }

  package func rank(of request: RequestView) -> Int64 {
    Int64(clamping: request.due.picoseconds / 1000)
  }
}
