import Parquet
import ServingModel
import ServingSim
import SimKernel

/// Makes a run of its document and tables. No number is believed before it is held against what a run
/// can come to, so that none makes a report stop.
struct RunReader {
  /// Beyond every integral over time of a run. Negative ones stand for nothing.
  static let numbers = -1...1e30

  let document: RunValue
  /// Of all counts up to now: no sum of some of them overflows.
  private var counted = 0

  init(_ document: RunDocument) throws(RunTablesError) { self.document = document.root }

  mutating func run(
    _ table: (String) throws(ParquetProblem) -> FileBytes
  ) throws(RunTablesError) -> FinishedRun {
    var tables = try OpenTables(document["tables"], table)
    let end = try Self.time(document, "end")
    let length = try Self.span(document["window_ps"])
    guard length > .zero else { throw document["window_ps"].fault("more than 0") }
    var kinds: [FinishedReplica] = []
    for kind in try document["kinds"].items() { kinds.append(try self.kind(kind)) }
    var (replicas, recordings) = try engines(&tables.engines, kinds)
    let numbers = EngineNumber.all(ranks: replicas.map(\.dataParallelSize))
    try windows(&tables.windows, into: &recordings, numbers, length, until: end)
    let requests = try requests(&tables.requests, numbers)
    let gaps = try histogram(document["inter_token_latencies"])
    var held: [HeldRequest] = []
    if var table = tables.held {
      held = try self.held(&table, requests: requests.outcomes.count)
    }
    var lost: [LostAttempt] = []
    if var table = tables.lost { lost = try self.lost(&table, requests, numbers) }
    var recording = Recording(
      outcomes: requests.outcomes, replicas: recordings, interTokenLatencies: gaps, held: held,
      lost: lost, end: end)
    if var table = tables.handoffs {
      recording.handoffs = try handoffs(&table, requests: requests.outcomes.count, numbers)
    }
    if var table = tables.loads {
      recording.loads = try loads(&table, requests: requests.outcomes.count, numbers)
    }
    var run = FinishedRun(
      name: try document["name"].text(), seed: try document["seed"].whole(),
      objectives: try Self.objectives(document["objectives"]),
      promptTokens: requests.promptTokens, traits: requests.traits,
      deadlines: requests.deadlines, replicas: replicas, recording: recording,
      remarks: try Self.remarks(document["remarks"]))
    run.slower = try document["slower_steps"].optional(Self.slowerRun)
    return run
  }

  /// A number of things, from 0.
  mutating func count(_ value: RunValue) throws(RunTablesError) -> Int {
    guard let sum = sum(with: try value.integer()) else { throw value.fault("a smaller number") }
    counted = sum
    return Int(try value.integer())
  }

  /// The same of a table's column.
  mutating func count(_ column: RunIntegers, _ row: Int) throws(RunTablesError) -> Int {
    let value = try column.value(row, in: 0...Int64.max)
    guard let sum = sum(with: value) else { throw column.fault(row, expected: "a smaller number") }
    counted = sum
    return Int(value)
  }

  private func sum(with count: Int64) -> Int? {
    count <= Int64(Int.max / 4 - counted) ? counted + Int(count) : nil
  }
}

/// The tables of a run, opened.
private struct OpenTables {
  var requests: RunTableReader
  var engines: RunTableReader
  var windows: RunTableReader
  /// nil: no request was held.
  var held: RunTableReader?
  /// nil: no attempt at a request was lost.
  var lost: RunTableReader?
  /// nil: no replica computed a prompt for another one.
  var handoffs: RunTableReader?
  /// nil: no KV entries came from a tier.
  var loads: RunTableReader?

  init(
    _ list: RunValue, _ table: (String) throws(ParquetProblem) -> FileBytes
  ) throws(RunTablesError) {
    let summaries = try RunReader.summaries(list)
    func open(
      _ name: String, _ columns: [ParquetField]
    ) throws(RunTablesError) -> RunTableReader? {
      guard let summary = summaries.first(where: { $0.file == name }) else { return nil }
      let file: FileBytes
      do throws(ParquetProblem) {
        file = try table(name)
      } catch {
        throw RunTablesError(file: name, message: "\(error.message); \(RunTablesError.again)")
      }
      return try RunTableReader(summary, file, columns: columns)
    }
    func need(_ name: String, _ columns: [ParquetField]) throws(RunTablesError) -> RunTableReader {
      guard let reader = try open(name, columns) else { throw list.fault("\(name) among others") }
      return reader
    }
    requests = try need(RunTables.requests, RunTable.everyColumnOfRequests)
    engines = try need(RunTables.engines, RunTable.engines(.none, kinds: []).columns.map(\.field))
    windows = try need(RunTables.windows, RunTable.windows(.none).columns.map(\.field))
    held = try open(RunTables.held, RunTable.held(.none).columns.map(\.field))
    lost = try open(RunTables.lost, RunTable.lost(.none).columns.map(\.field))
    handoffs = try open(RunTables.handoffs, RunTable.handoffs(.none).columns.map(\.field))
    loads = try open(RunTables.loads, RunTable.loads(.none).columns.map(\.field))
  }
}

extension FinishedRun {
  /// Of nothing: what its tables' columns are.
  fileprivate static var none: FinishedRun {
    FinishedRun(
      name: "", seed: 0, objectives: ServiceLevelObjectives(), promptTokens: [], replicas: [],
      recording: Recording(
        outcomes: [], replicas: [], interTokenLatencies: LogHistogram(), end: .start))
  }
}

extension RunTable {
  /// Also those of what requests say of themselves.
  fileprivate static var everyColumnOfRequests: [ParquetField] {
    var run = FinishedRun.none
    run.deadlines = []
    for label in RequestLabel.allCases {
      run.traits[label] = RequestLabels(names: [], ofRequest: [])
    }
    for number in RequestNumber.allCases { run.traits[number] = [] }
    return RunTable.requests(run).columns.map(\.field)
  }
}
