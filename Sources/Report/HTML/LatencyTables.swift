import Charts

/// The latencies of each run in figures.
enum LatencyTables {
  static func html(_ runs: [RunDigest]) -> String {
    runs.map { run in
      let caption =
        "Latencies of finished requests" + (runs.count > 1 ? ": \(run.label)" : "")
      return HTMLText.table(table(run.metrics), caption: caption)
        + LabelTables.all(run.metrics).map { label in
          HTMLText.table(
            label.data, caption: label.caption + (runs.count > 1 ? ": \(run.label)" : ""))
        }.joined()
    }.joined()
  }

  private static func table(_ metrics: Metrics) -> DataTable {
    let named = ["mean", "p50", "p90", "p95", "p99", "max"]
    var table = DataTable(header: ["Latency"] + named + ["half within", "nine of ten within"])
    for latency in Latency.allCases {
      let distribution = latency.distribution(in: metrics.latency)
      let error = latency.expectedError.flatMap { metrics.expectedError(of: $0) }
      let figures = distribution.map { [$0.mean, $0.p50, $0.p90, $0.p95, $0.p99, $0.max] }
      table.rows.append(
        [latency.name]
          + (figures?.map { TimeUnit.text($0) } ?? named.map { _ in "-" })
          + [error?.median, error?.ninetieth].map {
            $0.map { "±" + Figures.fixed($0 * 100, decimals: 0) + " %" } ?? "-"
          })
    }
    return table
  }
}
