import ServingSim
import TextAndBytes

/// The run with slower steps, in report.json and run.json.
extension JSONReport {
  static func slowerRun(_ run: SlowerRun) -> JSON {
    .object(
      of: [("longer_by", .decimal(run.share))]
        + Objective.allCases.map { objective in
          (objective.rawValue, run.latencies[objective].map(figures) ?? .null)
        })
  }

  private static func figures(_ figures: LatencyFigures) -> JSON {
    .object(of: [
      ("mean", .decimal(figures.mean)), ("p50", .decimal(figures.p50)),
      ("p90", .decimal(figures.p90)), ("p95", .decimal(figures.p95)),
      ("p99", .decimal(figures.p99)),
    ])
  }
}
