import Charts

/// How long requests take.
enum LatencyCharts {
  /// The share of requests that took no longer than so much.
  static func cdf(_ latency: Latency, _ runs: [RunDigest]) -> Chart? {
    let known = runs.enumerated().compactMap { index, run in
      run.curves[latency].map { (series: index, run: run, curve: $0) }
    }
    guard let most = known.compactMap({ $0.curve.values.last }).max(), most > 0 else { return nil }
    // In the unit of what most requests see, not of the one that took longest.
    let scale = TimeScale(latencies: known.compactMap { $0.curve.value(at: 0.99) }.max() ?? most)
    let start = known.map(\.curve).logarithmicStart
    let axis = Axis(
      latency.name, unit: scale.unit, scale: start == nil ? .linear : .logarithmic,
      includes: start == nil ? [0] : [])
    var layers = known.map { series, run, curve in
      Chart.Layer.line(
        Line(run.label, points: curve.points(from: start, scale), series: series, dash: .solid))
    }
    layers += rules(latency, runs, scale: scale, most: most)
    if known.count == 1 { layers.append(callouts(latency, known[0].run, scale, from: start)) }
    let isPlural = latency == .interToken
    return Chart(
      title: "Distribution of \(latency.name)",
      summary: "Share of \(isPlural ? "gaps between tokens" : "finished requests") whose "
        + "\(latency.longName) was at most so long." + note(known.map(\.curve), from: start),
      x: axis, y: Axis(isPlural ? "Gaps" : "Requests", unit: "%", endsAtTick: true),
      layers: layers, table: table(known.map { ($0.run.label, $0.curve) }, scale))
  }

  /// What a logarithmic axis cannot show is said.
  private static func note(_ curves: [QuantileCurve], from start: Double?) -> String {
    guard let start, curves.contains(where: { ($0.values.first ?? start) < start }) else {
      return ""
    }
    return " Times below \(TimeUnit.text(start)) lie left of the axis."
  }

  /// The objective, where all runs that state one state the same and it is near the data.
  private static func rules(
    _ latency: Latency, _ runs: [RunDigest], scale: TimeScale, most: Double
  ) -> [Chart.Layer] {
    let bounds = Set(runs.compactMap { $0.bound(of: latency) })
    guard bounds.count == 1, let bound = bounds.first, bound <= most else { return [] }
    return [
      .rule(Rule(.vertical(scale.value(bound)), label: "objective \(TimeUnit.text(bound))"))
    ]
  }

  /// The quantiles of report.json.
  private static func callouts(
    _ latency: Latency, _ run: RunDigest, _ scale: TimeScale, from start: Double?
  ) -> Chart.Layer {
    guard let d = latency.distribution(in: run.metrics.latency) else { return .callouts([]) }
    return .callouts(
      [(50, d.p50), (90, d.p90), (99, d.p99)].filter { $0.1 >= start ?? 0 }.map { percent, value in
        Callout(
          Point(scale.value(value), Double(percent)),
          text: "p\(percent) \(TimeUnit.text(value))", series: 0)
      })
  }

  private static let tabled = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]

  private static func table(
    _ curves: [(label: String, curve: QuantileCurve)], _ scale: TimeScale
  ) -> DataTable {
    var table = DataTable(
      header: ["Share of requests"] + curves.map { "\($0.label) (\(scale.unit))" })
    for share in tabled {
      table.rows.append(
        [Figures.significant(share * 100, digits: 3) + " %"]
          + curves.map { $0.curve.value(at: share).map { scale.text($0) } ?? "-" })
    }
    return table
  }

  /// One run with its quantiles, or several with their medians and 99th percentiles.
  static func overTime(_ latency: Latency, _ runs: [RunDigest]) -> Chart? {
    let found = runs.flatMap { $0.bins.latencies[latency] ?? [] }.compactMap { $0 }
    guard let most = found.map(\.p99).max(), most > 0 else { return nil }
    let scale = TimeScale(latencies: most)
    let isLogarithmic = (found.map(\.p50) + found.map(\.p99)).wantLogarithms
    let (time, timeScale) = Axis.time(runs)
    let bounds = Set(runs.compactMap { $0.bound(of: latency) })
    let bound = bounds.count == 1 ? bounds.first.flatMap { $0 <= most * 1.5 ? $0 : nil } : nil
    var axis = Axis(latency.name, unit: scale.unit, endsAtTick: true)
    axis.scale = isLogarithmic ? .logarithmic : .linear
    axis.includes = (isLogarithmic ? [] : [0]) + (bound.map { [scale.value($0)] } ?? [])
    var layers = lines(latency, runs, scale, timeScale)
    if let bound {
      layers.append(
        .rule(Rule(.horizontal(scale.value(bound)), label: "objective \(TimeUnit.text(bound))")))
    }
    return Chart(
      title: "\(latency.name) over time",
      summary: "Quantiles of the \(latency.longName) of the requests that arrived in each "
        + "stretch of \(stretches(runs)).",
      x: time, y: axis, layers: layers,
      table: BinTable.table(
        runs,
        columns: quantiles.map { name, value in
          (
            "\(name) (\(scale.unit))",
            { $0.bins.latencies[latency]?[$1].map { scale.text(value($0)) } }
          )
        }))
  }

  private static let quantiles: [(String, @Sendable (TimeBins.BinQuantiles) -> Double)] = [
    ("p50", { $0.p50 }), ("p90", { $0.p90 }), ("p99", { $0.p99 }),
  ]

  private static func stretches(_ runs: [RunDigest]) -> String {
    runs.map { TimeUnit.text($0.bins.length) }.joined(separator: " or ")
  }

  private static func lines(
    _ latency: Latency, _ runs: [RunDigest], _ scale: TimeScale, _ time: TimeScale
  ) -> [Chart.Layer] {
    let dashes: [Line.Dash] = [.solid, .dashed, .dotted]
    return runs.enumerated().flatMap { index, run in
      zip(quantiles, dashes).filter { runs.count == 1 || $0.0.0 != "p90" }.enumerated()
        .map { order, entry in
          let ((name, value), dash) = entry
          let points = (run.bins.latencies[latency] ?? []).enumerated().map { bin, found in
            found.map {
              Point(time.value((Double(bin) + 0.5) * run.bins.length), scale.value(value($0)))
            }
          }
          return .line(
            Line(
              runs.count == 1 ? name : "\(run.label) \(name)", points: points,
              series: runs.count == 1 ? order : index, dash: dash))
        }
    }
  }
}

extension QuantileCurve {
  /// Shares in per cent over times; those below `start` are left out.
  fileprivate func points(from start: Double?, _ scale: TimeScale) -> [Point?] {
    zip(Self.shares, values).filter { $0.1 >= start ?? 0 }.map {
      Point(scale.value($0.1), $0.0 * 100)
    }
  }
}
