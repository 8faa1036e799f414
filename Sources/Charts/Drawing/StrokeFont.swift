/// A single-stroke typeface: each glyph is lines and curves to be drawn with a round pen, like
/// lettering on technical drawings. Pictures for papers are lettered with it, so they need no font
/// of whoever opens them and look the same everywhere.
package enum StrokeFont {
  /// Of the em.
  package static let penWidth = 0.078

  /// How wide `text` is, in points at a `size` of so many points.
  package static func width(of text: String, size: Double) -> Double {
    text.reduce(0) { $0 + glyph($1).advance } * size / 100
  }

  /// The pen's way for `label`.
  package static func path(of label: Label) -> Path {
    let scale = label.size / 100
    var x = label.place.x
    switch label.anchor {
    case .start: break
    case .middle: x -= width(of: label.text, size: label.size) / 2
    case .end: x -= width(of: label.text, size: label.size)
    }
    var path = Path()
    for character in label.text {
      let glyph = glyph(character)
      var pen = GlyphPen(origin: Point(x, label.place.y), scale: scale)
      pen.draw(glyph.strokes)
      path.append(pen.path)
      x += glyph.advance * scale
    }
    return path
  }

  static func glyph(_ character: Character) -> Glyph { glyphs[character] ?? missing }

  /// A letter: its width, and its strokes in hundredths of the em above the baseline.
  struct Glyph {
    var advance: Double
    /// `M` moves, `L` draws a line, `C` a cubic curve; `h` and `v` draw a quarter of an ellipse
    /// that sets out horizontally or vertically.
    var strokes: String

    init(_ advance: Double, _ strokes: String) {
      self.advance = advance
      self.strokes = strokes
    }
  }
}

private struct GlyphPen {
  let origin: Point
  let scale: Double
  var path = Path()
  private var place = Point(0, 0)

  init(origin: Point, scale: Double) {
    self.origin = origin
    self.scale = scale
  }

  mutating func draw(_ strokes: String) {
    var command: Character = "M"
    var numbers: [Double] = []
    for word in strokes.split(separator: " ") {
      var digits = word
      if let first = word.first, first.isLetter {
        command = first
        digits = word.dropFirst()
      }
      guard let number = Double(digits) else { continue }
      numbers.append(number)
      guard numbers.count == (command == "C" ? 6 : 2) else { continue }
      stroke(command, numbers)
      numbers.removeAll(keepingCapacity: true)
    }
  }

  private mutating func stroke(_ command: Character, _ n: [Double]) {
    let end = Point(n[n.count - 2], n[n.count - 1])
    switch command {
    case "M": path.move(to: onPaper(end))
    case "L": path.line(to: onPaper(end))
    case "C": curve(to: end, Point(n[0], n[1]), Point(n[2], n[3]))
    default: quarter(to: end, setsOutHorizontally: command == "h")
    }
    place = end
  }

  /// A quarter of an ellipse, by the cubic curve nearest to it.
  private mutating func quarter(to end: Point, setsOutHorizontally: Bool) {
    let k = 0.5523
    let (dx, dy) = ((end.x - place.x) * k, (end.y - place.y) * k)
    if setsOutHorizontally {
      curve(to: end, Point(place.x + dx, place.y), Point(end.x, end.y - dy))
    } else {
      curve(to: end, Point(place.x, place.y + dy), Point(end.x - dx, end.y))
    }
  }

  private mutating func curve(to end: Point, _ first: Point, _ second: Point) {
    path.curve(to: onPaper(end), onPaper(first), onPaper(second))
  }

  private func onPaper(_ point: Point) -> Point {
    Point(origin.x + point.x * scale, origin.y - point.y * scale)
  }
}
