import Charts

/// The unit that times along an axis are shown in.
struct TimeScale {
  let unit: String
  /// Seconds in one.
  let size: Double

  /// For latencies up to `most` seconds.
  init(latencies most: Double) {
    let unit = TimeUnit(for: most)
    self.unit = unit.rawValue
    size = 1 / unit.value(1)
  }

  /// For a run of so many seconds: seconds to five minutes, minutes to five hours, hours to five
  /// days.
  init(run seconds: Double) {
    (unit, size) =
      seconds <= 300
      ? ("s", 1)
      : seconds <= 18_000 ? ("min", 60) : seconds <= 432_000 ? ("h", 3600) : ("d", 86_400)
  }

  func value(_ seconds: Double) -> Double { seconds / size }

  func text(_ seconds: Double) -> String { Figures.significant(value(seconds), digits: 4) }
}

extension Axis {
  /// Simulated time, for runs of which the longest takes so many seconds.
  static func time(_ runs: [RunDigest]) -> (axis: Axis, scale: TimeScale) {
    let end = runs.map(\.end).max() ?? 1
    let scale = TimeScale(run: end)
    return (
      Axis("Time since the run's start", unit: scale.unit, includes: [0, scale.value(end)]), scale
    )
  }
}

extension [Double] {
  /// Whether they span so many orders that a linear axis would hide most of them.
  var wantLogarithms: Bool {
    let positive = filter { $0 > 0 }
    guard let least = positive.min(), let most = positive.max() else { return false }
    return most / least > 50
  }
}
