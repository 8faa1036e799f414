package import SimKernel

/// When requests that have a deadline are released to the fleet: not as they arrive, but when a
/// signal is low.
package struct ShiftPlan: Hashable, Sendable {
  /// What is to be low while they run: the carbon intensity of a grid, a price. Its zero is the
  /// run's start.
  package var signal: StepSeries
  /// The least time from one release to the next, so that those who waited for the same hour do
  /// not come all at once.
  package var spacing: SimDuration
  /// What of the time to a deadline is kept for queueing and running. A request is taken to run
  /// for so long.
  package var reserve: SimDuration

  package init(signal: StepSeries, spacing: SimDuration, reserve: SimDuration) {
    precondition(spacing > .zero && reserve > .zero, "requests that take no time")
    self.signal = signal
    self.spacing = spacing
    self.reserve = reserve
  }
}
