import Testing

@testable import Charts

struct ChartPainterTests {
  static let table = DataTable(header: ["x"])

  static func line(_ points: [Point?], name: String = "") -> Chart {
    Chart(
      title: "A title", summary: "A summary.", x: Axis("Time", unit: "s"),
      y: Axis("Requests", unit: "1/s", includes: [0], endsAtTick: true),
      layers: [.line(Line(name, points: points, series: 0))], table: table)
  }

  static let busy = Chart(
    title: "Many things in one picture, with a title that is much too long for it",
    summary: "s", x: Axis("Time since the start", unit: "min"),
    y: Axis("Output tokens", unit: "1/s", includes: [0], endsAtTick: true),
    layers: (0..<6).map { n in
      .line(
        Line(
          "a run with a long name \(n)",
          points: (0...50).map { Point(Double($0), Double($0 * n * 1000)) }, series: n))
    } + [
      .rule(Rule(.vertical(49), label: "objective 49 min")),
      .rule(Rule(.horizontal(249_000), label: "objective")),
      .callouts([Callout(Point(30, 180_000), text: "p99 30 min", series: 0)]),
    ], table: table)

  /// More marks at one place than there is room for words.
  static let crowded = Chart(
    title: "Crowded", summary: "s", x: Axis("Time", unit: "s"),
    y: Axis("Requests", unit: "%", includes: [0, 100]),
    layers: [
      .line(Line("", points: [Point(0, 0), Point(8, 90), Point(10, 100)], series: 0)),
      .callouts(
        (0..<15).map {
          Callout(Point(8 + Double($0) / 20, 90), text: "p\(85 + $0) 14.03 s", series: 0)
        }),
    ], table: table)

  static let bars = Chart(
    title: "Bars", summary: "s", x: Axis("Cost", unit: "$"),
    y: Axis("", unit: "", scale: .categories(["Accelerators", "Energy"])),
    layers: [.bars(Bars("", values: [12, nil], labels: ["$12.00", ""], series: 0))], table: table)

  static let heat = Chart(
    title: "Heat", summary: "s", x: Axis("Time", unit: "s"),
    y: Axis("Replica", unit: "", scale: .categories((0..<60).map { "\($0) group" })),
    layers: [
      .heat(
        HeatMap(
          from: 0, to: 90, rows: (0..<60).map { r in (0..<30).map { Double((r * $0) % 7) } },
          least: 0, most: 6, key: ("0", "6 requests")))
    ], table: table)

  static let styles = [
    ChartStyle.page, ChartStyle(width: 241, height: 156, letters: 8),
    ChartStyle(width: 500, height: 300, letters: 9, showsTitle: true),
  ]

  @Test(arguments: [line([Point(0, 1), Point(9, 3)]), line([]), busy, crowded, bars, heat])
  func `no word is cut off or lies on another`(chart: Chart) {
    for style in Self.styles {
      let drawing = chart.drawing(style)
      let boxes = drawing.marks.compactMap { mark -> (String, Box)? in
        guard case .text(let label) = mark else { return nil }
        let width = StrokeFont.width(of: label.text, size: label.size)
        let left =
          switch label.anchor {
          case .start: label.place.x
          case .middle: label.place.x - width / 2
          case .end: label.place.x - width
          }
        return (
          label.text,
          Box(
            left: left, top: label.place.y - 0.6 * label.size, right: left + width,
            bottom: label.place.y)
        )
      }
      for (text, box) in boxes {
        #expect(box.left >= 0 && box.right <= style.width, "\(text) at \(box) in \(style)")
        #expect(box.top >= 0 && box.bottom <= style.height, "\(text) at \(box) in \(style)")
      }
      for (index, a) in boxes.enumerated() {
        for b in boxes[(index + 1)...]
        where a.1.left < b.1.right && b.1.left < a.1.right && a.1.top < b.1.bottom
          && b.1.top < a.1.bottom
        {
          Issue.record("\(a.0) lies on \(b.0) in \(style)")
        }
      }
    }
  }

  @Test func `words that have room are there, the others are not`() {
    let words = Self.crowded.drawing(.page).marks.filter { mark in
      if case .text(let label) = mark { label.text.hasSuffix(" s") && label.hasRim } else { false }
    }
    #expect((3..<15).contains(words.count), "\(words.count)")
  }

  @Test func `a gap breaks the line, and a lone value is a dot`() {
    let drawing = Self.line([Point(0, 1), Point(1, 2), nil, Point(3, 1), nil]).drawing(.page)
    let series = drawing.marks.compactMap { mark -> Path? in
      switch mark {
      case .stroke(let path, .series(0), _), .fill(let path, .series(0), _): path
      default: nil
      }
    }
    #expect(series.count == 2)
    let moves = series.flatMap(\.segments).count { if case .move = $0 { true } else { false } }
    #expect(moves == 2)
  }

  @Test func `one thing alone has no legend, two have one`() {
    func words(_ chart: Chart) -> [String] {
      chart.drawing(.page).marks.compactMap {
        if case .text(let label) = $0 { label.text } else { nil }
      }
    }
    var chart = Self.line([Point(0, 1), Point(1, 2)], name: "finished")
    #expect(!words(chart).contains("finished"))
    chart.layers.append(.line(Line("arrived", points: [Point(0, 1)], series: 1)))
    #expect(words(chart).contains("finished") && words(chart).contains("arrived"))
  }

  @Test func `higher values lie higher and later ones further right`() {
    let frame = ChartFrame(Self.line([Point(0, 0), Point(10, 5)]), .page)
    #expect(frame.place(Point(0, 0)).y > frame.place(Point(0, 5)).y)
    #expect(frame.place(Point(0, 0)).x < frame.place(Point(10, 0)).x)
    #expect(frame.place(Point(0, 0)) == Point(frame.plot.left, frame.plot.bottom))
  }

  @Test func `cells of a heat map have the level of their value`() {
    let map = HeatMap(
      from: 0, to: 3, rows: [[0, 10, nil], [10, 10, 5]], least: 0, most: 10, key: ("0", "10"))
    var chart = Self.heat
    chart.layers = [.heat(map)]
    chart.y = Axis("", unit: "", scale: .categories(["a", "b"]))
    let cells = chart.drawing(.page).marks.dropLast(0).compactMap { mark -> (Int, Int)? in
      guard case .fill(let path, .heat(let level), _) = mark else { return nil }
      return (level, path.segments.count { if case .move = $0 { true } else { false } })
    }
    // After the nine of the key: the least once, the middle once, the most twice, since neighbours
    // are one.
    let drawn = cells.dropFirst(Paint.heatLevels).map { "\($0.0):\($0.1)" }
    #expect(drawn == ["0:1", "4:1", "8:2"])
  }
}

extension Chart: CustomTestStringConvertible {
  /// Its title.
  public var testDescription: String { title }
}
