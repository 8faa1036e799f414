package import SimKernel

/// When a replica without work is switched off, and what it takes to come back.
package struct PowerDown: Hashable, Sendable {
  /// Without work for so long, it is off, and what its KV cache held is lost.
  package var after: SimDuration
  /// From the arrival of a request at a replica that is off to the replica's first step.
  package var wake: SimDuration

  package init(after: SimDuration, wake: SimDuration) {
    precondition(after > .zero, "a replica that is off whenever it has no work")
    self.after = after
    self.wake = wake
  }
}
