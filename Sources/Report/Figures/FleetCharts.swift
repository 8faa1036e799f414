import Charts

/// What the fleet did over time.
enum FleetCharts {
  /// Arrivals, ends and ends within the objectives of one run; the ends of several.
  static func requests(_ runs: [RunDigest]) -> Chart? {
    guard runs.contains(where: { $0.bins.finished.contains { $0 > 0 } }) else { return nil }
    let (time, scale) = Axis.time(runs)
    func line(
      _ name: String, _ run: RunDigest, _ counts: [Int], series: Int, _ dash: Line.Dash = .solid
    ) -> Chart.Layer {
      .line(
        Line(
          name,
          points: counts.enumerated().map { bin, count in
            Point(
              scale.value((Double(bin) + 0.5) * run.bins.length), Double(count) / run.bins.length)
          }, series: series, dash: dash))
    }
    var layers: [Chart.Layer] = []
    for (index, run) in runs.enumerated() {
      let hasObjectives = !run.metrics.objectives.stated.isEmpty
      if runs.count == 1 {
        layers.append(line("arrived", run, run.bins.arrived, series: 5, .dotted))
        layers.append(line("finished", run, run.bins.finished, series: 0))
        if hasObjectives {
          layers.append(line("met every objective", run, run.bins.good, series: 2, .dashed))
        }
      } else {
        layers.append(line("\(run.label) finished", run, run.bins.finished, series: index))
        if hasObjectives {
          layers.append(line("\(run.label) good", run, run.bins.good, series: index, .dashed))
        }
      }
    }
    func rate(_ counts: [Int], _ run: RunDigest, _ bin: Int) -> String {
      Figures.significant(Double(counts[bin]) / run.bins.length, digits: 4)
    }
    return Chart(
      title: "Throughput and goodput",
      summary: "Requests a second that arrived, that finished, and that finished having met "
        + "every objective (goodput).",
      x: time, y: Axis("Requests", unit: "1/s", includes: [0], endsAtTick: true), layers: layers,
      table: BinTable.table(
        runs,
        columns: [
          ("arrived (1/s)", { rate($0.bins.arrived, $0, $1) }),
          ("finished (1/s)", { rate($0.bins.finished, $0, $1) }),
          (
            "met every objective (1/s)",
            { $0.metrics.objectives.stated.isEmpty ? nil : rate($0.bins.good, $0, $1) }
          ),
        ]))
  }

  enum TokenKind { case prompt, output }

  static func rate(_ runs: [RunDigest], of kind: TokenKind) -> Chart? {
    let isOutput = kind == .output
    return chart(
      runs, title: isOutput ? "Output tokens" : "Prompt tokens computed",
      summary: isOutput
        ? "Tokens generated a second by the whole fleet."
        : "Prompt tokens computed a second by the whole fleet; those found in a cache left out.",
      axis: Axis("Tokens", unit: "1/s", includes: [0], endsAtTick: true)
    ) { isOutput ? $0.outputTokensPerSecond : $0.promptTokensPerSecond }
  }

  enum Place { case running, waiting }

  static func requestsInside(_ runs: [RunDigest], _ place: Place) -> Chart? {
    let isRunning = place == .running
    return chart(
      runs, title: isRunning ? "Batch" : "Queue",
      summary: isRunning
        ? "Requests running in all replicas together, mean of each stretch."
        : "Requests waiting in the queues of all replicas together, mean of each stretch.",
      axis: Axis(
        isRunning ? "Running requests" : "Waiting requests", unit: "", includes: [0],
        endsAtTick: true)
    ) { isRunning ? $0.running : $0.waiting }
  }

  static func preemptions(_ runs: [RunDigest]) -> Chart? {
    guard runs.contains(where: { $0.metrics.cache.preemptions > 0 }) else { return nil }
    return chart(
      runs, title: "Preemptions",
      summary: "Requests that lost their KV blocks to others and were computed anew, in each "
        + "stretch.",
      axis: Axis("Preemptions", unit: "", includes: [0], endsAtTick: true)
    ) { Double($0.preemptions) }
  }

