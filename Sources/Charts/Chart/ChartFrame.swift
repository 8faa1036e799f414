/// Where a chart's parts are: the plot, and what stands around it.
struct ChartFrame {
  let style: ChartStyle
  let x: AxisScale
  let y: AxisScale
  let plot: Box
  let legend: Legend
  let titleLines: [String]

  var em: Double { style.letters }

  init(_ chart: Chart, _ style: ChartStyle) {
    self.style = style
    let em = style.letters
    let (xs, ys) = chart.extent
    let labels = chart.barLabelWidth(style)
    let rows = chart.y.isCategorical ? style.height / (1.5 * em) : style.height / (3.4 * em)
    y = AxisScale(chart.y, values: ys, ticks: max(2, Int(rows)))
    let left = em * 1.1 + (y.ticks.map { style.width(of: $0.label) }.max() ?? 0)
    let right = style.width - max(em * 1.4, labels)
    x = AxisScale(chart.x, values: xs, ticks: max(2, Int((right - left) / (5.5 * em))))
    legend = Legend(chart, width: style.width - left - em, style)
    titleLines =
      style.showsTitle
      ? style.wrapped(chart.title, width: style.width - 2 * em, size: 1.15) : []
    let heading = chart.y.title.isEmpty ? 0.4 : 1.7
    let top = em * (heading + Double(titleLines.count) * 1.5) + legend.height + em * 0.5
    let foot = chart.x.title.isEmpty ? 1.9 : 3.2
    plot = Box(left: left, top: top, right: right, bottom: style.height - em * foot)
  }

  func place(_ point: Point) -> Point { Point(left(point.x), top(point.y)) }

  /// Of a value of the x axis.
  func left(_ value: Double) -> Double { plot.left + x.share(value) * plot.width }

  /// Of a value of the y axis.
  func top(_ value: Double) -> Double { plot.bottom - y.share(value) * plot.height }
}

extension Axis {
  var isCategorical: Bool {
    if case .categories = scale { return true }
    return false
  }
}

extension Chart {
  /// The values that the axes have to hold.
  fileprivate var extent: (xs: [Double], ys: [Double]) {
    var xs: [Double] = []
    var ys: [Double] = []
    func add(_ points: [Point]) {
      xs += points.map(\.x)
      ys += points.map(\.y)
    }
    for layer in layers {
      switch layer {
      case .line(let line): add(line.points.compactMap { $0 })
      case .histogram(let histogram):
        xs += histogram.edges
        ys += histogram.counts + [0]
      case .bars(let bars): xs += (bars.values + bars.most).compactMap { $0 } + [0]
      case .dots(let dots): add(dots.points)
      case .heat(let map): xs += [map.lower, map.upper]
      case .rule, .callouts: break
      }
    }
    return (xs, ys)
  }

  /// Room for what stands at the ends of bars.
  fileprivate func barLabelWidth(_ style: ChartStyle) -> Double {
    var widest = 0.0
    for case .bars(let bars) in layers {
      for label in bars.labels { widest = max(widest, style.width(of: label)) }
    }
    return widest == 0 ? 0 : widest + style.letters
  }
}
