package import ServingSim
import TextAndBytes

/// A plan for a terminal: fields under the section they belong to, each with its value and where
/// that comes from, within 80 columns.
package enum PlanText {
  /// The text, with a newline at its end.
  package static func render(_ lines: [PlanLine]) -> String {
    let columns = Columns(lines)
    var sections: [(title: Substring, rows: [String])] = []
    for line in lines {
      let (parent, name) = split(line.path)
      let rows = columns.rows(String(name), line)
      if let known = sections.firstIndex(where: { $0.title == parent }) {
        sections[known].rows += rows
      } else {
        sections.append((parent, rows))
      }
    }
    return sections.map { section in
      ([section.title.isEmpty ? "scenario" : String(section.title)] + section.rows)
        .map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }

  fileprivate static func split(_ path: String) -> (parent: Substring, name: Substring) {
    guard let dot = path.lastIndex(of: ".") else { return ("", path[...]) }
    return (path[..<dot], path[path.index(after: dot)...])
  }
}

private struct Columns {
  static let indent = 2
  var name: Int
  var value: Int
  var origin: Int

  init(_ lines: [PlanLine]) {
    name = Self.width(of: lines.map { PlanText.split($0.path).name.count }, atMost: 26)
    value = Self.width(of: lines.map(\.value.count), atMost: 16)
    origin = TextLayout.width - Self.indent - name - value - 4
  }

  private static func width(of lengths: [Int], atMost limit: Int) -> Int {
    max(1, min(limit, lengths.max() ?? 1))
  }

  /// A value too long for its column takes the room of its origin, which then stands below it.
  func rows(_ name: String, _ line: PlanLine) -> [String] {
    let rows =
      line.value.count <= value
      ? TextLayout.row([(name, self.name), (line.value, value), (line.origin, origin)])
      : TextLayout.row([(name, self.name), (line.value, value + origin + 2)])
        + TextLayout.row([("", self.name), ("", value), (line.origin, origin)])
    return rows.map { String(repeating: " ", count: Self.indent) + $0 }
  }
}
