package import TextAndBytes

/// Takes what a reader reads, record by record.
package protocol TraceSink: AnyObject {
  /// Called once, before the first record, with what is known of the trace by then.
  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem)
  func take(_ record: TraceRecord) throws(FileProblem)
  func take(_ session: TraceSession) throws(FileProblem)
  func take(_ sample: TraceSample) throws(FileProblem)
}

extension TraceSink {
  package func take(_ session: TraceSession) throws(FileProblem) {}
  package func take(_ sample: TraceSample) throws(FileProblem) {}
}

/// What is known of a trace when its last row has been read.
package struct TraceReading: Sendable {
  package var format: TraceFormat
  package var header: TraceHeader
  package var rowsRead = 0
  package var rowsWritten = 0
  /// Rows that were left out, by reason. With `rowsWritten` they make `rowsRead`.
  package var dropped: [String: Int] = [:]
  /// How many of those are no requests at all.
  package var others = 0
  /// Rows that arrive before one above them.
  package var disordered = 0
  /// What the reader decided on its own.
  package var notes: [String] = []
  /// What the reader saw that a validation tells of, by check.
  package var observations: [TraceObservation] = []
  /// What columns were taken for.
  package var meanings: [ColumnMeaning] = []
  /// Units of times that may be others.
  package var doubts: [String] = []
  /// When the requests came, as the file counts.
  var arrivals = ArrivalExtent()
  /// What was wrong with the rows that were left out as unreadable.
  package var problems = FileProblems()

  package init(format: TraceFormat, header: TraceHeader) {
    self.format = format
    self.header = header
  }
}

/// Something about a source's rows that only its reader can see.
package struct TraceObservation: Hashable, Sendable {
  package var check: String
  package var message: String
}
