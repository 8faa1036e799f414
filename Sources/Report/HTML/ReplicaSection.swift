import Charts

/// The replicas of each run in figures.
enum ReplicaSection {
  /// Larger fleets have their replicas in report.json.
  private static let mostRows = 64

  static func html(_ runs: [RunDigest]) -> String {
    runs.filter { $0.metrics.replicas.count <= mostRows }.map { run in
      HTMLText.table(
        table(run.metrics.replicas),
        caption: "\(run.metrics.fleet.text) over the makespan"
          + (run.metrics.fleet.changes.map { ", each while it was there: \($0.text)" } ?? "")
          + (runs.count > 1 ? ": \(run.label)" : ""))
    }.joined()
  }

  private static func table(_ replicas: [ReplicaMetrics]) -> DataTable {
    func share(_ x: Double?) -> String { x.map { Figures.percent($0) } ?? "-" }
    func mean(_ x: Double?) -> String { x.map { Figures.significant($0, digits: 3) } ?? "-" }
    return DataTable(
      header: [
        "Replica", "requests", "busy (%)", "running", "waiting", "KV mean (%)", "KV peak (%)",
        "prefix hits (%)", "preemptions", "MFU (%)", "MBU (%)",
      ],
      rows: replicas.map { replica in
        [
          replica.title, Figures.count(replica.requests), share(replica.busyShare),
          mean(replica.meanRunning), mean(replica.meanWaiting), share(replica.meanCacheUse),
          share(replica.peakCacheUse), share(replica.prefixHitRatio),
          Figures.count(replica.preemptions), share(replica.modelFLOPsUtilization),
          share(replica.modelBandwidthUtilization),
        ]
      })
  }
}
