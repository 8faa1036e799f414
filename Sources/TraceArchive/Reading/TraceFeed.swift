import TextAndBytes

/// Between a reader and a sink: numbers the records, counts them, and collects what is wrong.
final class TraceFeed {
  /// Why a row that cannot be read is left out.
  static let unreadable = "unreadable"

  let path: String
  let options: TraceReadOptions
  private let sink: any TraceSink
  private var fields: [TraceField]
  private(set) var reading: TraceReading
  var problems = FileProblems()
  private var hasBegun = false
  private var nextID: Int64 = 0
  /// Nanoseconds since 1970 of the first arrival, where the format has dates.
  private var origin: Int64?
  var hasDates: Bool
  /// The unit of arrivals that are numbers since some start.
  var unit: ArrivalUnit?
  /// What columns were taken for.
  var meanings: [ColumnMeaning] = []
  /// Columns that nothing was taken from and that could be when requests came.
  private var unreadTimes: [String] = []
  private var latest = Int64.min
  /// Sessions that are known before the first record.
  private var waiting: [TraceSession] = []

  init(path: String, format: TraceFormat, options: TraceReadOptions, sink: any TraceSink) {
    self.path = path
    self.options = options
    self.sink = sink
    fields = format.reader.fields
    hasDates = format.reader.hasDates
    reading = TraceReading(format: format, header: TraceHeader())
    reading.header["source", "format"] = .string(format.rawValue)
  }

  /// What is known of the trace as a whole; set before the first record.
  var header: TraceHeader {
    get { reading.header }
    set { reading.header = newValue }
  }

  func note(_ text: String) { reading.notes.append(text) }

  /// A file of a recording that was killed while it wrote a line.
  func noteTorn(_ file: String) {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    note("the last line of \(name) is cut off and was left out: the recording was killed")
  }

  func observe(_ check: String, _ message: String) {
    reading.observations.append(TraceObservation(check: check, message: message))
  }

  func report(_ message: String, line: Int? = nil, file: String? = nil) {
    problems.add(FileProblem(file: file ?? path, line: line, message: message))
  }

  /// Counts a row of a request that is lost, and why.
  func drop(_ reason: String, rows: Int = 1) {
    reading.rowsRead += rows
    reading.dropped[reason, default: 0] += rows
  }

  /// Counts a row that is no request at all, such as a span of a tool.
  func pass(_ reason: String) {
    drop(reason)
    reading.others += 1
  }

  /// The id that the next record gets.
  var upcomingID: Int64 { nextID }

  /// Hands a record on. Without an id it gets the next number.
  func emit(_ record: inout TraceRecord) throws(FileProblem) {
    if !hasBegun { try begin(with: record) }
    if !record.has(.requestID) { record.id = nextID }
    if let arrival = record.arrival { try note(arrival, of: record) }
    if let origin { rebase(&record, to: origin) }
    if let fault = record.outOfBounds {
      report(fault, line: record.line > 0 ? record.line : nil)
      return drop(Self.unreadable)
    }
    nextID += 1
    if let arrival = record[.arrival] {
      if arrival < latest { reading.disordered += 1 } else { latest = arrival }
    }
    reading.rowsRead += 1
    reading.rowsWritten += 1
    try sink.take(record)
  }

  private func note(_ arrival: Int64, of record: TraceRecord) throws(FileProblem) {
    guard arrival.magnitude <= ArrivalExtent.furthest.magnitude else {
      throw FileProblem(
        file: path, line: record.line > 0 ? record.line : nil,
        message: """
          arrives \(TraceStatistics.figure(Double(arrival) / 3.156e16)) years from the origin of \
          times; at most 126 are read
          """)
    }
    reading.arrivals.add(arrival)
  }

  /// An arrival that is a number under `key`, in `unit` unless the user states another.
  func unit(of key: String, _ unit: TimeUnit) -> TimeUnit {
    noteUnit(unit, key)
    return options.timeUnit ?? unit
  }

  private func noteUnit(_ unit: TimeUnit, _ column: String) {
    guard self.unit == nil else { return }
    let isNamed = ColumnName(column)?.unit != nil
    self.unit = ArrivalUnit(
      unit: options.timeUnit ?? unit, column: column,
      origin: options.timeUnit != nil ? .stated : isNamed ? .named : .format)
  }

  /// What is known of the columns after the first row.
  fileprivate func noteColumns(_ rows: borrowing RecordReader) {
    if meanings.isEmpty {
      let columns = rows.columns
      meanings = rows.uses.compactMap { ColumnMeaning($0, of: columns) }
    }
    if let arrival = meanings.first(where: { $0.field == .arrival }),
      case .number(let unit)? = arrival.time
    {
      noteUnit(unit, arrival.column)
    }
    unreadTimes = rows.unreadNames.filter { CommonColumns.soundsLikeArrival($0) }
  }

  private func rebase(_ record: inout TraceRecord, to origin: Int64) {
    if let arrival = record.arrival { record.arrival = arrival - origin }
    for event in record.events.indices {
      if let at = record.events[event].at { record.events[event].at = at - origin / 1000 }
    }
  }

  /// Hands a session on once the reading has begun.
  func keep(_ session: TraceSession) { waiting.append(session) }

  func emit(_ session: TraceSession) throws(FileProblem) {
    var session = session
    if let origin, let arrival = session.arrival { session.arrival = arrival - origin / 1000 }
    guard hasBegun else { return keep(session) }
    try sink.take(session)
  }

  /// Hands a sample on, once the reading has begun.
  func emit(_ sample: TraceSample) throws(FileProblem) { try sink.take(sample) }

