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
  /// How many points it was made of.
  package let pointCount: Int
  /// Whether contexts were measured at all; where all are 0, durations depend on the size alone.
  package let hasContexts: Bool
  /// The shortest duration measured.
  package let least: SimDuration

  /// At least one point, no two at the same place.
  package init(_ points: [Point]) {
    precondition(!points.isEmpty, "a surface without a point")
    let sorted = points.sorted { ($0.size, $0.context) < ($1.size, $1.context) }
    var rows: [MeasuredRow] = []
    for point in sorted {
      if rows.last?.size != point.size { rows.append(MeasuredRow(size: point.size)) }
      rows[rows.count - 1].add(point)
    }
    self.rows = rows
    pointCount = points.count
    hasContexts = points.contains { $0.context > 0 }
    least = points.map(\.duration).min() ?? .zero
  }

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
    neighbours(of: size).picoseconds(at: context)
  }

  /// The durations at `size` as a straight line in the context, rising or level; nil when they are
  /// none, or none in whole picoseconds.
  func line(size: Int) -> (base: Int64, slope: Int64)? {
    guard size <= greatestSize else { return nil }
    return neighbours(of: size).line
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

/// A size between the two rows that tell its durations.
private struct Neighbours {
  var size: Int
  var a: MeasuredRow
  var b: MeasuredRow

  var contexts: ClosedRange<Double> {
    let least = between(a.least, b.least)
    return least...max(least, between(a.greatest, b.greatest))
  }

  func picoseconds(at context: Double) -> Double {
    guard a.size < b.size else { return a.picoseconds(at: context) }
    let range = contexts
    let length = range.upperBound - range.lowerBound
    let share = length > 0 ? (context - range.lowerBound) / length : 0
    return between(a.picoseconds(share: share), b.picoseconds(share: share))
  }

  var line: (base: Int64, slope: Int64)? {
    guard a.isStraight, b.isStraight, let first = whole(a.first, b.first),
      let last = whole(a.last, b.last), let low = whole(a.least, b.least),
      let high = whole(a.greatest, b.greatest)
    else { return nil }
    guard low < high else { return (first, 0) }
    let (slope, rest) = (last - first).quotientAndRemainder(dividingBy: high - low)
    // Below its range a row is level, which no rising line is. Contexts have a token at least.
    guard rest == 0, slope >= 0, slope == 0 || low <= size else { return nil }
    return (first - slope * low, slope)
  }

  private func between(_ first: Double, _ second: Double) -> Double {
    guard a.size < b.size else { return first }
    return interpolated(Double(size), from: (Double(a.size), first), to: (Double(b.size), second))
  }

  /// The same for whole numbers where it is one.
  private func whole(_ first: Double, _ second: Double) -> Int64? {
    guard a.size < b.size else { return Int64(first) }
    let product = Int64(second - first).multipliedFullWidth(by: Int64(size - a.size))
    let (quotient, rest) = Int64(b.size - a.size).dividingFullWidth(product)
    return rest == 0 ? Int64(first) + quotient : nil
  }
}

/// What was measured at one size, by context, ascending.
private struct MeasuredRow: Hashable, Sendable {
  var size: Int
  private var contexts: [Double] = []
  private var picoseconds: [Double] = []

  init(size: Int) { self.size = size }

  mutating func add(_ point: MeasuredSurface.Point) {
    precondition(contexts.last != Double(point.context), "two durations of one step")
    contexts.append(Double(point.context))
    picoseconds.append(Double(point.duration.picoseconds))
  }

  var least: Double { contexts[0] }
  var greatest: Double { contexts[contexts.count - 1] }
  var first: Double { picoseconds[0] }
  var last: Double { picoseconds[picoseconds.count - 1] }

  func picoseconds(share: Double) -> Double {
    picoseconds(at: least + share * (greatest - least))
  }

  func picoseconds(at context: Double) -> Double {
    guard context > least, contexts.count > 1 else { return first }
    var next = 1
    while next < contexts.count - 1, contexts[next] < context { next += 1 }
    return interpolated(
      context, from: (contexts[next - 1], picoseconds[next - 1]),
      to: (contexts[next], picoseconds[next]))
  }

  /// Whether all its points lie on the line from the first to the last.
  var isStraight: Bool {
    guard least < greatest else { return true }
    return contexts.indices.allSatisfy {
      interpolated(contexts[$0], from: (least, first), to: (greatest, last)).rounded()
        == picoseconds[$0]
    }
  }
}

/// The value at `x` of the line through two points. Multiplies before it divides: so whole results
/// come out whole.
private func interpolated(
  _ x: Double, from a: (x: Double, y: Double), to b: (x: Double, y: Double)
) -> Double {
  a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
}
