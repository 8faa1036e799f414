import ServingModel
package import TextAndBytes

/// A trace's figures as columns in memory, in the order of the rows: what statistics, checks and
/// fits are made of. Rows are numbered from 0.
package final class TraceTable: TraceSink {
  /// No value in a column of numbers.
  package static let none = Int64.min

  package private(set) var header = TraceHeader()
  package private(set) var fields: [TraceField] = []
  /// Microseconds; `none`: it waits.
  package private(set) var arrivals: [Int64] = []
  package private(set) var inputs: [Int32] = []
  package private(set) var outputs: [Int32] = []
  /// Bit i: field i has a value in some row.
  package private(set) var seen: UInt64 = 0
  /// Rows of each field that have a value.
  package private(set) var counts = [Int](repeating: 0, count: TraceField.allCases.count)

  /// What requests say of themselves.
  private(set) var traits = TraitCollector()
  /// Sessions and agents of a session by number, -1: none.
  package private(set) var sessions: [Int32] = []
  package private(set) var agents: [Int32] = []
  package private(set) var sessionNames = Names()
  package private(set) var agentNames = Names()
  /// Other columns of numbers, where any row has one.
  package private(set) var numbers: [TraceField: [Int64]] = [:]
  /// The parent's row; -1: none.
  package private(set) var parents: [Int32] = []
  /// Rows whose status is not ok.
  package private(set) var failures = 0
  package private(set) var lines: [Int32] = []
  private var rows = RowsByID()

  /// Sees each record as it comes, for what needs more of it than the columns keep.
  private let observers: [any RecordObserver]

  package init(observers: [any RecordObserver] = []) { self.observers = observers }

  package var count: Int { inputs.count }

  package func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    self.header = header
    self.fields = fields
    for observer in observers { observer.begin(header) }
  }

  package func take(_ record: TraceRecord) throws(FileProblem) {
    let row = Int32(count)
    arrivals.append(record[.arrival] ?? Self.none)
    inputs.append(Int32(clamping: record.inputTokens))
    outputs.append(Int32(clamping: record.outputTokens))
    seen |= record.present
    if record.has(.sessionID) || !sessions.isEmpty { takeSession(record, row) }
    traits.append(record)
    if record.has(.parentID) {
      pad(&parents, to: row, with: -1)
      parents.append(record[.parentID].flatMap { rows[$0] } ?? -1)
    }
    takeNumbers(record, row)
    if let status = record[text: .status], status != "ok" { failures += 1 }
    lines.append(Int32(clamping: record.line))
    rows.append(record.id)
    for observer in observers { observer.observe(record, self) }
  }

  private func takeSession(_ record: TraceRecord, _ row: Int32) {
    pad(&sessions, to: row, with: -1)
    sessions.append(record.session.map { sessionNames.number(of: $0) } ?? -1)
    guard let agent = record.agent else { return }
    pad(&agents, to: row, with: -1)
    agents.append(agentNames.number(of: "\(record.session ?? "")\u{0}\(agent)"))
  }

  private func takeNumbers(_ record: TraceRecord, _ row: Int32) {
    var rest = record.present
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest - 1
      counts[index] += 1
      guard index > TraceField.outputTokens.rawValue, let field = TraceField(rawValue: index),
        case .integer = field.kind, field != .parentID, let value = record[field]
      else { continue }
      var column = numbers.removeValue(forKey: field) ?? []
      pad(&column, to: row, with: Self.none)
      column.append(value)
      numbers[field] = column
    }
  }

  private func pad<Value>(_ column: inout [Value], to row: Int32, with value: Value) {
    if column.count < Int(row) {
      column.append(contentsOf: repeatElement(value, count: Int(row) - column.count))
    }
  }

  /// The values that a field of numbers has.
  package func values(_ field: TraceField) -> [Double] {
    switch field {
    case .inputTokens: inputs.map { Double($0) }
    case .outputTokens: outputs.map { Double($0) }
    default: (numbers[field] ?? []).lazy.filter { $0 != Self.none }.map { Double($0) }
    }
  }

  package func has(_ field: TraceField) -> Bool { seen & (1 << UInt64(field.rawValue)) != 0 }

  package func number(_ field: TraceField, _ row: Int) -> Int64? {
    guard let column = numbers[field], row < column.count, column[row] != Self.none else {
      return nil
    }
    return column[row]
  }

  package func session(_ row: Int) -> Int32 { row < sessions.count ? sessions[row] : -1 }
  package func agent(_ row: Int) -> Int32 { row < agents.count ? agents[row] : -1 }
  package func parent(_ row: Int) -> Int32 { row < parents.count ? parents[row] : -1 }

  /// The arrivals there are, ascending.
  package lazy var sortedArrivals: [Int64] = arrivals.filter { $0 != Self.none }.sorted()

  /// Reads a trace of any format.
  package static func read(
    path: String, options: TraceReadOptions, observers: [any RecordObserver] = []
  ) throws(FileProblems) -> (table: TraceTable, reading: TraceReading) {
    let table = TraceTable(observers: observers)
    let reading = try TraceReading.read(path: path, options: options, into: table)
    table.header = reading.header
    return (table, reading)
  }
}

/// Sees every record while a table is filled.
package protocol RecordObserver: AnyObject {
  func begin(_ header: TraceHeader)
  /// The record is the table's last row.
  func observe(_ record: TraceRecord, _ table: TraceTable)
}

/// Small numbers for names, in order of appearance.
package struct Names: Hashable, Sendable {
  package private(set) var all: [String] = []
  private var numbers: [String: Int32] = [:]

  package var count: Int { all.count }

  package mutating func number(of name: String) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(all.count)
    numbers[name] = number
    all.append(name)
    return number
  }
}
