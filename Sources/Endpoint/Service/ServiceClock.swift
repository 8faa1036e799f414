import NIOCore
import SimKernel

/// What time it is in the simulation.
struct ServiceClock: Sendable {
  private let start: NIODeadline
  /// Simulated picoseconds in a nanosecond.
  private let rate: Double

  /// The simulation begins at `start` and runs `speed` times as fast as the world.
  init(start: NIODeadline, speed: Double) {
    self.start = start
    rate = speed * 1000
  }

  /// The system's monotonic clock at the simulation's start.
  var startNanoseconds: UInt64 { start.uptimeNanoseconds }

  func time(at deadline: NIODeadline) -> SimTime {
    let elapsed = Double((deadline - start).nanoseconds) * rate
    return SimTime(picoseconds: Instant(min(elapsed, Double(SimTime.last.picoseconds))))
  }

  /// The first whole nanosecond after `time`; what is further away than thirty years, then.
  func deadline(after time: SimTime) -> NIODeadline {
    let nanoseconds = (Double(time.picoseconds) / rate).rounded(.up)
    return start + .nanoseconds(Int64(min(nanoseconds, 1e18)) + 1)
  }
}
