import TextAndBytes

/// What a user is told when a trace was written.
package enum TraceSummary {
  package static func text(_ reading: TraceReading, directory: String) -> String {
    var lines = [directory]
    let columns = reading.header["columns"]?.array?.compactMap(\.text) ?? []
    lines.append("Format   \(reading.format.rawValue)")
    lines.append("Rows     \(rows(reading))")
    if let span = reading.header["time", "span_us"]?.integer {
      lines.append("Span     \(Double(span) / 1e6) s")
    }
    if let origin = reading.header["time", "origin"]?.text {
      lines.append("Origin   \(origin)")
    }
    lines.append("Columns  \(columns.joined(separator: ", "))")
    lines += reading.notes.map { "Note     \($0)" }
    if reading.disordered > 0 {
      lines.append(
        """
        Note     \(reading.disordered) requests arrive before one above them; --sort puts them \
        in order
        """)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func rows(_ reading: TraceReading) -> String {
    var text = "\(reading.rowsRead) read, \(reading.rowsWritten) written"
    if !reading.dropped.isEmpty { text += ", left out: " + reading.reasons }
    return text
  }
}
