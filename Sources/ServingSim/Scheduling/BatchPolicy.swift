/// A scheduler: decides in which order requests wait and, once a step, who of them joins the batch.
///
/// A policy holds no state: what it decides follows from what the views show.
package protocol BatchPolicy: Sendable {
  /// In which order requests wait.
  var order: QueueOrder { get }

  /// What a step computes.
  var steps: StepContents { get }

  /// What it expects of the answers of those who run; nil: nothing.
  var newTokenRatio: NewTokenRatio? { get }

  /// In a queue of lines: what tokens count for in the service that lines have had.
  var service: ServiceWeights? { get }

  /// Where a request stands in a queue that is ordered by rank: the least is first; in a queue of lines,
  /// its line. Asked once, when it joins its replica.
  func rank(of request: RequestView) -> Int64

  /// Whether it puts those who wait into another order as time goes by; for queues in order of arrival.
  var reorders: Bool { get }

  /// Where each of those who wait stands, in the order in which they wait: the least is first from now
  /// on, of equal ones the one that was before. nil: all stay where they are. Asked, if it `reorders`,
  /// at the start of each step in which somebody could join, or an unfinished prompt goes on.
  func standings(of queue: borrowing QueueLine) -> [Int64]?

  /// Walks the queue and admits whom it wants; says for how long that stands. An engine that runs
  /// nobody has to be given somebody.
  func plan(_ queue: inout QueueView) -> Stability
}

/// In which order requests wait, and so who is preempted when KV blocks run out, unless prompts come
/// first.
package enum QueueOrder: Sendable {
  /// As they arrive. The last one admitted is preempted, and goes back to the front.
  case arrival
  /// By rank, then arrival, then number. The running one of the greatest rank, of equal ones the
  /// latest, is preempted, and goes back to where its rank puts it.
  case rank
  /// In lines, one for each rank from 0 on, as they arrive. The policy says which line is next. The last
  /// one admitted is preempted, and goes back to the front of its line.
  case lines
}

/// What a step computes.
package enum StepContents: Sendable {
  /// Prompts beside answers: whoever runs is served in every step while memory lasts, and whoever
  /// joins gets the tokens that are left.
  case promptsAndAnswers
  /// Prompts or answers: as long as there are prompts that can be computed, nobody decodes. When KV
  /// blocks run out, who has the fewest tokens of its answer is preempted, of equal ones the one with
  /// the longest prompt, then the last admitted. It goes to the end of the queue, or to where its
  /// rank puts it, and its answer's KV entries are gone at once.
  case promptsFirst
}

/// For how long a decision to admit nobody else stands while nobody ends and nobody is preempted.
/// Saying too little costs time; saying too much is wrong.
package enum Stability: Sendable {
  /// Until a running request ends: nobody who arrives before that could join. For a policy with a
  /// `newTokenRatio`, until a decode step after that.
  case untilEnd
  /// Until somebody arrives.
  case untilArrival
  /// Until somebody arrives, or for so many steps, at least 1.
  case steps(Int)
}

extension BatchPolicy {
  package var steps: StepContents { .promptsAndAnswers }

  package var newTokenRatio: NewTokenRatio? { nil }

  package var service: ServiceWeights? { nil }

  package var reorders: Bool { false }

  package func standings(of queue: borrowing QueueLine) -> [Int64]? { nil }

  /// All alike; queues in order of arrival ask for none.
  package func rank(of request: RequestView) -> Int64 { 0 }
}

/// A policy that decides the queue's order and nothing else: whoever is next joins at every step,
/// while seats, tokens and memory last. That is continuous batching.
package protocol OrderedPolicy: BatchPolicy {}

extension OrderedPolicy {
  package func plan(_ queue: inout QueueView) -> Stability { queue.admitInOrder() }
}
