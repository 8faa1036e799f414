import Glibc
import SimKernel
import Synchronization
import Tracer

/// A line on stderr that says how far a recording is: only for a terminal.
final class RecordingProgress: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  /// Shows the progress, at most twice a second.
  @Sendable func show(_ progress: LoadProgress) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      if let last, now - last < .milliseconds(500) { return false }
      last = now
      return true
    }
    if isDue { Self.write(ProgressLine.cleared + Self.text(progress)) }
  }

  /// Takes the line away.
  func clear() {
    if isShown, last.withLock({ $0 != nil }) { Self.write(ProgressLine.cleared) }
  }

  static func text(_ progress: LoadProgress) -> String {
    var text = "\(progress.ended) of \(progress.total), \(progress.running) under way"
    if progress.failed > 0 { text += ", \(progress.failed) not ok" }
    for (name, histogram) in [
      ("TTFT", progress.timeToFirstToken), ("ITL", progress.interTokenLatency),
    ] {
      guard let middle = histogram.quantile(0.5), let high = histogram.quantile(0.99) else {
        continue
      }
      text += ", \(name) p50 \(milliseconds(middle)) p99 \(milliseconds(high)) ms"
    }
    return text
  }

  private static func milliseconds(_ picoseconds: Double) -> String {
    RecordingSummary.figure(picoseconds / 1e9)
  }

  private static func write(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
