import Explore

/// A line on stderr that says how far a sweep is.
struct SweepProgressLine {
  private let line = TerminalLine()
  private let start = ContinuousClock.now
  private var last: Duration?
  /// Of what had been run before nobody knows how long it took.
  private var reused: Int?

  mutating func update(_ progress: SweepProgress) {
    let elapsed = ContinuousClock.now - start
    if let last, elapsed - last < .milliseconds(200) { return }
    last = elapsed
    let known = reused ?? progress.reused
    reused = known
    line.show(Self.text(progress, after: elapsed, reused: known))
  }

  func clear() { line.clear() }

  /// `120 of 960 plans, 3 refused, 2 min 10 s left`.
  static func text(_ progress: SweepProgress, after elapsed: Duration, reused: Int) -> String {
    let refused = progress.refused > 0 ? ", \(progress.refused) refused" : ""
    let made = progress.done - reused
    let left = progress.total - progress.done
    guard made > 0, left > 0 else {
      return "\(progress.done) of \(progress.total) plans\(refused)"
    }
    let seconds = Int((elapsed / .seconds(1) / Double(made) * Double(left)).rounded(.up))
    return "\(progress.done) of \(progress.total) plans\(refused), \(duration(seconds)) left"
  }

  private static func duration(_ seconds: Int) -> String {
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }
}
