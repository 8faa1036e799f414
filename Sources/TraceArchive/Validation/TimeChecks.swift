/// Checks of arrivals.
struct TimeChecks {
  private(set) var findings: [TraceFinding] = []
  private let table: TraceTable
  private let format: TraceFormat

  init(_ table: TraceTable, _ format: TraceFormat) {
    self.table = table
    self.format = format
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
    if regular {
      let gap = TraceStatistics.figure(Double(arrivals.span) / 1e6 / Double(table.count - 1))
      findings.append(
        TraceFinding(
          "fixed-step", .note,
          """
          a request comes every \(gap) s (CV of gaps \
          \(TraceStatistics.figure(arrivals.gapVariation)))
          """,
          advice: "A load generator sends so; users come irregularly, and queues are longer then."))
    }
    let uniform = [TraceField.inputTokens, .outputTokens].filter {
      LengthChecks.isUniform(table.values($0))
    }
    guard uniform.count == 2 || (regular && !uniform.isEmpty) else { return }
    let lengths = uniform.map { "\($0.name) is spread evenly" }
    let signs = (regular ? ["gaps between arrivals are all alike"] : []) + lengths
    // A file that has the form of a recording and was drawn.
    let isRecording = regular && Self.recordings.contains(format)
    findings.append(
      TraceFinding(
        "counterfeit", isRecording ? .error : .warning,
        signs.joined(separator: "; ") + ": users do not behave so",
        examples: ["lines 2 to \(min(table.count, 50))"],
        advice: isRecording
          ? "Do not take it for a recording. Fetch the original: kavier trace archive list."
          : "It was drawn, not recorded: lengths of users have long tails."))
  }

  /// Formats of recordings that were published.
  private static let recordings: Set<TraceFormat> = [
    .azure, .burstGPT, .mooncake, .qwenBailian, .weka, .ragPulse, .vtc, .traceLab, .lmCache,
  ]
}
