/// The size that a chart is drawn at, in points. All distances follow from that of its letters.
package struct ChartStyle: Hashable, Sendable {
  package var width: Double
  package var height: Double
  package var letters: Double
  /// Whether the title is part of the drawing; pages and papers have captions of their own.
  package var showsTitle: Bool

  package init(width: Double, height: Double, letters: Double, showsTitle: Bool = false) {
    self.width = width
    self.height = height
    self.letters = letters
    self.showsTitle = showsTitle
  }

  /// For a column of a page that is as narrow as a telephone or a third of a screen.
  package static let page = ChartStyle(width: 440, height: 270, letters: 12.5)
}

extension Chart {
  package func drawing(_ style: ChartStyle) -> Drawing {
    var painter = ChartPainter(self, style)
    return painter.paint()
  }
}
