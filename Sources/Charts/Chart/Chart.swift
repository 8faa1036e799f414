/// What a figure shows, before it has a size.
package struct Chart: Sendable {
  /// What it shows, in a few words.
  package var title: String
  /// What is to be seen in it, in a sentence: for captions, and for those who cannot see it.
  package var summary: String
  package var x: Axis
  package var y: Axis
  package var layers: [Layer]
  /// Its figures, for readers who want them or cannot see the drawing.
  package var table: DataTable

  package init(
    title: String, summary: String, x: Axis, y: Axis, layers: [Layer], table: DataTable
  ) {
    self.title = title
    self.summary = summary
    self.x = x
    self.y = y
    self.layers = layers
    self.table = table
  }

  package enum Layer: Sendable {
    case line(Line)
    case histogram(Histogram)
    case bars(Bars)
    case dots(Dots)
    case rule(Rule)
    case callouts([Callout])
    case heat(HeatMap)
  }
}

/// Rows of words and numbers; the first cell of each names it.
package struct DataTable: Hashable, Sendable {
  package var header: [String]
  package var rows: [[String]]

  package init(header: [String], rows: [[String]] = []) {
    self.header = header
    self.rows = rows
  }
}

/// A value over another.
package struct Line: Sendable {
  package var name: String
  /// nil breaks the line.
  package var points: [Point?]
  package var series: Int
  package var dash: Dash
  /// Whether the area below is filled.
  package var isFilled: Bool

  package enum Dash: Sendable {
    case solid
    case dashed
    case dotted
  }

  package init(
    _ name: String, points: [Point?], series: Int, dash: Dash = .solid, isFilled: Bool = false
  ) {
    self.name = name
    self.points = points
    self.series = series
    self.dash = dash
    self.isFilled = isFilled
  }
}

/// How many lie between one edge and the next.
package struct Histogram: Sendable {
  package var name: String
  /// One more than there are counts, ascending.
  package var edges: [Double]
  package var counts: [Double]
  package var series: Int

  package init(_ name: String, edges: [Double], counts: [Double], series: Int) {
    precondition(edges.count == counts.count + 1, "a histogram's edges are one more than its bars")
    self.name = name
    self.edges = edges
    self.counts = counts
    self.series = series
  }
}

/// A bar for each of the y axis's categories.
package struct Bars: Sendable {
  package var name: String
  /// nil: no bar.
  package var values: [Double?]
  /// How far each could reach, where it is the least of a range: a thin line goes on to there. nil:
  /// it is no range.
  package var most: [Double?]
  /// What stands at each bar's end.
  package var labels: [String]
  package var series: Int

  package init(
    _ name: String, values: [Double?], most: [Double?]? = nil, labels: [String], series: Int
  ) {
    self.name = name
    self.values = values
    self.most = most ?? values.map { _ in nil }
    self.labels = labels
    self.series = series
  }
}

package struct Dots: Sendable {
  package var name: String
  package var points: [Point]
  package var series: Int

  package init(_ name: String, points: [Point], series: Int) {
    self.name = name
    self.points = points
    self.series = series
  }
}

/// A line across the chart to compare with.
package struct Rule: Sendable {
  package enum Course: Sendable {
    case horizontal(Double)
    case vertical(Double)
    /// Where both axes have the same value.
    case diagonal
  }

  package var course: Course
  package var label: String

  package init(_ course: Course, label: String) {
    self.course = course
    self.label = label
  }
}

/// A point of a line with words beside it.
package struct Callout: Sendable {
  package var point: Point
  package var text: String
  package var series: Int

  package init(_ point: Point, text: String, series: Int) {
    self.point = point
    self.text = text
    self.series = series
  }
}

/// Values on a grid: a row for each of the y axis's categories, columns of equal width.
package struct HeatMap: Sendable {
  /// Of the x axis.
  package var lower: Double
  package var upper: Double
  /// Rows of equal length; nil: nothing to show.
  package var rows: [[Double?]]
  /// The least and the most with their unit, for the key.
  package var least: Double
  package var most: Double
  package var key: (least: String, most: String)

  package init(
    from lower: Double, to upper: Double, rows: [[Double?]], least: Double, most: Double,
    key: (least: String, most: String)
  ) {
    self.lower = lower
    self.upper = upper
    self.rows = rows
    self.least = least
    self.most = most
    self.key = key
  }
}
