/// A table of short cells in plain text: the first column to the left, the others to the right.
struct TextTable {
  private var rows: [[String]]

  init(header: [String]) { rows = [header] }

  mutating func add(_ row: [String]) {
    precondition(row.count == rows[0].count, "a row differs from the header in length")
    rows.append(row)
  }

  /// The rows, at most `width` characters wide: the first column gives way.
  func lines(width: Int) -> [String] {
    var widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let others = widths.dropFirst().reduce(0) { $0 + $1 + 2 }
    widths[0] = max(1, min(widths[0], width - others))
    return rows.map { row in
      let first = TextLayout.pad(Self.shorten(row[0], to: widths[0]), to: widths[0])
      let rest = zip(row, widths).dropFirst().map { "  " + TextLayout.padLeft($0, to: $1) }
      return TextLayout.trimmed(first + rest.joined())
    }
  }

  private static func shorten(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }
}
