/// Draws a chart: the frame, then the layers in their order, then the words.
struct ChartPainter {
  let chart: Chart
  let frame: ChartFrame
  var drawing: Drawing
  var placer: LabelPlacer

  var em: Double { frame.em }

  init(_ chart: Chart, _ style: ChartStyle) {
    self.chart = chart
    frame = ChartFrame(chart, style)
    placer = LabelPlacer(chart, frame)
    drawing = Drawing(
      width: style.width, height: style.height, title: chart.title, summary: chart.summary)
  }

  mutating func paint() -> Drawing {
    titles()
    verticalAxis()
    horizontalAxis()
    legend()
    for layer in chart.layers { paint(layer) }
    return drawing
  }

  private mutating func paint(_ layer: Chart.Layer) {
    switch layer {
    case .line(let line): paint(line)
    case .histogram(let histogram): paint(histogram)
    case .bars(let bars): paint(bars)
    case .dots(let dots): paint(dots)
    case .rule(let rule): paint(rule)
    case .callouts(let callouts): for callout in callouts { paint(callout) }
    case .heat(let map): paint(map)
    }
  }

  mutating func text(
    _ text: String, at place: Point, anchor: Label.Anchor = .start, paint: Paint = .muted,
    size: Double = 1, hasRim: Bool = false
  ) {
    guard !text.isEmpty else { return }
    drawing.marks.append(
      .text(Label(text, at: place, size: em * size, anchor: anchor, paint: paint, hasRim: hasRim)))
  }

  /// Words at the first of `places` that is free; none where there is none.
  mutating func text(_ text: String, at places: [LabelPlacer.Place]) {
    guard !text.isEmpty,
      let place = placer.choose(places, width: frame.style.width(of: text))
    else { return }
    self.text(text, at: place.point, anchor: place.anchor, paint: .ink, hasRim: true)
  }

  mutating func stroke(_ path: Path, _ paint: Paint, width: Double, dashes: [Double] = []) {
    guard !path.segments.isEmpty else { return }
    drawing.marks.append(
      .stroke(path, paint, Pen(width: width * em, dashes: dashes.map { $0 * em })))
  }

  mutating func fill(_ path: Path, _ paint: Paint, hint: String? = nil) {
    guard !path.segments.isEmpty else { return }
    drawing.marks.append(.fill(path, paint, hint: hint))
  }
}

extension ChartPainter {
  private mutating func titles() {
    for (number, line) in frame.titleLines.enumerated() {
      let place = Point(em * 0.5, em * (1.4 + Double(number) * 1.5))
      text(line, at: place, paint: .ink, size: 1.15)
    }
    let top = em * (1.3 + Double(frame.titleLines.count) * 1.5)
    let name = frame.style.shortened(chart.y.title, width: frame.style.width - em)
    text(name, at: Point(em * 0.5, top))
    let foot = Point(frame.plot.right, frame.style.height - em * 0.6)
    text(frame.style.shortened(chart.x.title, width: foot.x - em), at: foot, anchor: .end)
  }

  private mutating func verticalAxis() {
    for tick in frame.y.ticks {
      let y = frame.top(tick.value)
      if !chart.y.isCategorical {
        stroke(
          Path(through: [Point(frame.plot.left, y), Point(frame.plot.right, y)]), .grid,
          width: 0.08)
      }
      text(tick.label, at: Point(frame.plot.left - em * 0.5, y + em * 0.35), anchor: .end)
    }
  }

  private mutating func horizontalAxis() {
    let y = frame.plot.bottom
    stroke(
      Path(through: [Point(frame.plot.left, y), Point(frame.plot.right, y)]), .muted,
      width: 0.08)
    var end = -Double.infinity
    for tick in frame.x.ticks {
      let x = frame.left(tick.value)
      stroke(
        Path(through: [Point(x, y), Point(x, y + em * 0.35)]), .muted, width: 0.08)
      let half = frame.style.width(of: tick.label) / 2
      let center = min(x, frame.style.width - half - em * 0.2)
      // A logarithmic axis has ticks too close for words.
      guard center - half > end else { continue }
      text(tick.label, at: Point(center, y + em * 1.45), anchor: .middle)
      end = center + half + em * 0.4
    }
  }

  private mutating func legend() {
    let top = em * (chart.y.title.isEmpty ? 0.4 : 1.7) + Double(frame.titleLines.count) * 1.5 * em
    for entry in frame.legend.entries {
      let left = frame.plot.left + entry.left
      let middle = top + em * (Double(entry.row) * Legend.rowHeight + 0.7)
      swatch(entry.swatch, left: left, middle: middle)
      let text = Point(left + em * (Legend.swatchWidth + 0.4), middle + em * 0.35)
      self.text(entry.name, at: text, paint: .ink)
    }
    if let map = frame.legend.key { key(of: map, middle: top + em * 0.7) }
  }

  private mutating func swatch(_ swatch: Legend.Swatch, left: Double, middle: Double) {
    let right = left + em * Legend.swatchWidth
    switch swatch {
    case .line(let series, let dash):
      stroke(
        Path(through: [Point(left, middle), Point(right, middle)]), .series(series),
        width: dash.width, dashes: dash.lengths)
    case .area(let series):
      fill(
        Path(
          Box(left: left, top: middle - em * 0.45, right: right, bottom: middle + em * 0.45)),
        .series(series))
    case .dot(let series):
      fill(Path(around: Point((left + right) / 2, middle), radius: em * 0.32), .series(series))
    }
  }

  private mutating func key(of map: HeatMap, middle: Double) {
    var left = frame.plot.left
    text(map.key.least, at: Point(left, middle + em * 0.35))
    left += frame.style.width(of: map.key.least) + em * 0.4
    for level in 0..<Paint.heatLevels {
      let box = Box(
        left: left, top: middle - em * 0.45, right: left + em * 0.9, bottom: middle + em * 0.45)
      fill(Path(box), .heat(level))
      left = box.right
    }
    text(map.key.most, at: Point(left + em * 0.4, middle + em * 0.35))
  }
}

extension Line.Dash {
  /// In letters' sizes.
  var width: Double { self == .dotted ? 0.19 : 0.16 }

  var lengths: [Double] {
    switch self {
    case .solid: []
    case .dashed: [0.65, 0.35]
    case .dotted: [0.19, 0.28]
    }
  }
}
