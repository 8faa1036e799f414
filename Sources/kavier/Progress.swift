import Glibc

/// A line on stderr that says how far a run is: there only while it runs, and only for a terminal.
struct Progress {
  private var line: ProgressLine
  private let isShown = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now

  /// `total` is the number of requests in the run.
  init(total: Int) { line = ProgressLine(total: total) }

  /// Shows that `ended` requests have ended.
  mutating func update(ended: Int) {
    guard isShown, let text = line.text(ended: ended, after: ContinuousClock.now - start) else {
      return
    }
    Self.show(text)
  }

  /// Takes the line away.
  func clear() {
    if isShown, line.isOpen { Self.show(ProgressLine.cleared) }
  }

  private static func show(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

/// What the line says and when it changes.
struct ProgressLine {
  private let total: Int
  private var last: Duration?

  init(total: Int) { self.total = total }

  /// True: something has been shown.
  var isOpen: Bool { last != nil }

  /// The line over the former one; nil within a tenth of a second of that.
  mutating func text(ended: Int, after elapsed: Duration) -> String? {
    if let last, elapsed - last < .milliseconds(100) { return nil }
    last = elapsed
    let seconds = elapsed / .seconds(1)
    let rate = seconds > 0 ? ", \(Int(Double(ended) / seconds)) requests/s" : ""
    return Self.cleared + "\(ended) of \(total) requests\(rate)"
  }

  /// Back to the line's beginning, and nothing after it.
  static let cleared = "\r\u{1B}[K"
}
