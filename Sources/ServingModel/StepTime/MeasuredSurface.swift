package import SimKernel

/// Durations measured at some sizes (sequences, or prompt tokens) and contexts, and straight lines
/// in between: exact at the measured points, and never outside those around.
///
/// Two neighbouring sizes are joined at equal shares of their ranges of contexts, so they need not
/// have been measured equally far. Below the least size or context the least one's duration holds;
/// beyond the greatest the last line goes on.
package struct MeasuredSurface: Hashable, Sendable {
  /// One measurement.
  package struct Point: Hashable, Sendable {
    package var size: Int
    package var context: Int
    package var duration: SimDuration

    package init(size: Int, context: Int, duration: SimDuration) {
      self.size = size
      self.context = context
      self.duration = duration
    }
  }

  /// By size, ascending.
  private let rows: [MeasuredRow]
  /// Of all rows, one after the other.
  private let contexts: [Double]
  private let picoseconds: [Double]
  /// Whether contexts were measured at all; where all are 0, durations depend on the size alone.
  package let hasContexts: Bool
  /// The shortest duration measured.
  package let least: SimDuration

  /// At least one point, no two at the same place.
  package init(_ points: [Point]) {
    precondition(!points.isEmpty, "a surface without a point")
    let points = points.sorted { ($0.size, $0.context) < ($1.size, $1.context) }
    var rows: [MeasuredRow] = []
    for (index, point) in points.enumerated() {
      if rows.last?.size == point.size {
        rows[rows.count - 1].add(point)
      } else {
        rows.append(MeasuredRow(point, at: index))
      }
    }
    contexts = points.map { Double($0.context) }
    picoseconds = points.map { Double($0.duration.picoseconds) }
    self.rows = rows
    hasContexts = points.contains { $0.context > 0 }
    least = points.map(\.duration).min() ?? .zero
  }

  /// How many points it was made of.
  package var pointCount: Int { contexts.count }

  /// The greatest size measured.
  package var greatestSize: Int { rows[rows.count - 1].size }

  /// The contexts that are covered at `size`.
  package func contexts(size: Int) -> ClosedRange<Double> { neighbours(of: size).contexts }

  /// Whether nothing is extended to price this.
  func covers(size: Int, context: Double) -> Bool {
    guard (rows[0].size...greatestSize).contains(size) else { return false }
    return !hasContexts || contexts(size: size).contains(context)
  }

  /// The duration in picoseconds.
  func picoseconds(size: Int, context: Double) -> Double {
    let rows = neighbours(of: size)
    guard rows.a.size < rows.b.size else { return picoseconds(rows.a, at: context) }
    let range = rows.contexts
    let length = range.upperBound - range.lowerBound
    let share = length > 0 ? (context - range.lowerBound) / length : 0
    return rows.between(
      picoseconds(rows.a, at: rows.a.context(share: share)),
      picoseconds(rows.b, at: rows.b.context(share: share)))
  }

  private func picoseconds(_ row: MeasuredRow, at context: Double) -> Double {
    guard context > row.least, row.count > 1 else { return row.first }
    var next = row.start + 1
    while next < row.start + row.count - 1, contexts[next] < context { next += 1 }
    return interpolated(
      context, from: (contexts[next - 1], picoseconds[next - 1]),
      to: (contexts[next], picoseconds[next]))
  }

  /// The durations at `size` as a straight line in the context, rising or level; nil when they are
  /// none, or none in whole picoseconds.
  func line(size: Int) -> (base: Int64, slope: Int64)? {
    guard size <= greatestSize else { return nil }
    let rows = neighbours(of: size)
    return isStraight(rows.a) && isStraight(rows.b) ? rows.line : nil
  }

  /// Whether all points of `row` lie on the line from the first to the last.
  private func isStraight(_ row: MeasuredRow) -> Bool {
    guard row.count > 2 else { return true }
    return (row.start..<row.start + row.count).allSatisfy {
      interpolated(contexts[$0], from: (row.least, row.first), to: (row.greatest, row.last))
        .rounded() == picoseconds[$0]
    }
  }

  /// The rows on both sides of `size`: the same twice where it was measured or is less than all
  /// that was, the last two where it is more.
  private func neighbours(of size: Int) -> Neighbours {
    var above = 0
    var end = rows.count
    while above < end {
      let middle = (above + end) / 2
      if rows[middle].size <= size { above = middle + 1 } else { end = middle }
    }
    guard above > 0, rows[above - 1].size < size, rows.count > 1 else {
      let row = rows[max(0, above - 1)]
      return Neighbours(size: size, a: row, b: row)
    }
    let second = min(above, rows.count - 1)
    return Neighbours(size: size, a: rows[second - 1], b: rows[second])
  }
}

/// What was measured at one size, by context, ascending: a stretch of the surface's points and its
/// two ends.
private struct MeasuredRow: Hashable, Sendable, BitwiseCopyable {
  var size: Int
  var start: Int
  var count = 1
  var least: Double
  var greatest: Double
  /// Picoseconds at these two contexts.
  var first: Double
  var last: Double

  init(_ point: MeasuredSurface.Point, at start: Int) {
    size = point.size
    self.start = start
    least = Double(point.context)
    greatest = least
    first = Double(point.duration.picoseconds)
    last = first
  }

  mutating func add(_ point: MeasuredSurface.Point) {
    precondition(Double(point.context) > greatest, "two durations of one step")
    count += 1
    greatest = Double(point.context)
    last = Double(point.duration.picoseconds)
  }

  func context(share: Double) -> Double { least + share * (greatest - least) }
}

/// A size between the two rows that tell its durations.
private struct Neighbours: BitwiseCopyable {
  var size: Int
  var a: MeasuredRow
  var b: MeasuredRow

  var contexts: ClosedRange<Double> {
    let least = between(a.least, b.least)
    return least...max(least, between(a.greatest, b.greatest))
  }

  /// What lies at `size` between the values of both rows.
  func between(_ first: Double, _ second: Double) -> Double {
    guard a.size < b.size else { return first }
    return interpolated(Double(size), from: (Double(a.size), first), to: (Double(b.size), second))
  }

  /// From the first to the last point, if that is a line in whole numbers.
  var line: (base: Int64, slope: Int64)? {
    guard let first = whole(a.first, b.first), let last = whole(a.last, b.last),
      let low = whole(a.least, b.least), let high = whole(a.greatest, b.greatest)
    else { return nil }
    guard low < high else { return (first, 0) }
    let (slope, rest) = (last - first).quotientAndRemainder(dividingBy: high - low)
    // Below its range a row is level, which no rising line is. Contexts have a token at least.
    guard rest == 0, slope >= 0, slope == 0 || low <= size else { return nil }
    let (rise, overflows) = slope.multipliedReportingOverflow(by: low)
    return overflows ? nil : (first - rise, slope)
  }

  /// `between` for whole numbers where it is one, exactly.
  private func whole(_ first: Double, _ second: Double) -> Int64? {
    guard a.size < b.size else { return Int64(first) }
    let product = Int64(second - first).multipliedFullWidth(by: Int64(size - a.size))
    let (quotient, rest) = Int64(b.size - a.size).dividingFullWidth(product)
    return rest == 0 ? Int64(first) + quotient : nil
  }
}

/// The value at `x` of the line through two points. Multiplies before it divides: so whole results
/// come out whole.
private func interpolated(
  _ x: Double, from a: (x: Double, y: Double), to b: (x: Double, y: Double)
) -> Double {
  a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
}
