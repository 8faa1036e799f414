import SimKernel

/// Where a fleet's 64-bit times count from.
///
/// What is under way has its times in picoseconds since the epoch: 64 bits hold 106 days of them, and
/// cost half of what 128 bits would. The fleet moves its epoch on when time has gone far beyond it
/// (`Fleet.moveEpoch`), so a run can go on for years. What is kept for longer is an `Instant`.
struct Epoch: BitwiseCopyable {
  private(set) var start: Instant = 0

  /// How far beyond the epoch anything is played: half of what 64 bits hold, so that sums of two
  /// times hold, too.
  static let stretch = Int64.max / 2

  @inline(__always)
  func instant(_ time: Int64) -> Instant { start &+ Instant(time) }

  /// What is too far away for 64 bits is as far as they reach.
  @inline(__always)
  func time(_ instant: Instant) -> Int64 {
    let distance = instant &- start
    let time = Int64(truncatingIfNeeded: distance)
    return Instant(time) == distance ? time : distance < 0 ? .min : .max
  }

  /// Moves on to `instant`. Returns by how much every time since the epoch becomes less.
  mutating func move(to instant: Instant) -> Int64 {
    defer { start = instant }
    return time(instant)
  }
}

extension Int64 {
  /// A time since the epoch when that moves on by `picoseconds`. What is more than 53 days past is 53
  /// days past: nobody asks how long ago it was, and differences hold in 64 bits.
  mutating func epochMoves(by picoseconds: Int64) {
    self = Swift.max(self, .min / 2 &+ picoseconds) &- picoseconds
  }
}
