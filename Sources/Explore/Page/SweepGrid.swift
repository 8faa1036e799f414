import Report
import Scenarios

/// The points of a sweep by the values of its axes, with the figures that its page shows.
struct SweepGrid: Sendable {
  struct Axis: Sendable {
    /// `rate (/s)`; of fields that change together, all of them.
    var name: String
    var values: [String]
    /// What it can be asked for by: names of its columns, and paths of its fields.
    var words: [String]
  }

  /// What came of a point, from the best to the worst.
  enum State: Int, CaseIterable, Sendable {
    /// Nothing is asked of it.
    case run
    case met
    case notJudged
    case tooClose
    case missed
    case refused

    init(_ row: SweepSummary.Row) {
      self =
        switch (row.refusal, row.verdict) {
        case (.some, _): .refused
        case (nil, nil): .run
        case (nil, .met): .met
        case (nil, .notJudged): .notJudged
        case (nil, .tooClose): .tooClose
        case (nil, .missed): .missed
        }
    }

    /// What stands beside a figure, and what it is called.
    var mark: (sign: String, words: String) {
      switch self {
      case .run: ("", "")
      case .met: ("✓", "met")
      case .notJudged: ("?", "not judged")
      case .tooClose: ("≈", "too close to call")
      case .missed: ("✗", "missed")
      case .refused: ("–", "cannot be run")
      }
    }
  }

  struct Point: Sendable {
    /// One an axis.
    var places: [Int]
    var state: State
    /// One a figure, as the store has it; nil: it has none.
    var values: [Double?]
  }

  let axes: [Axis]
  let figures: [SweepFigure]
  let points: [Point]

  init(_ sweep: Sweep, _ summary: SweepSummary, keys: [String]) {
    axes = Self.axes(sweep)
    let currency = summary.rows.compactMap(\.currency).first ?? ""
    figures = RunFigure.all.filter { keys.contains($0.key) }.compactMap { figure in
      let largest = summary.rows.compactMap { $0.figures[figure.key] }.max()
      return largest.map {
        SweepFigure(
          figure: figure, unit: FigureUnit(figure, largest: $0, currency: currency))
      }
    }
    points = summary.rows.map { [figures] row in
      Point(
        places: sweep.point(row.point).places, state: State(row),
        values: figures.map { row.figures[$0.figure.key] })
    }
  }

  static func axes(_ sweep: Sweep) -> [Axis] {
    let all = SweepColumns(sweep)
    var first = 0
    return sweep.axes.map { axis in
      let columns = Array(first..<first + axis.columns.count)
      first += axis.columns.count
      return Axis(
        name: columns.map { all.titles[$0] }.joined(separator: ", "),
        values: axis.points.map { point in
          zip(columns, point.labels).map { column, label in
            all.value(label, ofColumn: column).plain
          }.joined(separator: ", ")
        }, words: columns.map { all.names[$0] } + axis.columns)
    }
  }

  /// Two axes that a heat map is drawn over; no rows: there is one axis.
  struct Pair: Hashable, Sendable {
    var columns: Int
    var rows: Int?
  }

  /// Where that figure stands among `figures`.
  func place(ofFigure key: String) -> Int? { figures.firstIndex { $0.figure.key == key } }

  /// The best point of each cell of `pair`, by row and then column: by what came of it, then by the
  /// figure; nil: none was run.
  func best(_ pair: Pair, figure: Int) -> [[Point?]] {
    let width = axes[pair.columns].values.count
    let height = pair.rows.map { axes[$0].values.count } ?? 1
    var cells = [[Point?]](repeating: [Point?](repeating: nil, count: width), count: height)
    for point in points {
      let (row, column) = (pair.rows.map { point.places[$0] } ?? 0, point.places[pair.columns])
      if cells[row][column].map({ isBetter(point, than: $0, figure) }) ?? true {
        cells[row][column] = point
      }
    }
    return cells
  }

  private func isBetter(_ a: Point, than b: Point, _ figure: Int) -> Bool {
    guard a.state == b.state else { return a.state.rawValue < b.state.rawValue }
    guard let x = a.values[figure] else { return false }
    guard let y = b.values[figure] else { return true }
    return figures[figure].isHigherBetter ? x > y : x < y
  }
}
