/// Drawings as SVG. The same drawing gives the same bytes.
package enum SVGWriter {
  /// A file for papers: white, with its size in centimetres and every letter drawn, so that it
  /// needs no font.
  package static func file(_ drawing: Drawing, palette: Palette = .light) -> String {
    var svg = SVGText(palette: palette)
    let size =
      "width=\"\(number(drawing.width / pointsPerCentimetre, decimals: 3))cm\" "
      + "height=\"\(number(drawing.height / pointsPerCentimetre, decimals: 3))cm\""
    svg.text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) viewBox=\"\(viewBox(drawing))\" "
      + "role=\"img\">\n<title>\(escaped(drawing.title))</title>\n"
      + "<desc>\(escaped(drawing.summary))</desc>\n"
    let paper = Path(Box(left: 0, top: 0, right: drawing.width, bottom: drawing.height))
    svg.add(.fill(paper, .background, hint: nil))
    for mark in drawing.marks { svg.add(mark) }
    return svg.text + "</svg>\n"
  }

  /// An element of a page: its colours are the page's classes and variables, its letters the
  /// page's. `id` is to be unique in the page.
  package static func element(_ drawing: Drawing, id: String) -> String {
    var svg = SVGText(palette: nil)
    svg.text =
      "<svg role=\"img\" viewBox=\"\(viewBox(drawing))\" aria-labelledby=\"\(id)-t \(id)-d\">"
      + "<title id=\"\(id)-t\">\(escaped(drawing.title))</title>"
      + "<desc id=\"\(id)-d\">\(escaped(drawing.summary))</desc>\n"
    for mark in drawing.marks { svg.add(mark) }
    return svg.text + "</svg>\n"
  }

  /// The classes that `element` uses, without the variables.
  package static let styleSheet =
    Palette.paints.map {
      ".f-\($0.name){fill:var(--\($0.name))}.l-\($0.name){stroke:var(--\($0.name))}"
    }.joined(separator: "\n")
    + "\n.rim{paint-order:stroke;stroke:var(--surface);stroke-width:.34em;stroke-linejoin:round}\n"

  /// The variables of a theme.
  package static func variables(_ palette: Palette) -> String {
    Palette.paints.map { "--\($0.name):\(palette.color(of: $0).hex);" }.joined()
  }

  package static let pointsPerCentimetre = 72 / 2.54

  private static func viewBox(_ drawing: Drawing) -> String {
    "0 0 \(number(drawing.width)) \(number(drawing.height))"
  }

  /// Text for XML and HTML, within an element or an attribute's quotes.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}"..."\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `x` with at most `decimals` digits after the point; with an exponent where it is huge.
  static func number(_ x: Double, decimals: Int = 2) -> String {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    guard let scaled = Int(exactly: (x * Double(scale)).rounded()) else { return "\(x)" }
    var text = String(scaled.magnitude / UInt(scale))
    var fraction = decimals == 0 ? "" : String(scaled.magnitude % UInt(scale))
    fraction = String(repeating: "0", count: decimals - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    if !fraction.isEmpty { text += "." + fraction }
    return scaled < 0 ? "-" + text : text
  }
}

/// SVG in the making.
private struct SVGText {
  /// nil: classes instead of colours, and letters instead of their strokes.
  let palette: Palette?
  var text = ""

  init(palette: Palette?) { self.palette = palette }

  mutating func add(_ mark: Drawing.Mark) {
    switch mark {
    case .fill(let path, let paint, let hint):
      let title = hint.map { "><title>\(SVGWriter.escaped($0))</title></path>\n" } ?? "/>\n"
      text += "<path\(fill(paint)) d=\"\(data(path))\"" + title
    case .stroke(let path, let paint, let pen):
      text += "<path fill=\"none\"\(stroke(paint, pen)) d=\"\(data(path))\"/>\n"
    case .text(let label): add(label)
    }
  }

  private mutating func add(_ label: Label) {
    guard palette == nil else {
      for mark in Drawing.Mark.strokes(of: label) { add(mark) }
      return
    }
    let anchor =
      switch label.anchor {
      case .start: ""
      case .middle: " text-anchor=\"middle\""
      case .end: " text-anchor=\"end\""
      }
    text +=
      "<text class=\"f-\(label.paint.name)\(label.hasRim ? " rim" : "")\" x=\"\(number(label.place.x))\" y=\"\(number(label.place.y))\" "
      + "font-size=\"\(number(label.size))\"\(anchor)>\(SVGWriter.escaped(label.text))</text>\n"
  }

  private func fill(_ paint: Paint) -> String {
    guard let palette else { return " class=\"f-\(paint.name)\"" }
    return " fill=\"\(palette.color(of: paint).hex)\""
  }

  private func stroke(_ paint: Paint, _ pen: Pen) -> String {
    let color =
      palette.map { " stroke=\"\($0.color(of: paint).hex)\"" }
      ?? " class=\"l-\(paint.name)\""
    let dashes =
      pen.dashes.isEmpty
      ? "" : " stroke-dasharray=\"\(pen.dashes.map { number($0) }.joined(separator: " "))\""
    return "\(color) stroke-width=\"\(number(pen.width))\" stroke-linejoin=\"round\" "
      + "stroke-linecap=\"\(pen.dashes.isEmpty ? "round" : "butt")\"\(dashes)"
  }

  private func data(_ path: Path) -> String {
    var text = ""
    for segment in path.segments {
      switch segment {
      case .move(let p): text += "M\(pair(p))"
      case .line(let p): text += "L\(pair(p))"
      case .curve(let a, let b, let p): text += "C\(pair(a)) \(pair(b)) \(pair(p))"
      case .close: text += "Z"
      }
    }
    return text
  }

  private func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
  private func number(_ x: Double) -> String { SVGWriter.number(x) }
}
