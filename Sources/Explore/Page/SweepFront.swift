import Charts
import Report

/// Pictures of a sweep: what is cheap against what is fast and green, with the points that no other one
/// beats in both.
enum SweepFront {
  /// Those of figures that the sweep has.
  static func pictures(_ grid: SweepGrid) -> [(name: String, chart: Chart)] {
    guard let cost = place(["cost_per_million_output_tokens", "cost_per_hour"], grid) else {
      return []
    }
    return ["ttft_p95_s", "tpot_p95_s", "carbon_per_request_gco2e"].compactMap { key in
      grid.place(ofFigure: key).flatMap { chart(grid, cost, $0) }.map { (key, $0) }
    }
  }

  private static func place(_ keys: [String], _ grid: SweepGrid) -> Int? {
    keys.compactMap { grid.place(ofFigure: $0) }.first
  }

  private struct Dot {
    var point: Point
    var state: SweepGrid.State
    var name: String
    var isOnFront = false
  }

  private static func chart(
    _ grid: SweepGrid, _ cost: Int, _ other: Int
  ) -> Chart? {
    let (x, y) = (grid.figures[cost], grid.figures[other])
    var dots = grid.points.compactMap { point -> Dot? in
      guard let a = point.values[cost], let b = point.values[other] else { return nil }
      let names = zip(grid.axes, point.places).map { $0.values[$1] }
      return Dot(
        point: Point(a * x.unit.factor, b * y.unit.factor), state: point.state,
        name: names.joined(separator: ", "))
    }
    guard dots.count > 1 else { return nil }
    markFront(&dots)
    let front = dots.filter(\.isOnFront)
    let (missed, others) = split(seen(dots.filter { !$0.isOnFront }))
    var layers: [Chart.Layer] = [
      .dots(Dots("on the front", points: front.map(\.point), series: 0))
    ]
    if !others.isEmpty {
      layers.append(.dots(Dots("beaten by another", points: others.map(\.point), series: 5)))
    }
    if !missed.isEmpty {
      layers.append(.dots(Dots("missed an objective", points: missed.map(\.point), series: 1)))
    }
    return Chart(
      title: "\(x.figure.name) and \(y.figure.name)",
      summary:
        "A dot a point of the sweep. On the front are those that no other point beats in both"
        + (missed.isEmpty ? "." : "; points that miss an objective are not on it."),
      x: Axis(x.figure.name, unit: x.unit.name, includes: [0], endsAtTick: true),
      y: Axis(y.figure.name, unit: y.unit.name, includes: [0], endsAtTick: true), layers: layers,
      table: DataTable(
        header: ["On the front", x.label, y.label, "Objectives"],
        rows: front.map { dot in
          [
            dot.name, Figures.significant(dot.point.x, digits: 4),
            Figures.significant(dot.point.y, digits: 4),
            dot.state.mark.words.isEmpty ? "none" : dot.state.mark.words,
          ]
        }))
  }

  /// One of those that would lie on each other: a page of many points has to stay small.
  private static func seen(_ dots: [Dot]) -> [Dot] {
    let wide = dots.map(\.point.x).max() ?? 0
    let high = dots.map(\.point.y).max() ?? 0
    var taken: Set<SIMD3<Int>> = []
    func place(_ value: Double, _ most: Double) -> Int {
      most > 0 ? Int((value / most * 300).rounded()) : 0
    }
    return dots.filter { dot in
      let isMissed = dot.state == .missed ? 1 : 0
      return taken.insert([place(dot.point.x, wide), place(dot.point.y, high), isMissed]).inserted
    }
  }

  private static func split(_ dots: [Dot]) -> (missed: [Dot], others: [Dot]) {
    (dots.filter { $0.state == .missed }, dots.filter { $0.state != .missed })
  }

  /// Sorts by cost. Where all points miss an objective, the front is that of all.
  private static func markFront(_ dots: inout [Dot]) {
    dots.sort { ($0.point.x, $0.point.y) < ($1.point.x, $1.point.y) }
    let isAll = dots.allSatisfy { $0.state == .missed }
    var least = Double.infinity
    for index in dots.indices where isAll || dots[index].state != .missed {
      guard dots[index].point.y < least else { continue }
      least = dots[index].point.y
      dots[index].isOnFront = true
    }
  }
}
