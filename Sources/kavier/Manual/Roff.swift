import TextAndBytes

/// Lines of a manual page in the `man` macros of roff, which man-db, mandoc and groff read.
struct Roff {
  private(set) var lines: [String] = []

  /// Longest line of the source; a page is filled anew when it is shown.
  private static let width = 78

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func title(_ name: String, date: String, version: String) {
    lines.append(".TH \(Self.word(name.uppercased())) 1 \(date) \"kavier \(version)\" \"Kavier\"")
    // Names of fields and options are to be read as they are typed, so no word is hyphenated.
    lines += [".nh", ".ad l"]
  }

  mutating func section(_ name: String) { lines.append(".SH \(name)") }

  mutating func paragraph(_ text: String) {
    // Below a heading a paragraph stands without one more.
    if let last = lines.last, !last.hasPrefix(".SH") { lines.append(".PP") }
    fill(Self.prose(text))
  }

  /// A list's entry: what it is called, already marked up, and what is to say of it.
  mutating func entry(_ label: String, _ text: String) {
    lines.append(".TP")
    lines.append(Self.guarded(label))
    fill(Self.prose(text))
  }

  /// Commands, as they are typed.
  mutating func examples(_ commands: [String]) {
    if let last = lines.last, !last.hasPrefix(".SH") { lines.append(".PP") }
    lines.append(".EX")
    for command in commands {
      lines += ShellLines.broken(command).map { Self.guarded(Self.word($0)) }
    }
    lines.append(".EE")
  }

  /// Text that is marked up already.
  mutating func fill(_ text: String) {
    lines += TextLayout.wrap(text, width: Self.width).map(Self.guarded)
  }

  static func bold(_ text: String) -> String { "\\fB\(word(text))\\fR" }
  static func italic(_ text: String) -> String { "\\fI\(word(text))\\fR" }

  /// Text with what roff would take for markup escaped: characters stay those that can be typed.
  static func word(_ text: String) -> String {
    text.reduce(into: "") { result, character in result += escapes[character] ?? String(character) }
  }

  /// What stands between backquotes is bold.
  private static func prose(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset.isMultiple(of: 2) ? word(String($0.element)) : bold(String($0.element)) }
      .joined()
  }

  private static let escapes: [Character: String] = [
    "\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", "\"": "\\(dq",
  ]

  /// A dot at the beginning of a line would be a request.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }
}
