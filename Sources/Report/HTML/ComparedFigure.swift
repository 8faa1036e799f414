import Impact

/// A figure that runs are held against each other by.
struct ComparedFigure: Sendable {
  enum Kind: Sendable {
    case time
    case share
    /// In the currency of the bills.
    case money
    case number(String)
  }

  enum Better: Sendable { case lower, higher, neither }

  var name: String
  var kind: Kind
  var better: Better
  var value: @Sendable (RunDigest) -> Double?

  init(
    _ name: String, _ kind: Kind, _ better: Better,
    value: @escaping @Sendable (RunDigest) -> Double?
  ) {
    self.name = name
    self.kind = kind
    self.better = better
    self.value = value
  }

  /// `currency` is that of an amount of money.
  func text(_ x: Double, currency: String = "") -> String {
    switch kind {
    case .time: TimeUnit.text(x)
    case .share: Figures.percent(x) + " %"
    case .money: "\(BillUnit.digits(x)) \(currency)"
    case .number(let unit):
      (x == x.rounded() && x < 1e15 ? Figures.count(Int(x)) : Figures.significant(x, digits: 4))
        + (unit.isEmpty ? "" : " " + unit)
    }
  }

  /// `+12 ms (+8.5 %)`; of shares, in percentage points. nil: they are equal.
  func change(from a: Double, to b: Double, currency: String = "") -> String? {
    guard a != b else { return nil }
    let sign = b > a ? "+" : "-"
    if case .share = kind {
      return sign + Figures.significant(abs(b - a) * 100, digits: 3) + " percentage points"
    }
    let relative =
      a > 0 ? " (\(sign)\(Figures.significant(abs(b - a) / a * 100, digits: 3)) %)" : ""
    return sign + text(abs(b - a), currency: currency) + relative
  }

  var isMoney: Bool {
    if case .money = kind { return true }
    return false
  }

  /// nil where neither is, or the difference is too small to matter: below a hundredth of `a`, or
  /// for shares below a tenth of a percentage point.
  func isBetter(_ b: Double, than a: Double) -> Bool? {
    let least = if case .share = kind { 0.001 } else { abs(a) * 0.01 }
    guard abs(b - a) >= least else { return nil }
    return switch better {
    case .lower: b < a
    case .higher: b > a
    case .neither: nil
    }
  }
}

extension ComparedFigure {
  /// Those that tell `runs` apart; of an amount that is a range in one of them, both ends.
  static func all(of runs: [RunDigest]) -> [ComparedFigure] {
    objectives + ranges.flatMap { $0.figures(of: runs) } + others
  }

  /// An amount of a bill that may be a range.
  private struct Range: Sendable {
    var name: String
    var kind: Kind
    var value: @Sendable (RunDigest) -> Interval?

    func figures(of runs: [RunDigest]) -> [ComparedFigure] {
      let value = value
      let low = ComparedFigure(name, kind, .lower) { value($0)?.low }
      guard runs.contains(where: { value($0).map { $0.low < $0.high } ?? false }) else {
        return [low]
      }
      return [
        ComparedFigure("\(name), at least", kind, .lower) { value($0)?.low },
        ComparedFigure("\(name), at most", kind, .lower) { value($0)?.high },
      ]
    }
  }

  private static let ranges = [
    Range(name: "Cost", kind: .money) { run in run.bill.flatMap { $0.cost($0.total) } },
    Range(name: "Cost of a million tokens", kind: .money) { run in
      run.bill.flatMap { bill in
        let millions = Double(bill.denominators.tokens) / 1e6
        return millions > 0 ? bill.cost(bill.total).map { $0 * (1 / millions) } : nil
      }
    },
    Range(name: "Carbon with making the machines", kind: .number("g CO2e")) { run in
      run.bill.flatMap { $0.carbon($0.total) }
    },
  ]

  private static let objectives: [ComparedFigure] =
    [
      ComparedFigure("Met every objective", .share, .higher) { $0.metrics.objectives.share },
      ComparedFigure("Goodput", .number("requests/s"), .higher) {
        $0.metrics.throughput.goodputRequestsPerSecond
      },
      ComparedFigure("Throughput", .number("requests/s"), .higher) {
        $0.metrics.throughput.requestsPerSecond
      },
      ComparedFigure("Output", .number("tokens/s"), .higher) {
        $0.metrics.throughput.outputTokensPerSecond
      },
    ]

  private static let others: [ComparedFigure] =
    [
      ComparedFigure("Energy", .number("kWh"), .lower) { run in
        run.bill.flatMap { bill in bill.energy(bill.total).map { $0 / 3.6e6 } }
      },
      ComparedFigure("Operational carbon", .number("g CO2e"), .lower) { run in
        run.bill.flatMap { $0.operationalCarbon($0.total) }
      },
    ]
    + Latency.allCases.flatMap { latency in
      quantiles.map { name, value in
        ComparedFigure("\(latency.name) \(name)", .time, .lower) {
          latency.distribution(in: $0.metrics.latency).map(value)
        }
      }
    } + [
      ComparedFigure("Prefix hits", .share, .higher) { $0.metrics.cache.prefixHitRatio },
      ComparedFigure("KV cache, peak use", .share, .neither) { $0.metrics.cache.peakUse },
      ComparedFigure("Preemptions", .number(""), .lower) { Double($0.metrics.cache.preemptions) },
      ComparedFigure("Makespan", .time, .lower) { $0.metrics.makespan },
      ComparedFigure("Finished", .number("requests"), .higher) {
        Double($0.metrics.requests.finished)
      },
      ComparedFigure("Refused", .number("requests"), .lower) {
        Double($0.metrics.requests.rejected)
      },
      ComparedFigure("Replicas", .number(""), .neither) { Double($0.metrics.fleet.replicas) },
      ComparedFigure("Engines (data parallel ranks)", .number(""), .neither) { run in
        run.metrics.fleet.isDataParallel ? Double(run.metrics.fleet.engines) : nil
      },
    ]

  private static let quantiles: [(String, @Sendable (Distribution) -> Double)] = [
    ("mean", { $0.mean }), ("p50", { $0.p50 }), ("p99", { $0.p99 }),
  ]
}
