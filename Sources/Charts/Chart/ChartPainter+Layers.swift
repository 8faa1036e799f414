extension ChartPainter {
  mutating func paint(_ line: Line) {
    var outline = Path()
    var run: [Point] = []
    for point in line.points + [nil] {
      if let point {
        run.append(frame.place(point))
        continue
      }
      if line.isFilled { fill(area(below: run), .area(line.series)) }
      // A lone value between gaps would not show.
      if run.count == 1 {
        fill(Path(around: run[0], radius: em * 0.14), .series(line.series))
      } else {
        outline.append(Path(through: run))
      }
      run.removeAll(keepingCapacity: true)
    }
    stroke(
      outline, .series(line.series), width: line.dash.width, dashes: line.dash.lengths)
  }

  private func area(below points: [Point]) -> Path {
    guard points.count > 1, let first = points.first, let last = points.last else {
      return Path()
    }
    let foot = [Point(last.x, frame.plot.bottom), Point(first.x, frame.plot.bottom)]
    return Path(through: points + foot, isClosed: true)
  }

  mutating func paint(_ histogram: Histogram) {
    for (number, count) in histogram.counts.enumerated() where count > 0 {
      let left = frame.left(histogram.edges[number])
      let right = frame.left(histogram.edges[number + 1])
      // A hair of background between bars, as long as that leaves anything of them.
      let gap = right - left > em * 0.3 ? em * 0.08 : 0
      let box = Box(
        left: left, top: frame.top(count), right: right - gap, bottom: frame.plot.bottom)
      fill(Path(box), .series(histogram.series))
    }
  }

  mutating func paint(_ bars: Bars) {
    let all = chart.layers.compactMap { layer in
      if case .bars(let bars) = layer { bars.series } else { nil }
    }
    let number = all.firstIndex(of: bars.series) ?? 0
    let rows = bars.values.count
    let rowHeight = frame.plot.height / Double(max(1, rows))
    let thickness = min(rowHeight * 0.72, em * 2.2 * Double(all.count)) / Double(all.count)
    for (row, value) in bars.values.enumerated() {
      guard let value else { continue }
      let middle = frame.plot.top + rowHeight * (Double(row) + 0.5)
      let top = middle + thickness * (Double(number) - Double(all.count) / 2)
      let box = Box(
        left: frame.left(0), top: top, right: frame.left(value),
        bottom: top + thickness * (all.count > 1 ? 0.92 : 1))
      fill(Path(box), .series(bars.series))
      let end = reach(of: box, to: bars.most[row])
      guard thickness > em * 0.8 else { continue }
      let place = Point(end + em * 0.4, (box.top + box.bottom) / 2 + em * 0.35)
      text(bars.labels[row], at: place, paint: .ink)
    }
  }

  /// Draws how far a bar could reach, a line with a foot; gives where it ends.
  private mutating func reach(of bar: Box, to most: Double?) -> Double {
    guard let most, frame.left(most) > bar.right else { return bar.right }
    let end = frame.left(most)
    let middle = (bar.top + bar.bottom) / 2
    let foot = min(em * 0.35, (bar.bottom - bar.top) / 2)
    var path = Path(through: [Point(bar.right, middle), Point(end, middle)])
    path.append(Path(through: [Point(end, middle - foot), Point(end, middle + foot)]))
    stroke(path, .ink, width: 0.12)
    return end
  }

  mutating func paint(_ dots: Dots) {
    var path = Path()
    for point in dots.points {
      path.append(Path(around: frame.place(point), radius: em * 0.22))
    }
    fill(path, .series(dots.series))
  }

  mutating func paint(_ callout: Callout) {
    let place = frame.place(callout.point)
    fill(Path(around: place, radius: em * 0.28), .series(callout.series))
    let near = em * 0.6
    // Near ones first, where a rising curve is not.
    let offsets = [
      (near, 0.85), (-near, -0.35), (near, -0.35), (-near, 0.85), (near, 2.2), (-near, -1.7),
      (-near, 2.2), (near, -1.7), (near, 3.6), (-near, 3.6),
    ]
    text(
      callout.text,
      at: offsets.map {
        LabelPlacer.Place(
          point: Point(place.x + $0, place.y + em * $1), anchor: $0 > 0 ? .start : .end)
      })
  }

  mutating func paint(_ rule: Rule) {
    let dashes = [0.2, 0.3]
    switch rule.course {
    case .horizontal(let value):
      let y = frame.top(value)
      stroke(
        Path(through: [Point(frame.plot.left, y), Point(frame.plot.right, y)]), .ink,
        width: 0.12, dashes: dashes)
      text(rule.label, at: places(atRow: y))
    case .vertical(let value):
      let x = frame.left(value)
      stroke(
        Path(through: [Point(x, frame.plot.top), Point(x, frame.plot.bottom)]), .ink,
        width: 0.12, dashes: dashes)
      text(rule.label, at: places(atColumn: x))
    case .diagonal: diagonal(rule.label, dashes)
    }
  }

  /// Above a line and below it, from its right end to its left one.
  private func places(atRow y: Double) -> [LabelPlacer.Place] {
    let plot = frame.plot
    let ends: [(Double, Label.Anchor)] = [
      (plot.right, .end), (plot.left + em * 0.4, .start), (plot.left + plot.width / 2, .middle),
    ]
    return ends.flatMap { x, anchor in
      [-0.35, 1.1].map { LabelPlacer.Place(point: Point(x, y + em * $0), anchor: anchor) }
    }
  }

  /// To the right of a line and to its left, from its foot to its top.
  private func places(atColumn x: Double) -> [LabelPlacer.Place] {
    let plot = frame.plot
    let heights = [
      plot.bottom - em * 0.6, plot.top + em * 1.1, plot.top + plot.height / 2,
      plot.top + plot.height * 0.75, plot.top + plot.height * 0.25,
    ]
    return heights.flatMap { y in
      [(em * 0.4, Label.Anchor.start), (-em * 0.4, .end)].map {
        LabelPlacer.Place(point: Point(x + $0.0, y), anchor: $0.1)
      }
    }
  }

  private mutating func diagonal(_ label: String, _ dashes: [Double]) {
    let lower = max(frame.x.lower, frame.y.lower)
    let upper = min(frame.x.upper, frame.y.upper)
    guard lower < upper else { return }
    let end = frame.place(Point(upper, upper))
    stroke(
      Path(through: [frame.place(Point(lower, lower)), end]), .ink, width: 0.12, dashes: dashes)
    text(
      label, at: Point(end.x - em * 1.6, end.y + em * 0.9), anchor: .end, paint: .ink,
      hasRim: true)
  }

  /// Neighbours of one level are one rectangle, and all of a level one path.
  mutating func paint(_ map: HeatMap) {
    var levels = [Path](repeating: Path(), count: Paint.heatLevels)
    let rowHeight = frame.plot.height / Double(max(1, map.rows.count))
    let gap = rowHeight > em ? em * 0.1 : 0
    for (number, row) in map.rows.enumerated() {
      let top = frame.plot.top + rowHeight * Double(number)
      for run in runs(of: row.map { $0.map { level(of: $0, in: map) } }) {
        func edge(_ column: Int) -> Double {
          frame.left(map.lower + (map.upper - map.lower) * Double(column) / Double(row.count))
        }
        levels[run.level].append(
          Path(
            Box(
              left: edge(run.columns.lowerBound), top: top,
              right: edge(run.columns.upperBound), bottom: top + rowHeight - gap)))
      }
    }
    for (level, path) in levels.enumerated() { fill(path, .heat(level)) }
  }

  private func level(of value: Double, in map: HeatMap) -> Int {
    guard map.most > map.least else { return 0 }
    let share = (value - map.least) / (map.most - map.least)
    return min(Paint.heatLevels - 1, max(0, Int(share * Double(Paint.heatLevels))))
  }

  private func runs(of row: [Int?]) -> [(columns: Range<Int>, level: Int)] {
    var runs: [(columns: Range<Int>, level: Int)] = []
    for (column, level) in row.enumerated() {
      guard let level else { continue }
      if let last = runs.last, last.level == level, last.columns.upperBound == column {
        runs[runs.count - 1].columns = last.columns.lowerBound..<column + 1
      } else {
        runs.append((column..<column + 1, level))
      }
    }
    return runs
  }
}
