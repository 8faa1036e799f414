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

  /// The first of `places` at which words of that width lie on no others and meet the fewest curves;
  /// nil: there is none. Words that fit nowhere in the plot may stick out of it.
  mutating func choose(_ places: [Place], width: Double) -> Place? {
    let boxes = places.map { box($0, width: width) }
    let inside = boxes.indices.filter { isInside(boxes[$0]) }
    let free = (inside.isEmpty ? Array(boxes.indices) : inside).filter { isFree(boxes[$0]) }
    guard let best = free.min(by: { crossings(of: boxes[$0]) < crossings(of: boxes[$1]) })
    else { return nil }
    taken.append(boxes[best])
    return places[best]
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

  private func isInside(_ box: Box) -> Bool {
    box.left >= plot.left - em * 0.1 && box.right <= plot.right + em * 0.1
      && box.top >= plot.top - em * 0.3 && box.bottom <= plot.bottom
  }

  /// Words have a rim of background around them, which would hide what is near.
  private func isFree(_ box: Box) -> Bool {
    let rim = em * 0.2
    let room = Box(
      left: box.left - rim, top: box.top - rim, right: box.right + rim, bottom: box.bottom + rim)
    return !taken.contains { $0.overlaps(room) }
  }

  private func crossings(of box: Box) -> Int {
    segments.filter { box.isCrossed(from: $0.from, to: $0.to) }.count
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
