/// A scheduler: decides in which order requests wait and, once a step, who of them joins the batch.
///
/// Running requests have had their tokens by then: whoever runs is served every step while memory
/// lasts. A policy holds no state: what it decides follows from what the views show.
package protocol BatchPolicy: Sendable {
  /// In which order requests wait.
  var order: QueueOrder { get }

  /// Where a request stands in a queue that is ordered by rank: the least is first. Asked once, when
  /// it joins its replica.
  func rank(of request: RequestView) -> Int64

  /// Walks the queue and admits whom it wants; says for how long that stands. An engine that runs
  /// nobody has to be given somebody.
  func plan(_ queue: inout QueueView) -> Stability
}

/// In which order requests wait, and so who is preempted when KV blocks run out.
package enum QueueOrder: Sendable {
  /// As they arrive. The last one admitted is preempted, and goes back to the front.
  case arrival
  /// By rank, then arrival, then number. The running one of the greatest rank, of equal ones the
  /// latest, is preempted, and goes back to where its rank puts it.
  case rank
}

/// For how long a decision to admit nobody else stands while nobody ends and nobody is preempted.
/// Saying too little costs time; saying too much is wrong.
package enum Stability: Sendable {
  /// Until a running request ends: nobody who arrives before that could join.
  case untilEnd
  /// Until somebody arrives.
  case untilArrival
  /// Until somebody arrives, or for so many steps, at least 1.
  case steps(Int)
}

extension BatchPolicy {
  /// All alike; queues in order of arrival ask for none.
  package func rank(of request: RequestView) -> Int64 { 0 }
}

/// A policy that decides the queue's order and nothing else: whoever is next joins at every step,
/// while seats, tokens and memory last. That is continuous batching.
package protocol OrderedPolicy: BatchPolicy {}

extension OrderedPolicy {
  package func plan(_ queue: inout QueueView) -> Stability { queue.admitInOrder() }
}
