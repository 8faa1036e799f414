import Impact

/// A figure that runs are held against each other by.
package struct RunFigure: Sendable {
  package enum Section: String, CaseIterable, Sendable {
    case latency = "Latency"
    case parts = "What E2E is made of"
    case service = "Requests and throughput"
    case engine = "Engines"
    case bill = "Bill"
  }

  package enum Kind: Sendable {
    /// In seconds.
    case time
    case share
    /// In the currency of the bills.
    case money
    case number(String)
  }

  /// As JSON has it, with its unit.
  package var key: String
  package var name: String
  package var kind: Kind
  package var section: Section
  /// nil: the run has none.
  package var value: @Sendable (ReckonedRun) -> Double?

  init(
    _ key: String, _ name: String, _ kind: Kind, _ section: Section,
    value: @escaping @Sendable (ReckonedRun) -> Double?
  ) {
    self.key = key
    self.name = name
    self.kind = kind
    self.section = section
    self.value = value
  }

  var isMoney: Bool {
    if case .money = kind { true } else { false }
  }

  package static let all = latencies + parts + service + engine + bill

  private static let latencies: [RunFigure] = [
    Latency.timeToFirstToken, .timePerOutputToken, .interToken, .endToEnd,
  ].flatMap { latency in
    quantiles.map { name, value in
      RunFigure("\(latency.rawValue)_\(name)_s", "\(latency.name) \(name)", .time, .latency) {
        latency.distribution(in: $0.metrics.latency).map(value)
      }
    }
  }

  private static let quantiles: [(String, @Sendable (Distribution) -> Double)] = [
    ("mean", { $0.mean }), ("p50", { $0.p50 }), ("p95", { $0.p95 }), ("p99", { $0.p99 }),
  ]

  /// Means over finished requests that add up to the mean E2E; the first two to the mean TTFT.
  static let parts = [
    RunFigure("queueing_mean_s", "queueing", .time, .parts) { $0.parts?.queueing },
    RunFigure("prefill_mean_s", "prefill", .time, .parts) { $0.parts?.prefill },
    RunFigure("decode_mean_s", "decode", .time, .parts) { $0.parts?.decode },
  ]

  private static let service = [
    RunFigure("finished", "finished", .number(""), .service) {
      Double($0.metrics.requests.finished)
    },
    RunFigure("rejected", "refused", .number(""), .service) {
      Double($0.metrics.requests.rejected)
    },
    RunFigure("aborted", "aborted", .number(""), .service) {
      Double($0.metrics.requests.aborted)
    },
    RunFigure("failed", "failed", .number(""), .service) {
      Double($0.metrics.requests.failed)
    },
    RunFigure("retries", "retries", .number(""), .service) {
      Double($0.metrics.losses?.retries ?? 0)
    },
    RunFigure("attainment", "met every limit", .share, .service) {
      $0.metrics.objectives.share
    },
    RunFigure("goodput_requests_per_s", "goodput", .number("/s"), .service) {
      $0.metrics.throughput.goodputRequestsPerSecond
    },
    RunFigure("requests_per_s", "requests", .number("/s"), .service) {
      $0.metrics.throughput.requestsPerSecond
    },
    RunFigure("output_tokens_per_s", "output tokens", .number("/s"), .service) {
      $0.metrics.throughput.outputTokensPerSecond
    },
    RunFigure("makespan_s", "makespan", .time, .service) { $0.metrics.makespan },
  ]

  private static let engine = [
    RunFigure("prefix_hit_ratio", "prefix hits", .share, .engine) {
      $0.metrics.cache.prefixHitRatio
    },
    RunFigure("preemptions", "preemptions", .number(""), .engine) {
      Double($0.metrics.cache.preemptions)
    },
    RunFigure("peak_kv_use", "KV peak use", .share, .engine) { $0.metrics.cache.peakUse },
    RunFigure("busy_share", "busy", .share, .engine) { run in
      let shares = run.metrics.replicas.compactMap(\.busyShare)
      return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    },
  ]

  private static let bill =
    [
      amount("energy_j", "energy", "Wh", 1 / 3600) { $0.energy($0.total) }
    ]
    + BillPhase.allCases.map { phase in
      amount("energy_\(phase.name)_j", "energy, \(phase.name)", "Wh", 1 / 3600) {
        $0.energy($0.phases[phase.rawValue])
      }
    } + [
      amount("operational_gco2e", "operational CO2e", "g", 1) { $0.operationalCarbon($0.total) },
      amount("embodied_high_gco2e", "embodied CO2e", "g", 1) {
        $0.known.contains(.embodiedHigh) ? $0.total[.embodiedHigh] : nil
      },
      money("cost", "cost") { $0.cost($0.total)?.high },
      money("provision_cost", "cost of accelerators") { bill in
        bill.known.contains(.provisionHigh) ? bill.total[.provisionHigh] : nil
      },
      money("electricity_cost", "cost of electricity") { bill in
        bill.known.contains(.electricityCost) ? bill.total[.electricityCost] : nil
      },
      // To a millionth: a fleet's rent is the same in runs of any length.
      RunFigure("cost_per_hour", "cost an hour", .money, .bill) {
        $0.costPerHour.map { ($0.high * 1e6).rounded() / 1e6 }
      },
      RunFigure("cost_per_million_output_tokens", "cost/M output tokens", .money, .bill) {
        $0.costPerMillionOutputTokens?.high
      },
      amount("energy_per_million_output_tokens_j", "energy/M output tok.", "Wh", 1 / 3600) {
        bill in
        let millions = Double(bill.denominators.outputTokens) / 1e6
        return millions > 0 ? bill.energy(bill.total).map { $0 / millions } : nil
      },
      RunFigure("carbon_per_request_gco2e", "CO2e/request", .number("g"), .bill) {
        $0.carbonPerRequest?.high
      },
    ]

  /// `scale` makes what people read of what JSON has.
  private static func amount(
    _ key: String, _ name: String, _ unit: String, _ scale: Double,
    _ value: @escaping @Sendable (Bill) -> Double?
  ) -> RunFigure {
    var figure = RunFigure(key, name, .number(unit), .bill) { $0.bill.flatMap(value) }
    figure.scale = scale
    return figure
  }

  private static func money(
    _ key: String, _ name: String, _ value: @escaping @Sendable (Bill) -> Double?
  ) -> RunFigure {
    RunFigure(key, name, .money, .bill) { $0.bill.flatMap(value) }
  }

  /// From the unit of `key` to the one that text is in.
  package var scale = 1.0
}
