/// The size that a chart is drawn at, in points. All distances follow from that of its letters.
package struct ChartStyle: Hashable, Sendable {
  package var width: Double
  package var height: Double
  package var letters: Double
  /// How much wider than drawn letters those of the page may be, whose font is not known here.
  package var breadth = 1.0
  /// Whether the title is part of the drawing; pages and papers have captions of their own.
  package var showsTitle: Bool

  package init(width: Double, height: Double, letters: Double, showsTitle: Bool = false) {
    self.width = width
    self.height = height
    self.letters = letters
    self.showsTitle = showsTitle
  }

  /// For a column of a page that is as narrow as a telephone or a third of a screen.
  package static let page = {
    var style = ChartStyle(width: 440, height: 270, letters: 12.5)
    style.breadth = 1.18
    return style
  }()

  /// The width that `text` may take.
  func width(of text: String, size: Double = 1) -> Double {
    StrokeFont.width(of: text, size: size * letters) * breadth
  }

  func wrapped(_ text: String, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty, self.width(of: longer, size: size) > width {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return lines + [line]
  }

  /// `text`, with an ellipsis in place of what is too much.
  func shortened(_ text: String, width: Double) -> String {
    guard self.width(of: text) > width else { return text }
    var text = text
    while !text.isEmpty, self.width(of: text + "…") > width { text.removeLast() }
    return text + "…"
  }
}

extension Chart {
  package func drawing(_ style: ChartStyle) -> Drawing {
    var painter = ChartPainter(self, style)
    return painter.paint()
  }
}