  static func prefixHits(_ runs: [RunDigest]) -> Chart? {
    guard runs.contains(where: { ($0.metrics.cache.prefixHitRatio ?? 0) > 0 }) else { return nil }
    return chart(
      runs, title: "Prefix hits",
      summary: "Share of the prompt tokens of newly admitted requests that were found in a "
        + "prefix cache.",
      axis: Axis("Prompt tokens", unit: "%", includes: [0], endsAtTick: true)
    ) { $0.prefixHitRatio.map { $0 * 100 } }
  }

  private typealias Value = @Sendable (LoadGrid.FleetLoad) -> Double?

  static func cacheUse(_ runs: [RunDigest]) -> Chart? {
    let isFleet = runs.count == 1 && runs[0].metrics.replicas.count > 1
    var parts: [(String, Value)] = [("mean", { $0.cacheUse })]
    if isFleet { parts.append(("fullest replica", { $0.fullestCacheUse })) }
    return chart(
      runs, title: "KV cache",
      summary: "Share of the KV blocks that requests hold, mean of each stretch.",
      axis: Axis("KV blocks in use", unit: "%", includes: [0], endsAtTick: true),
      parts: parts.map { name, value in (name, { value($0).map { $0 * 100 } }) })
  }

  static func utilization(_ runs: [RunDigest]) -> Chart? {
    let parts: [(String, Value)] = [
      ("busy", { $0.busyShare }), ("MFU", { $0.modelFLOPsUtilization }),
      ("MBU", { $0.modelBandwidthUtilization }),
    ]
    let isSingle = runs.count == 1
    return chart(
      runs, title: isSingle ? "Utilization" : "Busy time",
      summary: "Share of the time in which steps ran"
        + (isSingle
          ? ", and shares of the datasheet's peaks that arithmetic (MFU) and memory traffic "
            + "(MBU) came to; means over replicas." : ", mean over replicas."),
      axis: Axis(
        isSingle ? "Share" : "Share of the time", unit: "%", includes: [0], endsAtTick: true),
      parts: parts.prefix(isSingle ? 3 : 1).map { name, value in
        (name, { value($0).map { $0 * 100 } })
      })
  }

  private static func chart(
    _ runs: [RunDigest], title: String, summary: String, axis: Axis, value: @escaping Value
  ) -> Chart? {
    chart(runs, title: title, summary: summary, axis: axis, parts: [("", value)])
  }

  /// A line for each run and part; what no run has is left out.
  private static func chart(
    _ runs: [RunDigest], title: String, summary: String, axis: Axis, parts: [(String, Value)]
  ) -> Chart? {
    let parts = parts.filter { part in
      runs.contains { $0.load.fleet.contains { part.1($0) != nil } }
    }
    guard !parts.isEmpty else { return nil }
    let (time, scale) = Axis.time(runs)
    let isAlone = runs.count == 1 && parts.count == 1
    let dashes: [Line.Dash] = [.solid, .dashed, .dotted]
    let layers = runs.enumerated().flatMap { index, run in
      parts.enumerated().map { order, part in
        let points = zip(run.load.middles, run.load.fleet).map { middle, load in
          part.1(load).map { Point(scale.value(middle), $0) }
        }
        return Chart.Layer.line(
          Line(
            isAlone ? "" : runs.count == 1 ? part.0 : run.label, points: points,
            series: runs.count == 1 ? order : index, dash: runs.count == 1 ? dashes[order] : .solid,
            isFilled: isAlone))
      }
    }
    return Chart(
      title: title, summary: summary, x: time, y: axis, layers: layers,
      table: BinTable.loads(
        runs,
        columns: parts.map { name, value in
          let title = Axis(name.isEmpty ? axis.name : name, unit: axis.unit).title
          return (
            title,
            { run, column in
              value(run.load.fleet[column]).map { Figures.significant($0, digits: 4) }
            }
          )
        }))
  }
}
