/// Plain text within 80 columns.
enum TextLayout {
  static let width = 80

  /// `text` in lines of at most `width` characters, broken at spaces where there are any. Line ends
  /// and other control characters count as spaces, so that no name can move a terminal's cursor.
  static func wrap(_ text: String, width: Int) -> [String] {
    precondition(width > 0, "no room to wrap text in")
    var lines = [""]
    for word in text.split(whereSeparator: { $0.isWhitespace || $0.isControl }) {
      var rest = word
      let room = lines[lines.count - 1].isEmpty ? width : width - lines[lines.count - 1].count - 1
      if rest.count <= room {
        lines[lines.count - 1] += lines[lines.count - 1].isEmpty ? rest : " " + rest
        continue
      }
      if !lines[lines.count - 1].isEmpty { lines.append("") }
      while rest.count > width {
        lines[lines.count - 1] = String(rest.prefix(width))
        lines.append("")
        rest = rest.dropFirst(width)
      }
      lines[lines.count - 1] = String(rest)
    }
    return lines
  }

  /// Cells side by side, each wrapped to its column's width, two spaces apart.
  static func row(_ cells: [(text: String, width: Int)]) -> [String] {
    let columns = cells.map { wrap($0.text, width: $0.width) }
    let height = columns.map(\.count).max() ?? 0
    return (0..<height).map { line in
      let parts = zip(columns, cells).map { column, cell in
        pad(line < column.count ? column[line] : "", to: cell.width)
      }
      return trimmed(parts.joined(separator: "  "))
    }
  }

  static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func padLeft(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  static func trimmed(_ line: String) -> String {
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
