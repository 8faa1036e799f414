/// Checks of whether there is anything to replay, and in which unit its times are.
struct ArrivalChecks {
  private(set) var findings: [TraceFinding] = []

  init(_ table: TraceTable, _ reading: TraceReading) {
    guard table.count > 0 else {
      let dropped = reading.dropped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      findings.append(
        TraceFinding(
          "requests", .error,
          "no request is in it; \(reading.rowsRead) rows were read", examples: dropped,
          advice: "See what the rows lack, or get the file again."))
      return
    }
    findings += reading.doubts.map { doubt in
      TraceFinding(
        "time-unit", .error, doubt, advice: "Find out what wrote the times, and say their unit.")
    }
    let alone = Self.alone(table)
    guard let first = alone.first else { return }
    findings.append(
      TraceFinding(
        "arrivals", .warning,
        "\(alone.count) of \(table.count) requests have neither an arrival nor one to wait for",
        examples: ["line \(table.lines[first])"],
        advice: "Map the column of times (--map arrival=COLUMN); a replay needs "
          + "workload.trace.concurrency without them."))
  }

  /// Rows that nothing says the time of.
  private static func alone(_ table: TraceTable) -> [Int] {
    var known: Set<Int32> = []
    return table.arrivals.indices.filter { row in
      let session = table.session(row)
      let isFirst = session < 0 || known.insert(session).inserted
      return table.arrivals[row] == TraceTable.none && isFirst && table.parent(row) < 0
        && !table.has(.dependsOn)
    }
  }
}
