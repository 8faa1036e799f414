package import Charts
package import TraceArchive

/// What a trace is like, in pictures: lengths, arrivals, the hours of the day, reuse, tenants.
package struct TraceCharts: Sendable {
  /// A picture and the name of its file.
  package typealias Named = (name: String, chart: Chart)

  /// Those that the trace has something for.
  package static func all(_ table: TraceTable, _ statistics: TraceStatistics) -> [Named] {
    let arrivals = table.sortedArrivals
    let found: [(String, Chart?)] = [
      ("input-lengths", lengths("Input length", table.values(.inputTokens))),
      ("output-lengths", lengths("Output length", table.values(.outputTokens))),
      ("arrivals", rate(arrivals)),
      ("gaps", gaps(arrivals)),
      ("hours", statistics.arrivals?.hours.flatMap(hours)),
      ("reuse", statistics.reuse.flatMap(reuse)),
      ("tenants", statistics.tenants.flatMap(tenants)),
    ]
    return found.compactMap { name, chart in chart.map { (name, $0) } }
  }

  /// Bars of equal width on a logarithmic axis; those of one length have none.
  private static func lengths(_ name: String, _ values: [Double]) -> Chart? {
    guard let histogram = LogarithmicBars(values) else { return nil }
    return Chart(
      title: name, summary: "Requests by \(name.lowercased()), zero left out.",
      x: Axis(name, unit: "tokens", scale: .logarithmic),
      y: Axis("Requests", unit: "", includes: [0], endsAtTick: true),
      layers: [
        .histogram(
          Histogram("", edges: histogram.edges, counts: histogram.counts, series: 0))
      ], table: histogram.table(unit: "tokens"))
  }

  private static let mostBins = 120

  /// Arrivals a second in equal stretches of the trace.
  private static func rate(_ arrivals: [Int64]) -> Chart? {
    guard let first = arrivals.first, let last = arrivals.last, last > first else { return nil }
    let count = min(mostBins, max(1, arrivals.count / 20))
    let width = (last - first) / Int64(count) + 1
    var counts = [Int](repeating: 0, count: count)
    for arrival in arrivals { counts[Int((arrival - first) / width)] += 1 }
    let seconds = Double(width) / 1e6
    let scale = TimeScale(run: Double(last - first) / 1e6)
    let points = counts.enumerated().map { bin, count in
      Point(scale.value((Double(bin) + 0.5) * seconds), Double(count) / seconds)
    }
    return Chart(
      title: "Arrivals over time",
      summary: "Requests a second that arrived in each stretch of \(TimeUnit.text(seconds)).",
      x: Axis(
        "Time since the first arrival", unit: scale.unit,
        includes: [0, scale.value(Double(last - first) / 1e6)]),
      y: Axis("Requests", unit: "1/s", includes: [0], endsAtTick: true),
      layers: [.line(Line("", points: points, series: 0, isFilled: true))],
      table: DataTable(
        header: ["Time (\(scale.unit))", "Requests (1/s)"],
        rows: points.map {
          [Figures.significant($0.x, digits: 4), Figures.significant($0.y, digits: 4)]
        }))
  }

  /// Gaps between arrivals, beside those of a Poisson process of the same rate.
  private static func gaps(_ arrivals: [Int64]) -> Chart? {
    let gaps = zip(arrivals.dropFirst(), arrivals).map { Double($0 - $1) / 1e6 }.sorted()
    guard gaps.count > 20, let most = gaps.last, most > 0 else { return nil }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let shares = QuantileCurve.shares.filter { $0 > 0 && $0 < 1 }
    let found = shares.map { Summary.quantile(gaps, $0) }
    let positive = zip(shares, found).filter { $0.1 > 0 }
    // Where most arrivals share their time, the clock is too coarse for gaps.
    guard positive.count > shares.count / 2 else { return nil }
    let scale = TimeScale(latencies: most)
    let poisson = shares.map { Point(scale.value(mean * exponentialQuantile($0)), $0 * 100) }
    return Chart(
      title: "Gaps between arrivals",
      summary: "Share of gaps that were at most so long, beside arrivals at random (a Poisson "
        + "process) of the same rate.",
      x: Axis("Gap", unit: scale.unit, scale: .logarithmic),
      y: Axis("Gaps", unit: "%", endsAtTick: true),
      layers: [
        .line(
          Line("trace", points: positive.map { Point(scale.value($0.1), $0.0 * 100) }, series: 0)),
        .line(Line("at random", points: poisson, series: 1, dash: .dashed)),
      ],
      table: DataTable(
        header: ["Share of gaps", "Trace (\(scale.unit))", "At random (\(scale.unit))"],
        rows: [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map { share in
          [
            Figures.significant(share * 100, digits: 3) + " %",
            scale.text(Summary.quantile(gaps, share)),
            scale.text(mean * exponentialQuantile(share)),
          ]
        }))
  }

  private static func hours(_ hours: [Double]) -> Chart? {
    Chart(
      title: "Hours of the day",
      summary: "Requests in each hour of the day (UTC where the trace has dates), over the mean "
        + "of all hours.",
      x: Axis("Hour of the day", unit: "h"),
      y: Axis("Requests over their mean", unit: "", includes: [0], endsAtTick: true),
      layers: [
        .histogram(Histogram("", edges: (0...24).map { Double($0) }, counts: hours, series: 0))
      ],
      table: DataTable(
        header: ["Hour", "over the mean"],
        rows: hours.enumerated().map { ["\($0)", Figures.significant($1, digits: 3)] }))
  }

  private static func reuse(_ reuse: TraceStatistics.Reuse) -> Chart? {
    guard reuse.bounded.count > 1, let all = reuse.tokenShare else { return nil }
    let points = reuse.bounded.map { Point(Double($0.capacity), $0.tokenShare * 100) }
    return Chart(
      title: "Prefix reuse by cache size",
      summary: "Share of prompt tokens that a cache of so many blocks would find, dropping the "
        + "least recently used; unbounded: \(Figures.percent(all)) %.",
      x: Axis("Blocks", unit: "", scale: .logarithmic),
      y: Axis("Prompt tokens found", unit: "%", includes: [0, all * 100], endsAtTick: true),
      layers: [
        .line(Line("", points: points, series: 0)),
        .rule(Rule(.horizontal(all * 100), label: "unbounded")),
      ],
      table: DataTable(
        header: ["Blocks", "Prompt tokens found (%)"],
        rows: reuse.bounded.map { [Figures.count($0.capacity), Figures.percent($0.tokenShare)] }))
  }

  private static func tenants(_ tenants: TraceStatistics.Shares) -> Chart? {
    guard tenants.count > 1 else { return nil }
    let names = tenants.largest.map { String($0.name.prefix(24)) }
    return Chart(
      title: "Largest tenants",
      summary: "Share of the requests that each of the largest of \(Figures.count(tenants.count)) "
        + "tenants sent.",
      x: Axis("Requests", unit: "%", includes: [0]),
      y: Axis("", unit: "", scale: .categories(names)),
      layers: [
        .bars(
          Bars(
            "", values: tenants.largest.map { $0.share * 100 },
            labels: tenants.largest.map { Figures.percent($0.share) + " %" }, series: 0))
      ],
      table: DataTable(
        header: ["Tenant", "Requests (%)"],
        rows: tenants.largest.map { [$0.name, Figures.percent($0.share)] }))
  }
}
