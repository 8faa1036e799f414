import Charts
import Report

/// Sections as text, Markdown and HTML.
package enum Rendering {
  package static func text(_ sections: [Section]) -> String {
    sections.map { section in
      var text = "\(section.id)  \(section.title)\n\n" + wrapped(section.setUp)
      for table in section.tables {
        var layout = TextTable(header: table.header)
        for row in table.rows { layout.add(row) }
        text += "\n\(table.caption)\n" + layout.lines(width: 100).map { $0 + "\n" }.joined()
      }
      if !section.findings.isEmpty { text += "\n" }
      return text + section.findings.map { wrapped("- " + $0) }.joined()
    }.joined(separator: "\n")
  }

  package static func markdown(_ sections: [Section]) -> String {
    title + "\n"
      + sections.map { section in
        var text = "\n## \(section.id) \(section.title)\n\n\(section.setUp)\n"
        for table in section.tables {
          text += "\n\(table.caption)\n\n| \(table.header.joined(separator: " | ")) |\n"
          text += "|---" + String(repeating: "|---:", count: table.header.count - 1) + "|\n"
          for row in table.rows { text += "| \(row.joined(separator: " | ")) |\n" }
        }
        if !section.findings.isEmpty { text += "\n" }
        return text + section.findings.map { "- \($0)\n" }.joined()
      }.joined()
  }

  /// One file that needs nothing else.
  package static func html(_ sections: [Section]) -> String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(String(title.dropFirst(2))))</title>
    <style>
    :root { color-scheme: light dark; \(SVGWriter.variables(.light)) }
    @media screen and (prefers-color-scheme: dark) { :root { \(SVGWriter.variables(.dark)) } }
    body { background: var(--surface); color: var(--ink); }
    \(SVGWriter.styleSheet)
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: left; font-weight: 600; }
    th, td { padding: .2rem .8rem; border-bottom: 1px solid #8888; text-align: right; }
    th:first-child, td:first-child { text-align: left; } figure { margin: 1rem 0; max-width: 32rem; }
    </style></head><body>
    <h1>\(escaped(String(title.dropFirst(2))))</h1>

    """ + sections.map(html).joined() + "</body></html>\n"
  }

  private static let title = "# The original's experiments, again"

  private static func figures(_ section: Section) -> String {
    section.charts.enumerated().map { number, chart in
      let id = "f" + section.id.filter { $0 != "." } + "-\(number)"
      return "<figure>\(SVGWriter.element(chart.drawing(.page), id: id))"
        + "<figcaption>\(escaped(chart.title)). \(escaped(chart.summary))</figcaption></figure>\n"
    }.joined()
  }

  private static func html(_ section: Section) -> String {
    var text = "<h2>\(escaped(section.id)) \(escaped(section.title))</h2>\n"
    text += "<p>\(escaped(section.setUp))</p>\n" + figures(section)
    for table in section.tables {
      text += "<table><caption>\(escaped(table.caption))</caption>\n<thead><tr>"
      text += table.header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
      text += "</tr></thead>\n<tbody>\n"
      for row in table.rows {
        text += "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n"
      }
      text += "</tbody></table>\n"
    }
    guard !section.findings.isEmpty else { return text }
    return text + "<ul>\n" + section.findings.map { "<li>\(escaped($0))</li>\n" }.joined()
      + "</ul>\n"
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
  }

  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= 80 { lines.append("") }
      if !lines[lines.count - 1].isEmpty { lines[lines.count - 1] += " " }
      lines[lines.count - 1] += word
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