  private func begin(with record: TraceRecord) throws(FileProblem) {
    hasBegun = true
    if hasDates, let arrival = record.arrival {
      origin = arrival - (arrival % 1000 + 1000) % 1000
      header["time", "origin"] = .string(Timestamp.text(nanoseconds: origin ?? 0))
    }
    try sink.begin(header, fields: fields)
    for session in waiting { try sink.take(session) }
    waiting = []
  }

  /// Ends the reading: all that was wrong, unless rows that cannot be read are to be left out.
  func end() throws(FileProblems) -> TraceReading {
    reading.problems = problems
    if reading.rowsRead == 0, problems.isEmpty {
      problems.add(FileProblem(file: path, message: "the file has no row below its header"))
    }
    if problems.isEmpty { checkTimes() }
    guard problems.isEmpty || (options.leavesOutUnreadable && reading.rowsWritten > 0) else {
      throw problems
    }
    if let fault = reading.shortfall(isLenient: options.leavesOutUnreadable) {
      var problem = FileProblem(file: path, message: fault)
      if reading.rowsWritten == 0 { problem.check = "requests" }
      throw FileProblems(problem)
    }
    return reading
  }

  /// Times that nobody read, or read in a unit that may be wrong, make a replay wrong without a sign.
  private func checkTimes() {
    reading.meanings = meanings
    let isOnlyAsked = options.format == .llmTrace || reading.format == .llmTrace
    // A log's columns were looked at one by one, and some left aside by the user.
    if reading.format != .csv, reading.arrivals.isEmpty, reading.rowsWritten > 0,
      let name = unreadTimes.first
    {
      let more = isOnlyAsked ? "" : "; --from csv --map arrival=\(name) reads it as any log"
      report("no request has an arrival, and \(excerpt(name)) looks like one\(more)")
    }
    if options.timeUnit != nil, unit == nil, reading.rowsWritten > 0 {
      report("a unit of times is stated, and its arrivals are no numbers of an unknown unit")
    }
    guard let unit, let doubt = UnitDoubt(reading.arrivals, in: unit) else { return }
    if options.leavesDoubts || !doubt.isGrave {
      reading.doubts.append(doubt.message)
    } else {
      report(doubt.message)
    }
  }
}

extension TraceReading {
  /// Requests that are lost: rows left out, less those that are no requests.
  package var lost: Int { dropped.values.reduce(0, +) - others }

  /// `3 without token counts, 1 unreadable`.
  package var reasons: String {
    dropped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  /// Why what was read is not the trace: nothing was kept, or more was lost than kept.
  fileprivate func shortfall(isLenient: Bool) -> String? {
    guard rowsWritten > 0 else {
      return rowsRead > 0
        ? "none of \(rowsRead) rows is a request that can be read: \(reasons)" : nil
    }
    guard !isLenient, lost > rowsWritten else { return nil }
    return """
      more rows are left out than kept, \(rowsWritten) of \(rowsRead): \(reasons); kavier trace \
      import --lenient keeps the others all the same
      """
  }
}

/// The columns of a format that has one record a row.
struct RowLayout {
  var syntax: RecordReader.Syntax
  /// Numbered from 0 in this order, the optional ones after them.
  var required: [String]
  var optional: [String] = []
  /// See `LineReader`.
  var leavesOutTorn = false
}

extension TraceFeed {
  /// Reads a table, calls `fill` for each row and hands on the records that nothing is wrong with.
  /// Values that no column asks for go to `extra`.
  func eachRow(
    _ layout: RowLayout, of file: String? = nil,
    fill: (inout RecordReader, inout TraceRecord) throws(FileProblem) -> Void
  ) throws(FileProblems) {
    let said = SaidColumns.names(beside: layout.required + layout.optional)
    let firstSaid = layout.required.count + layout.optional.count
    var rows = try RecordReader.open(
      path: file ?? path, syntax: layout.syntax, kind: reading.format.rawValue,
      required: layout.required, optional: layout.optional + said.map(\.name))
    for (place, column) in said.enumerated() where rows.mayHave(firstSaid + place) {
      if !fields.contains(column.field) { fields.append(column.field) }
    }
    rows.statedUnit = options.timeUnit
    rows.lines.leavesOutTorn = layout.leavesOutTorn
    swap(&rows.problems, &problems)
    defer { swap(&rows.problems, &problems) }
    var record = TraceRecord()
    do throws(FileProblem) {
      while true {
        let before = rows.rowsRead
        let isThere = try rows.advance()
        // Rows that the reader could not take apart at all.
        let skipped = rows.rowsRead - before - (isThere ? 1 : 0)
        if skipped > 0 { drop(Self.unreadable, rows: skipped) }
        guard isThere else {
          if rows.blankLines > 0 {
            observe("blank-lines", "\(rows.blankLines) lines are empty and were skipped")
          }
          if rows.lines.hasTorn { noteTorn(rows.lines.path) }
          return
        }
        let bad = rows.problems.count
        record.clear()
        record.line = rows.number
        try fill(&rows, &record)
        rows.takeSaid(&record, said, from: firstSaid)
        if rows.rowsRead == 1 { noteColumns(rows) }
        guard rows.problems.count == bad else {
          drop(Self.unreadable)
          continue
        }
        if !record.has(.extra) { record[text: .extra] = rows.extra() }
        try emit(&record)
        // What was wrong with the record as a whole.
        guard !problems.isEmpty else { continue }
        rows.problems.add(problems)
        problems = FileProblems()
      }
    } catch {
      var problem = error
      if problem.output == nil { problem.line = problem.line ?? max(1, rows.lines.number) }
      rows.problems.add(problem)
      throw rows.problems
    }
  }
}
