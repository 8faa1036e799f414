/// Decides, once a step, who of the waiting requests joins the batch. Running requests have had
/// their tokens by then: whoever runs is served every step while memory lasts.
///
/// A scheduler holds no state: what it decides follows from what `Admission` shows, so while
/// nothing arrives and nothing ends, a decision to admit nobody stands.
package protocol BatchScheduler: Sendable {
  /// Admits from the queue. Returns whether somebody who arrives during this step could join when
  /// it ends; false: only when a request ends.
  func admit(_ admission: inout Admission) -> Bool
}

/// What a scheduler sees of its replica at the start of a step, and what it may do: admit the
/// front of the queue.
package struct Admission: ~Copyable {
  let replica: UnsafeMutablePointer<Replica>
  /// Tokens that this step can still compute.
  package private(set) var budget: Int
  let now: Int64

  init(replica: UnsafeMutablePointer<Replica>, budget: Int, now: Int64) {
    self.replica = replica
    self.budget = budget
    self.now = now
  }

  /// Requests in the batch, those just admitted included.
  package var running: Int { replica.pointee.running.count }
  package var waiting: Int { replica.pointee.waiting.count }
  package var maxNumSeqs: Int { replica.pointee.plan.maxNumSeqs }
  /// Whether a newcomer can be served before those who wait already.
  package var newcomersCanOvertake: Bool { replica.pointee.waiting.order != .firstComeFirstServed }

  /// Admits the front of the queue with as much of its prompt as the budget allows.
  package mutating func admitFront() -> AdmissionResult {
    replica.pointee.admitFront(budget: &budget, at: now)
  }
}

package enum AdmissionResult: Sendable {
  case admitted
  case queueIsEmpty
  /// As many requests run as may.
  case noSeat
  /// The step's tokens are spent, or do not hold a prompt that must not be split.
  case noBudget
  /// The prompt's KV blocks are not free.
  case noMemory
}
