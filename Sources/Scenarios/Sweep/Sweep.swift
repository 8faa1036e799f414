/// Many scenarios that are one, but for the values of some fields: what a sweep file says.
package struct Sweep: Sendable {
  package var name: String
  /// What all have in common.
  package var template: ScenarioTemplate
  package var axes: [SweepAxis]
  var exclusions: [SweepExclusion]
  /// Each point is run with each of them; at least one.
  package var seeds: [UInt64]

  /// More are a mistake in an axis.
  package static let mostPoints = 1_000_000

  /// One scenario of a sweep: a point of each axis.
  package struct Point: Sendable {
    /// By its axes, the last of them running fastest, those that are left out counted.
    package var number: Int
    package var places: [Int]
  }

  /// Names of all columns that tell points apart, in the order of the axes.
  package var columns: [String] { axes.flatMap(\.columns) }

  /// How many there would be if none were left out.
  package var product: Int { axes.reduce(1) { $0 * $1.points.count } }

  /// All that are not excluded.
  package var points: [Point] {
    (0..<product).lazy.map(point).filter { point in
      let labels = labels(of: point)
      return !exclusions.contains { $0.matches(labels) }
    }
  }

  /// The point of that number.
  package func point(_ number: Int) -> Point {
    var rest = number
    var places: [Int] = []
    for axis in axes.reversed() {
      places.append(rest % axis.points.count)
      rest /= axis.points.count
    }
    return Point(number: number, places: places.reversed())
  }

  /// All that it says, in one line: two sweeps with the same text are the same.
  package var text: String {
    let varied = axes.map { axis in
      let points = axis.points.map { point in
        "\(point.labels): " + point.overrides.map { "\($0.path)=\($0.text)" }.joined(separator: ",")
      }
      return "\(axis.columns): \(points.joined(separator: ";"))"
    }
    let left = exclusions.map { "\($0.columns)" }
    return "\(template.text) \(varied) \(left) \(seeds)"
  }

  /// All values of the column of that number.
  package func labels(ofColumn column: Int) -> [String] {
    var first = 0
    for axis in axes {
      if column < first + axis.columns.count {
        return axis.points.map { $0.labels[column - first] }
      }
      first += axis.columns.count
    }
    preconditionFailure("no such column")
  }

  /// What stands in the columns of `point`.
  package func labels(of point: Point) -> [String] {
    zip(axes, point.places).flatMap { $0.points[$1].labels }
  }

  package func overrides(of point: Point) -> [Override] {
    zip(axes, point.places).flatMap { $0.points[$1].overrides }
  }
}

/// What a sweep varies: one field, or several together.
package struct SweepAxis: Sendable {
  /// What its values are told apart by: the paths of its fields, or a name of its own.
  package var columns: [String]
  package var points: [Point]

  package struct Point: Sendable {
    /// One a column.
    package var labels: [String]
    package var overrides: [Override]
  }
}

/// Combinations that are left out: those that have one of the values in every one of the columns.
struct SweepExclusion: Sendable {
  var columns: [(place: Int, values: [String])]

  func matches(_ labels: [String]) -> Bool {
    columns.allSatisfy { column in
      column.values.contains { Self.isSame($0, labels[column.place]) }
    }
  }

  /// As texts, or as numbers: `1` is `1.0`.
  static func isSame(_ a: String, _ b: String) -> Bool {
    guard a != b else { return true }
    guard let x = Double(a), let y = Double(b) else { return false }
    return x == y
  }
}
