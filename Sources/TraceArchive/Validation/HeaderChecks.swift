import TextAndBytes

/// Checks of a trace's header against its rows.
struct HeaderChecks {
  private(set) var findings: [TraceFinding] = []

  init(_ table: TraceTable, _ reading: TraceReading) {
    guard reading.format == .llmTrace else { return }
    checkLicence(table.header)
    checkRows(table)
    checkStats(table)
  }

  private mutating func checkLicence(_ header: TraceHeader) {
    guard header["licence", "spdx"]?.text == nil else { return }
    findings.append(
      TraceFinding(
        "licence", .warning, "trace.json states no licence",
        advice: "Put licence.spdx and licence.redistributable there before it is passed on."))
  }

  private mutating func checkRows(_ table: TraceTable) {
    let header = table.header
    guard let read = header["rows", "read"]?.integer,
      let written = header["rows", "written"]?.integer
    else { return }
    let dropped = (header["rows", "dropped"]?.fields ?? []).reduce(0) {
      $0 + ($1.value.integer ?? 0)
    }
    if read != written + dropped {
      findings.append(
        TraceFinding(
          "rows", .error, "\(read) rows read are not \(written) written and \(dropped) left out",
          advice: "Import it again from its source."))
    }
    if written != Int64(table.count) {
      findings.append(
        TraceFinding(
          "rows", .error, "trace.json has \(written) requests, the file \(table.count)",
          advice: "The file was changed or cut off. Import it again from its source."))
    }
  }

  private mutating func checkStats(_ table: TraceTable) {
    for (key, column) in [
      ("input_tokens_sum", table.inputs), ("output_tokens_sum", table.outputs),
    ] {
      let sum = column.reduce(Int64(0)) { $0 + Int64($1) }
      guard let stated = table.header["stats", key]?.integer, stated != sum else { continue }
      findings.append(
        TraceFinding(
          "stats", .error, "stats.\(key) is \(stated), the rows have \(sum)",
          advice: "The rows were changed after the header was written."))
    }
  }
}
