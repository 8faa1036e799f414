/// The original's GPU use over a request: half in its first and last 0.2 s, 95 % between.
struct GPUUse {
  static let edge = 0.5
  static let middle = 0.95
  static let edgeSeconds = 0.2

  /// How many of the first snapshots are at `edge`, and how many up to the end of `middle`.
  var rise: Int
  var fall: Int

  init(_ total: Double, _ times: SnapshotTimes, rise: Int, snapshots: Int) {
    self.rise = min(rise, snapshots)
    fall = max(self.rise, min(times.count(before: total - Self.edgeSeconds), snapshots))
  }
}
