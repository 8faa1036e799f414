package import Charts

/// A picture of one run or of several side by side. A new one is a line in `all`.
package struct Figure: Sendable {
  /// Where it stands in a report.
  package enum Section: String, CaseIterable, Sendable {
    case objectives
    case latency
    case overTime
    case workload
    case throughput
    case load
    case cache
    case bill
    case replicas
  }

  /// For the command line and file names.
  package var name: String
  package var section: Section
  /// nil when the runs have nothing to show there.
  package var chart: @Sendable ([RunDigest]) -> Chart?

  init(
    _ name: String, _ section: Section, chart: @escaping @Sendable ([RunDigest]) -> Chart?
  ) {
    self.name = name
    self.section = section
    self.chart = chart
  }

  /// nil for an unknown name.
  package static func named(_ name: String) -> Figure? { all.first { $0.name == name } }

  /// More runs than there are colours cannot be told apart.
  package static let mostRuns = Palette.seriesCount

  package static let all: [Figure] =
    [Figure("attainment", .objectives) { ObjectiveCharts.attainment($0) }]
    + Latency.allCases.map { latency in
      Figure("\(latency.rawValue)-cdf", .latency) { LatencyCharts.cdf(latency, $0) }
    }
    + [Figure("time-parts", .latency) { WorkloadCharts.timeParts($0) }]
    + TimeBins.drawn.map { latency in
      Figure("\(latency.rawValue)-over-time", .overTime) { LatencyCharts.overTime(latency, $0) }
    }
    + [
      Figure("prompt-lengths", .workload) { WorkloadCharts.lengths($0, .prompt) },
      Figure("output-lengths", .workload) { WorkloadCharts.lengths($0, .output) },
      Figure("requests-per-second", .throughput) { FleetCharts.requests($0) },
      Figure("output-tokens-per-second", .throughput) {
        FleetCharts.rate($0, of: .output)
      },
      Figure("prompt-tokens-per-second", .throughput) {
        FleetCharts.rate($0, of: .prompt)
      },
      Figure("batch", .load) { FleetCharts.requestsInside($0, .running) },
      Figure("queue", .load) { FleetCharts.requestsInside($0, .waiting) },
      Figure("utilization", .load) { FleetCharts.utilization($0) },
      Figure("kv-use", .cache) { FleetCharts.cacheUse($0) },
      Figure("prefix-hits", .cache) { FleetCharts.prefixHits($0) },
      Figure("preemptions", .cache) { FleetCharts.preemptions($0) },
      Figure("power", .bill) { BillCharts.power($0) },
      Figure("carbon", .bill) { BillCharts.carbon($0) },
      Figure("energy-parts", .bill) { BillCharts.energyParts($0) },
      Figure("carbon-parts", .bill) { BillCharts.carbonParts($0) },
      Figure("cost-phases", .bill) { BillCharts.costPhases($0) },
      Figure("cost-parts", .bill) { BillCharts.cost($0) },
      Figure("replicas-running", .replicas) { ReplicaCharts.heat($0, .running) },
      Figure("replicas-waiting", .replicas) { ReplicaCharts.heat($0, .waiting) },
      Figure("replicas-busy", .replicas) { ReplicaCharts.heat($0, .busy) },
      Figure("replicas-kv-use", .replicas) { ReplicaCharts.heat($0, .cacheUse) },
    ]
}
