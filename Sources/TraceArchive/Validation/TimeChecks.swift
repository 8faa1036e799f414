/// Checks of arrivals.
struct TimeChecks {
  private(set) var findings: [TraceFinding] = []
  private let table: TraceTable

  init(_ table: TraceTable) {
    self.table = table
    checkOrder()
    guard let arrivals = ArrivalStatistics(table) else { return }
    checkTicks(arrivals)
    checkUnit(arrivals)
    checkGaps(arrivals)
    checkRegularity(arrivals)
  }

  private mutating func checkOrder() {
    var latest = Int64.min
    var before = Int64.min
    var behind = 0
    var steps: [String] = []
    var back = 0
    for (row, arrival) in table.arrivals.enumerated() where arrival != TraceTable.none {
      if arrival < before {
        back += 1
        if steps.count < 5 {
          steps.append("line \(table.lines[row]): \(Double(before - arrival) / 1e6) s back")
        }
      }
      before = arrival
      if arrival < latest { behind += 1 } else { latest = arrival }
    }
    guard back > 0 else { return }
    findings.append(
      TraceFinding(
        "arrival-order", .warning,
        "arrivals go back \(back) times; \(behind) requests arrive before one above them",
        examples: steps, advice: "Import with --sort, or set sort: true where it is replayed."))
  }

  private mutating func checkTicks(_ arrivals: ArrivalStatistics) {
    guard table.count >= 20, let tick = arrivals.tick ?? (arrivals.tiedShare > 0.2 ? 0 : nil) else {
      return
    }
    let meanGap = 1 / arrivals.rate
    guard tick == 0 || Double(tick) / 1e6 > 0.5 * meanGap else { return }
    let step = tick > 0 ? "the clock ticks every \(Double(tick) / 1e6) s" : "many times are equal"
    findings.append(
      TraceFinding(
        "clock-ticks", .warning,
        """
        \(step): \(TraceStatistics.percent(arrivals.tiedShare)) of gaps are 0, so their variation \
        is the clock's
        """,
        advice: "Spread each tick before gaps are measured: kavier trace scale --spread."))
  }

  private mutating func checkUnit(_ arrivals: ArrivalStatistics) {
    let years = Double(arrivals.span) / 3.156e13
    if arrivals.rate > 20_000 {
      findings.append(
        TraceFinding(
          "time-unit", .warning,
          "\(TraceStatistics.figure(arrivals.rate)) requests arrive a second",
          advice: "Check the unit of times: milliseconds may have been read as microseconds."))
    } else if years > 5 {
      findings.append(
        TraceFinding(
          "time-unit", .warning, "the trace spans \(TraceStatistics.figure(years)) years",
          advice: "Check the unit of times: milliseconds may have been read as seconds."))
    }
  }

  private mutating func checkGaps(_ arrivals: ArrivalStatistics) {
    guard arrivals.span >= 86_400_000_000, arrivals.tick == nil || table.count > 1000 else {
      return
    }
    let times = table.sortedArrivals
    let window: Int64 = 600_000_000
    let counts = ArrivalStatistics.counts(times, window)
    let expected = Double(times.count) / Double(max(1, counts.count))
    let empty = counts.indices.filter { counts[$0] == 0 }
    guard expected > 5, let first = empty.first else { return }
    findings.append(
      TraceFinding(
        "collection-gaps", .warning,
        """
        \(empty.count) of \(counts.count) windows of 10 min are empty; the mean rate expects \
        \(TraceStatistics.figure(expected)) requests in each
        """, examples: ["from \(first * 600) s"],
        advice: "Find out whether nobody came or nothing was recorded; slice such times away."))
  }

  private mutating func checkRegularity(_ arrivals: ArrivalStatistics) {
    guard table.count >= 50 else { return }
    let regular = arrivals.gapVariation < 0.05
    let uniform = [TraceField.inputTokens, .outputTokens].filter {
      LengthChecks.isUniform(table.values($0))
    }
    guard regular || uniform.count == 2 else { return }
    var signs: [String] = []
    if regular {
      signs.append(
        "gaps between arrivals are all alike (CV \(TraceStatistics.figure(arrivals.gapVariation)))")
    }
    signs += uniform.map { "\($0.name) is spread evenly" }
    findings.append(
      TraceFinding(
        "counterfeit", regular && !uniform.isEmpty ? .error : .warning,
        signs.joined(separator: "; ") + ": users do not behave so",
        examples: ["lines 2 to \(min(table.count, 50))"],
        advice: "Do not take it for a recording. Fetch the original: kavier trace archive list."))
  }
}
