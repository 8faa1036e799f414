/// A picture as marks, in points: what the writers turn into bytes.
package struct Drawing: Sendable {
  package var width: Double
  package var height: Double
  /// What it shows, for those who cannot see it.
  package var title: String
  package var summary: String
  package var marks: [Mark] = []

  package init(width: Double, height: Double, title: String, summary: String) {
    self.width = width
    self.height = height
    self.title = title
    self.summary = summary
  }

  package enum Mark: Sendable {
    case fill(Path, Paint, hint: String?)
    case stroke(Path, Paint, Pen)
    case text(Label)
  }
}

extension Drawing.Mark {
  /// What `label` is without a font: its letters drawn, over a rim where it has one.
  static func strokes(of label: Label) -> [Drawing.Mark] {
    let path = StrokeFont.path(of: label)
    let pen = Pen(width: label.size * StrokeFont.penWidth)
    let rim = Pen(width: label.size * Label.rimWidth)
    return (label.hasRim ? [.stroke(path, .background, rim)] : [])
      + [.stroke(path, label.paint, pen)]
  }
}

/// How a line is drawn. Lengths are points.
package struct Pen: Hashable, Sendable {
  package var width: Double
  /// Lengths of dashes and of the gaps between them, in turn; none: a line without gaps.
  package var dashes: [Double]

  package init(width: Double, dashes: [Double] = []) {
    self.width = width
    self.dashes = dashes
  }
}

extension Label {
  /// Of the letters' size.
  static let rimWidth = 0.34
}

/// A line of text in a picture.
package struct Label: Hashable, Sendable {
  package enum Anchor: Sendable { case start, middle, end }

  package var text: String
  /// On the baseline.
  package var place: Point
  package var size: Double
  package var anchor: Anchor
  package var paint: Paint
  /// Whether a rim of background keeps it apart from the lines it lies on.
  package var hasRim: Bool

  package init(
    _ text: String, at place: Point, size: Double, anchor: Anchor, paint: Paint,
    hasRim: Bool = false
  ) {
    self.hasRim = hasRim
    self.text = text
    self.place = place
    self.size = size
    self.anchor = anchor
    self.paint = paint
  }
}
