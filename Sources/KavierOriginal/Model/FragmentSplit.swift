/// How the original cuts requests into fragments of equal length.
struct FragmentSplit: Sendable {
  /// A request's fragments: how many, and the milliseconds of all but the last and of the last.
  struct Parts {
    var count: Int
    var milliseconds: Int
    var lastMilliseconds: Int
  }

  private let rate: Double
  private let milliseconds: Int
  private let sumsUp: Bool
  private let times: SnapshotTimes
  /// Snapshots in the first 0.2 s.
  private let rise: Int

  init(_ settings: OriginalSettings) {
    rate = settings.exportRate
    sumsUp = settings.behaviour.corrects(.fragments)
    milliseconds = sumsUp ? Self.milliseconds(rate) : Int(rate * 1000)
    times = SnapshotTimes(interval: sumsUp ? Double(milliseconds) / 1000 : rate)
    rise = times.count(before: GPUUse.edgeSeconds)
  }

  /// To the nearest, ties to even as Python rounds, and at least 1.
  static func milliseconds(_ seconds: Double) -> Int {
    max(1, Int(min((seconds * 1000).rounded(.toNearestOrEven), 0x1p60)))
  }

  func parts(_ total: Double) -> Parts {
    guard sumsUp else {
      let count = max(1, Int(min(total / rate, 0x1p60)))
      return Parts(count: count, milliseconds: milliseconds, lastMilliseconds: milliseconds)
    }
    let whole = Self.milliseconds(total)
    let count = max(1, whole / milliseconds)
    return Parts(
      count: count, milliseconds: milliseconds,
      lastMilliseconds: max(1, whole - (count - 1) * milliseconds))
  }

  func use(_ total: Double, snapshots: Int) -> GPUUse {
    GPUUse(total, times, rise: rise, snapshots: snapshots)
  }
}
