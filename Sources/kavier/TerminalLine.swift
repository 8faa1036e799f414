import Glibc
import TextAndBytes

/// A line on stderr that changes: there only for a terminal.
struct TerminalLine {
  private let isShown = isatty(STDERR_FILENO) == 1

  func show(_ text: String) {
    // A longer one would leave a line behind each time.
    if isShown {
      Self.put(ProgressLine.cleared + TextLayout.plain(text).prefix(TextLayout.width - 1))
    }
  }

  func clear() {
    if isShown { Self.put(ProgressLine.cleared) }
  }

  private static func put(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
