/// Plain text within 80 columns.
package enum TextLayout {
  /// Of a terminal's line.
  package static let width = 80

  /// `text` in lines of at most `width` characters: broken at spaces, and within a word only where
  /// it is longer than a line.
  package static func wrap(_ text: String, width: Int) -> [String] {
    precondition(width > 0, "no room to wrap text in")
    var lines: [String] = []
    var line = ""
    for word in plain(text).split(separator: " ") {
      for piece in pieces(of: word, width: width) {
        if !line.isEmpty, line.count + 1 + piece.count > width {
          lines.append(line)
          line = ""
        }
        line += line.isEmpty ? piece : " " + piece
      }
    }
    return lines + [line]
  }

  /// Lines of at most `width` characters: one that is longer goes on below, further in where it is
  /// indented.
  package static func fit(_ lines: [String]) -> [String] {
    lines.flatMap { line in
      guard line.count > width else { return [line] }
      let first = String(line.prefix { $0 == " " })
      let rest = first.isEmpty ? "" : first + "  "
      let parts = wrap(line, width: width - rest.count)
      return parts.enumerated().map { ($0 > 0 ? rest : first) + $1 }
    }
  }

  private static func pieces(of word: Substring, width: Int) -> [Substring] {
    var pieces: [Substring] = []
    var rest = word
    while !rest.isEmpty {
      pieces.append(rest.prefix(width))
      rest = rest.dropFirst(width)
    }
    return pieces
  }

  /// `text` with a space for every line end and control character: no name may move the cursor of
  /// a terminal.
  package static func plain(_ text: String) -> String {
    String(text.map { $0.isNewline || $0.isControl ? " " : $0 })
  }

  /// Cells side by side, each wrapped to its column's width, two spaces apart.
  package static func row(_ cells: [(text: String, width: Int)]) -> [String] {
    let columns = cells.map { wrap($0.text, width: $0.width) }
    let height = columns.map(\.count).max() ?? 0
    return (0..<height).map { line in
      let parts = zip(columns, cells).map { column, cell in
        pad(line < column.count ? column[line] : "", to: cell.width)
      }
      return trimmed(parts.joined(separator: "  "))
    }
  }

  package static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  package static func padLeft(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  package static func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line = line.dropLast() }
    return String(line)
  }
}

extension Character {
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
