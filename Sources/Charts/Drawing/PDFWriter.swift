/// Drawings as PDF of one page, with every letter drawn: it names no font. The same drawing gives
/// the same bytes; there is no date in them.
package enum PDFWriter {
  package static func file(_ drawing: Drawing, palette: Palette = .light) -> String {
    var page = PDFPage(drawing, palette: palette)
    page.draw()
    let box = "[0 0 \(number(drawing.width)) \(number(drawing.height))]"
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox \(box) /Resources << >> /Contents 4 0 R >>",
      "<< /Length \(page.text.utf8.count) >>\nstream\n\(page.text)endstream",
      "<< /Title \(string(drawing.title)) /Subject \(string(drawing.summary)) /Creator (Kavier) >>",
    ]
    return assembled(objects)
  }

  private static func assembled(_ objects: [String]) -> String {
    var text = "%PDF-1.4\n"
    var places: [Int] = []
    for (number, object) in objects.enumerated() {
      places.append(text.utf8.count)
      text += "\(number + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places {
      let digits = String(place)
      text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    return text + "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 5 0 R >>\n"
      + "startxref\n\(start)\n%%EOF\n"
  }

  /// UTF-16 with its byte order mark, in hexadecimal digits: a string of any letters.
  private static func string(_ text: String) -> String {
    let units = ([0xFEFF] + text.utf16).map { unit in
      let digits = String(unit, radix: 16)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "<" + units.joined() + ">"
  }

  static func number(_ x: Double) -> String { SVGWriter.number(x) }
}

/// The operators of a page.
private struct PDFPage {
  let drawing: Drawing
  let palette: Palette
  /// Round joins and ends, as in SVG.
  var text = "1 j\n"

  init(_ drawing: Drawing, palette: Palette) {
    self.drawing = drawing
    self.palette = palette
  }

  mutating func draw() {
    fill(
      Path(Box(left: 0, top: 0, right: drawing.width, bottom: drawing.height)), .background)
    for mark in drawing.marks { add(mark) }
  }

  private mutating func add(_ mark: Drawing.Mark) {
    switch mark {
    case .fill(let path, let paint, _): fill(path, paint)
    case .stroke(let path, let paint, let pen): stroke(path, paint, pen)
    case .text(let label): for mark in Drawing.Mark.strokes(of: label) { add(mark) }
    }
  }

  private mutating func fill(_ path: Path, _ paint: Paint) {
    text += "\(color(paint)) rg\n"
    add(path)
    text += "f\n"
  }

  private mutating func stroke(_ path: Path, _ paint: Paint, _ pen: Pen) {
    let dashes = pen.dashes.map { PDFWriter.number($0) }.joined(separator: " ")
    text +=
      "\(color(paint)) RG \(PDFWriter.number(pen.width)) w [\(dashes)] 0 d "
      + "\(pen.dashes.isEmpty ? 1 : 0) J\n"
    add(path)
    text += "S\n"
  }

  private mutating func add(_ path: Path) {
    for segment in path.segments {
      switch segment {
      case .move(let p): text += "\(pair(p)) m\n"
      case .line(let p): text += "\(pair(p)) l\n"
      case .curve(let a, let b, let p): text += "\(pair(a)) \(pair(b)) \(pair(p)) c\n"
      case .close: text += "h\n"
      }
    }
  }

  /// PDF's y grows upwards.
  private func pair(_ point: Point) -> String {
    "\(PDFWriter.number(point.x)) \(PDFWriter.number(drawing.height - point.y))"
  }

  private func color(_ paint: Paint) -> String {
    let color = palette.color(of: paint)
    return [color.red, color.green, color.blue].map {
      SVGWriter.number(Double($0) / 255, decimals: 3)
    }.joined(separator: " ")
  }
}
