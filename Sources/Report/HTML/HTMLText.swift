package import Charts

/// Pieces of HTML, as text.
package enum HTMLText {
  package static func escaped(_ text: String) -> String { SVGWriter.escaped(text) }

  /// `<name attributes>content</name>`; `content` is HTML.
  package static func element(_ name: String, _ attributes: String = "", _ content: String)
    -> String
  {
    "<\(name)\(attributes.isEmpty ? "" : " " + attributes)>\(content)</\(name)>\n"
  }

  package static func paragraph(_ text: String) -> String { element("p", "", escaped(text)) }

  /// A table that scrolls by itself where it is too wide; the first cell of a row names it.
  package static func table(_ table: DataTable, caption: String) -> String {
    let head = table.header.map { element("th", "scope=\"col\"", escaped($0)) }.joined()
    let rows = table.rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == 0
          ? element("th", "scope=\"row\"", escaped(cell)) : element("td", "", escaped(cell))
      }
      return element("tr", "", cells.joined())
    }
    return framed(
      caption: caption,
      element("thead", "", element("tr", "", head)) + element("tbody", "", rows.joined()))
  }

  /// What stands in `<script type="application/json">`: its end cannot be in it.
  package static func json(_ text: String) -> String { text.replacing("<", with: "\\u003c") }

  /// The scrolling frame takes the keyboard, or only a mouse could move it.
  package static func framed(caption: String, _ content: String) -> String {
    element(
      "div", "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(escaped(caption))\"",
      element("table", "", element("caption", "", escaped(caption)) + content))
  }
}
