import TextAndBytes

/// A table of short cells in plain text: the first column to the left, the others to the right.
package struct TextTable {
  private var rows: [[String]]

  /// The first row.
  package init(header: [String]) { rows = [header] }

  /// Adds a row with as many cells as the header.
  package mutating func add(_ row: [String]) {
    precondition(row.count == rows[0].count, "a row differs from the header in length")
    rows.append(row.map(TextLayout.plain))
  }

  /// The rows, at most `width` characters wide: the gaps and then the first column give way.
  package func lines(width: Int) -> [String] {
    var widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let gap = widths.reduce(0) { $0 + $1 + 2 } - 2 <= width ? 2 : 1
    let others = widths.dropFirst().reduce(0) { $0 + $1 + gap }
    widths[0] = max(1, min(widths[0], width - others))
    return rows.map { row in
      let first = TextLayout.pad(Self.shorten(row[0], to: widths[0]), to: widths[0])
      let rest = zip(row, widths).dropFirst().map {
        TextLayout.padLeft($0, to: $1 + gap)
      }
      return TextLayout.trimmed(first + rest.joined())
    }
  }

  private static func shorten(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }
}
