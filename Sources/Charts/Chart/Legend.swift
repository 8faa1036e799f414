/// The names of what a chart compares, in rows above the plot, or the key of a heat map.
struct Legend {
  struct Entry {
    var name: String
    var swatch: Swatch
    var row: Int
    /// From the plot's left side.
    var left: Double
  }

  enum Swatch {
    case line(Int, Line.Dash)
    case area(Int)
    case dot(Int)
  }

  private(set) var entries: [Entry] = []
  private(set) var key: HeatMap?
  let height: Double

  static let swatchWidth = 1.9
  static let rowHeight = 1.45

  init(_ chart: Chart, width: Double, _ style: ChartStyle) {
    let em = style.letters
    var left = 0.0
    var row = 0
    for (name, swatch) in chart.named {
      let gap = (Self.swatchWidth + 0.5) * em
      let name = style.shortened(name, width: width - gap)
      let needed = gap + style.width(of: name)
      if left > 0, left + needed > width {
        left = 0
        row += 1
      }
      entries.append(Entry(name: name, swatch: swatch, row: row, left: left))
      left += needed + 1.3 * em
    }
    for case .heat(let map) in chart.layers { key = map }
    height = entries.isEmpty ? (key == nil ? 0 : 1.6 * em) : Double(row + 1) * Self.rowHeight * em
  }
}

extension Chart {
  /// One thing alone needs no legend: the axis names it.
  fileprivate var named: [(String, Legend.Swatch)] {
    var named: [(String, Legend.Swatch)] = []
    for layer in layers {
      switch layer {
      case .line(let line): named.append((line.name, .line(line.series, line.dash)))
      case .histogram(let histogram): named.append((histogram.name, .area(histogram.series)))
      case .bars(let bars): named.append((bars.name, .area(bars.series)))
      case .dots(let dots): named.append((dots.name, .dot(dots.series)))
      case .rule, .callouts, .heat: break
      }
    }
    named.removeAll { $0.0.isEmpty }
    return named.count > 1 ? named : []
  }
}
