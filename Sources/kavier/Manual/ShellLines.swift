/// Commands in lines that fit a manual page.
enum ShellLines {
  /// What 80 columns leave beside a page's indentation.
  private static let width = 72

  /// `command` in lines of at most `width`, where options allow it, joined as a shell joins them.
  static func broken(_ command: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for part in parts(of: command) {
      // Room for the backslash that a line which is not the last ends with.
      if !line.isEmpty, line.count + 1 + part.count + 2 > width {
        lines.append(line + " \\")
        line = "  " + part
      } else {
        line += line.isEmpty ? part : " " + part
      }
    }
    return lines + [line]
  }

  /// The command's words up to its first option, and each option with what belongs to it. What is
  /// longer than a line gives its last word to the next one.
  private static func parts(of command: String) -> [String] {
    var parts: [String] = []
    for word in command.split(separator: " ", omittingEmptySubsequences: false) {
      let isNew =
        parts.last.map { word.hasPrefix("-") || $0.count + word.count + 3 > width } ?? true
      if isNew { parts.append(String(word)) } else { parts[parts.count - 1] += " " + word }
    }
    return parts
  }
}
