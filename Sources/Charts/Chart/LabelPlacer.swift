/// Finds places for words where no curve and no other words are.
struct LabelPlacer {
  /// Where words may stand, by their anchor.
  struct Place {
    var point: Point
    var anchor: Label.Anchor
  }

  private let plot: Box
  private let em: Double
  /// Of all curves, as drawn.
  private let segments: [(from: Point, to: Point)]
  private var taken: [Box] = []

  init(_ chart: Chart, _ frame: ChartFrame) {
    plot = frame.plot
    em = frame.em
    var segments: [(Point, Point)] = []
    for case .line(let line) in chart.layers {
      for (from, to) in zip(line.points, line.points.dropFirst()) {
        if let from, let to { segments.append((frame.place(from), frame.place(to))) }
      }
    }
    self.segments = segments
  }

  /// The first of `places` at which words of that width meet the fewest curves and words.
  mutating func choose(_ places: [Place], width: Double) -> Place {
    let costs = places.map { cost(of: box($0, width: width)) }
    let least = costs.min() ?? 0
    guard let index = costs.firstIndex(of: least) else {
      return Place(point: Point(plot.left, plot.top), anchor: .start)
    }
    taken.append(box(places[index], width: width))
    return places[index]
  }

  /// What words there cover: letters stand on their line and reach a little below it.
  private func box(_ place: Place, width: Double) -> Box {
    let left =
      switch place.anchor {
      case .start: place.point.x
      case .middle: place.point.x - width / 2
      case .end: place.point.x - width
      }
    return Box(
      left: left, top: place.point.y - em * 0.8, right: left + width,
      bottom: place.point.y + em * 0.2)
  }

  private func cost(of box: Box) -> Int {
    let isOutside =
      box.left < plot.left - em * 0.1 || box.right > plot.right + em * 0.1
      || box.top < plot.top - em * 0.3 || box.bottom > plot.bottom
    let crossed = segments.filter { box.isCrossed(from: $0.from, to: $0.to) }.count
    let covered = taken.filter { $0.overlaps(box) }.count
    return (isOutside ? 1_000_000 : 0) + covered * 10_000 + crossed
  }
}

extension Box {
  fileprivate func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// Whether a straight line between the points goes through it (Liang and Barsky).
  fileprivate func isCrossed(from a: Point, to b: Point) -> Bool {
    var (enter, leave) = (0.0, 1.0)
    for (step, room) in [
      (a.x - b.x, a.x - left), (b.x - a.x, right - a.x), (a.y - b.y, a.y - top),
      (b.y - a.y, bottom - a.y),
    ] {
      if step == 0 {
        if room < 0 { return false }
      } else if step < 0 {
        enter = max(enter, room / step)
      } else {
        leave = min(leave, room / step)
      }
    }
    return enter <= leave
  }
}
