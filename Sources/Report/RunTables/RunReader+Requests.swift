import ServingModel
import ServingSim
import SimKernel

/// What requests.parquet has of a run.
struct ReadRequests {
  var promptTokens: [Int32] = []
  var outcomes: [Outcome] = []
  /// nil: none has one.
  var deadlines: [SimDuration]?
  var traits = RequestTraits()
}

extension RunReader {
  func requests(
    _ table: inout RunTableReader, _ numbers: [EngineNumber]
  ) throws(RunTablesError) -> ReadRequests {
    var requests = ReadRequests()
    requests.outcomes.reserveCapacity(table.rows)
    requests.promptTokens.reserveCapacity(table.rows)
    let engines = EngineFinder(numbers)
    if table.has(RunTable.deadline) { requests.deadlines = [] }
    var labels: [(label: RequestLabel, read: ReadLabels)] = []
    for label in RequestLabel.allCases where table.has(label.name) {
      labels.append((label, ReadLabels()))
    }
    for number in RequestNumber.allCases where table.has(number.tableName) {
      requests.traits[number] = []
    }
    while let rows = try table.next() {
      try outcomes(rows, engines, into: &requests)
      try deadlines(rows, into: &requests)
      for index in labels.indices {
        try labels[index].read.add(try rows.words(labels[index].label.name))
      }
      try self.numbers(rows, into: &requests.traits)
    }
    for (label, read) in labels { requests.traits[label] = read.labels }
    return requests
  }

  private func outcomes(
    _ rows: RunRows, _ engines: EngineFinder, into requests: inout ReadRequests
  ) throws(RunTablesError) {
    let tokens = 0...Int64(Int32.max)
    let columns = try OutcomeColumns(rows)
    for row in 0..<rows.count {
      let id = Int64(rows.first + row)
      _ = try columns.id.value(row, in: id...id)
      let promptTokens = Int32(try columns.promptTokens.value(row, in: tokens))
      var outcome = Outcome()
      outcome.arrival = try columns.arrival.time(row)
      outcome.firstScheduled = try columns.firstScheduled.time(row)
      outcome.firstToken = try columns.firstToken.time(row)
      outcome.finish = try columns.finish.time(row)
      outcome.outputTokens = Int32(try columns.outputTokens.value(row, in: tokens))
      outcome.cachedTokens = Int32(
        try columns.cachedTokens.value(row, in: 0...Int64(promptTokens)))
      outcome.preemptions = UInt16(
        try columns.preemptions.value(row, in: 0...Int64(UInt16.max)))
      outcome.retries = UInt8(try columns.retries.value(row, in: 0...Int64(UInt8.max)))
      outcome.status = try columns.status(row)
      if let number = try columns.engine.number(row) {
        guard let engine = engines.engine(number) else { throw columns.engine.fault(row) }
        outcome.replica = engine
      }
      guard outcome.isPossible else {
        throw rows.fault(
          "status", row, found: "\(outcome.status.name) with times that it cannot have",
          expected: "times in order, and all that its status tells of")
      }
      requests.outcomes.append(outcome)
      requests.promptTokens.append(promptTokens)
    }
  }

  private func deadlines(
    _ rows: RunRows, into requests: inout ReadRequests
  ) throws(RunTablesError) {
    guard requests.deadlines != nil else { return }
    let column = try rows.integers(RunTable.deadline)
    for row in 0..<rows.count {
      let deadline = try column.optional(row, in: 0...RunClock.most)
      requests.deadlines?.append(deadline.map { SimDuration(picoseconds: $0) } ?? .longest)
    }
  }

  private func numbers(
    _ rows: RunRows, into traits: inout RequestTraits
  ) throws(RunTablesError) {
    for number in RequestNumber.allCases where traits[number] != nil {
      let column = try rows.integers(number.tableName)
      // Counts are of tokens, and no duration is longer than a run.
      let most = number.kind == .count ? Int64(Int32.max) : RunClock.most
      for row in 0..<rows.count {
        traits[number]?.append(try column.optional(row, in: 0...most) ?? RequestTraits.none)
      }
    }
  }

  func held(
    _ table: inout RunTableReader, requests: Int
  ) throws(RunTablesError) -> [HeldRequest] {
    var held: [HeldRequest] = []
    while let rows = try table.next() {
      let (ids, releases) = (try rows.integers("request_id"), try rows.instants("release"))
      for row in 0..<rows.count {
        guard let id = ids.value(row), id >= 0, id < requests else {
          throw ids.fault(row, expected: "one of the \(requests) requests")
        }
        let release = try releases.time(row)
        guard !release.isNever else {
          throw rows.fault("release_s", row, found: "nothing", expected: "an instant")
        }
        held.append(HeldRequest(number: Int32(id), release: release))
      }
    }
    return held
  }
}

extension RunReader {
  func lost(
    _ table: inout RunTableReader, _ requests: ReadRequests, _ numbers: [EngineNumber]
  ) throws(RunTablesError) -> [LostAttempt] {
    let engines = EngineFinder(numbers)
    let tokens = 0...Int64(Int32.max)
    var lost: [LostAttempt] = []
    while let rows = try table.next() {
      let ids = try rows.integers("request_id")
      let engine = try RunEngines(rows)
      let (scheduled, token) = (
        try rows.instants("first_scheduled"), try rows.instants("first_token")
      )
      let (end, prompts) = (try rows.instants("end"), try rows.integers("prompt_tokens"))
      let (outputs, attempts) = (
        try rows.integers("output_tokens"), try rows.integers("attempt")
      )
      for row in 0..<rows.count {
        let id = Int(try ids.value(row, in: 0...Int64(requests.outcomes.count) - 1))
        guard let number = try engine.number(row), let replica = engines.engine(number) else {
          throw engine.fault(row)
        }
        let attempt = LostAttempt(
          number: Int32(id), attempt: Int32(try attempts.value(row, in: Self.attempts)),
          replica: replica, firstScheduled: try scheduled.time(row),
          firstToken: try token.time(row), end: try end.time(row),
          promptTokens: Int32(try prompts.value(row, in: 0...Int64(requests.promptTokens[id]))),
          outputTokens: Int32(try outputs.value(row, in: tokens)))
        guard attempt.isPossible else {
          throw rows.fault(
            "end_s", row, found: "times that an attempt cannot have", expected: "times in order")
        }
        lost.append(attempt)
      }
    }
    return lost
  }
}

extension RunReader {
  /// A request counts its retries in a byte.
  private static let attempts: ClosedRange<Int64> = 1...256

  func handoffs(
    _ table: inout RunTableReader, requests: Int, _ numbers: [EngineNumber]
  ) throws(RunTablesError) -> [Handoff] {
    let engines = EngineFinder(numbers)
    var handoffs: [Handoff] = []
    while let rows = try table.next() {
      let (ids, attempts) = (try rows.integers("request_id"), try rows.integers("attempt"))
      let engine = try RunEngines(rows)
      let prefilled = try rows.instants("prefilled")
      let (started, arrived) = (try rows.instants("started"), try rows.instants("arrived"))
      for row in 0..<rows.count {
        guard let number = try engine.number(row), let replica = engines.engine(number) else {
          throw engine.fault(row)
        }
        var handoff = Handoff(
          number: Int32(try ids.value(row, in: 0...Int64(requests) - 1)),
          attempt: Int32(try attempts.value(row, in: Self.attempts)), replica: replica,
          prefilled: try prefilled.time(row))
        handoff.started = try started.time(row)
        handoff.arrived = try arrived.time(row)
        guard handoff.isPossible else {
          throw rows.fault(
            "arrived_s", row, found: "times that a handover cannot have",
            expected: "times in order")
        }
        handoffs.append(handoff)
      }
    }
    return handoffs
  }

  func loads(
    _ table: inout RunTableReader, requests: Int, _ numbers: [EngineNumber]
  ) throws(RunTablesError) -> [KVLoad] {
    let engines = EngineFinder(numbers)
    let tokens: ClosedRange<Int64> = 0...Int64(Int32.max)
    var loads: [KVLoad] = []
    while let rows = try table.next() {
      let (ids, attempts) = (try rows.integers("request_id"), try rows.integers("attempt"))
      let engine = try RunEngines(rows)
      let (host, secondary) = (
        try rows.integers("host_tokens"), try rows.integers("secondary_tokens")
      )
      let (started, arrived) = (try rows.instants("started"), try rows.instants("arrived"))
      for row in 0..<rows.count {
        guard let number = try engine.number(row), let replica = engines.engine(number) else {
          throw engine.fault(row)
        }
        var load = KVLoad(
          number: Int32(try ids.value(row, in: 0...Int64(requests) - 1)),
          attempt: Int32(try attempts.value(row, in: Self.attempts)), replica: replica,
          hostTokens: Int32(try host.value(row, in: tokens)),
          secondaryTokens: Int32(try secondary.value(row, in: tokens)),
          started: try started.time(row))
        load.arrived = try arrived.time(row)
        guard !load.started.isNever, load.started <= load.arrived else {
          throw rows.fault(
            "arrived_s", row, found: "times that a load cannot have", expected: "times in order")
        }
        loads.append(load)
      }
    }
    return loads
  }
}

extension Handoff {
  /// Nothing arrives that has not set out.
  fileprivate var isPossible: Bool {
    !prefilled.isNever && prefilled <= started && started <= arrived
  }
}

extension LostAttempt {
  /// Its first token may be under way to its client when it ends.
  fileprivate var isPossible: Bool {
    !firstScheduled.isNever && !end.isNever && firstScheduled <= end
      && (firstToken.isNever || firstToken >= firstScheduled)
  }
}

/// The columns that each outcome is made of.
private struct OutcomeColumns {
  let id, promptTokens, outputTokens, cachedTokens, preemptions, retries: RunIntegers
  let arrival, firstScheduled, firstToken, finish: RunInstants
  let engine: RunEngines
  private let rows: RunRows
  /// nil: no status has that word.
  private let statuses: [OutcomeStatus?]
  private let words: [String]
  private let wordOfRow: [Int]

  init(_ rows: RunRows) throws(RunTablesError) {
    self.rows = rows
    id = try rows.integers("request_id")
    promptTokens = try rows.integers("prompt_tokens")
    outputTokens = try rows.integers("output_tokens")
    cachedTokens = try rows.integers("cached_tokens")
    preemptions = try rows.integers("preemptions")
    retries = try rows.integers("retries")
    arrival = try rows.instants("arrival")
    firstScheduled = try rows.instants("first_scheduled")
    firstToken = try rows.instants("first_token")
    finish = try rows.instants("finish")
    engine = try RunEngines(rows)
    (words, wordOfRow) = try rows.words("status")
    statuses = words.map { word in OutcomeStatus.allCases.first { $0.name.description == word } }
  }

  @inline(__always)
  func status(_ row: Int) throws(RunTablesError) -> OutcomeStatus {
    let word = wordOfRow[row]
    guard word >= 0, let status = statuses[word] else {
      throw rows.fault(
        "status", row, found: word < 0 ? "nothing" : words[word],
        expected: OutcomeStatus.allCases.map(\.name.description).joined(separator: ", "))
    }
    return status
  }
}

/// Which engine has a number.
private struct EngineFinder {
  private let numbers: [EngineNumber]
  /// The first engine of each replica.
  private var first: [Int] = []

  init(_ numbers: [EngineNumber]) {
    self.numbers = numbers
    for (engine, number) in numbers.enumerated() where number.replica == first.count {
      first.append(engine)
    }
  }

  @inline(__always)
  func engine(_ number: EngineNumber) -> Int32? {
    guard number.replica < first.count else { return nil }
    let engine = first[number.replica] + (number.rank ?? 0)
    return engine < numbers.count && numbers[engine] == number ? Int32(engine) : nil
  }
}

/// Labels of requests, gathered from the words that each part of the table has.
private struct ReadLabels {
  private(set) var labels = RequestLabels(names: [], ofRequest: [])
  private var known: [String: Int32] = [:]

  mutating func add(_ column: (words: [String], places: [Int])) throws(RunTablesError) {
    var numbers: [Int32] = []
    for word in column.words {
      if let number = known[word] {
        numbers.append(number)
      } else {
        let number = Int32(labels.names.count)
        known[word] = number
        labels.names.append(word)
        numbers.append(number)
      }
    }
    for place in column.places { labels.ofRequest.append(place < 0 ? -1 : numbers[place]) }
  }
}

extension Outcome {
  /// Whether it can have come to that: times in order, and all that its status tells of.
  fileprivate var isPossible: Bool {
    // A dropped one ends when its replica drops it, before its client has what it was sent.
    let end: SimTime = status.isDropped ? .never : finish
    var last = SimTime.start
    for time in [arrival, firstScheduled, firstToken, end] where !time.isNever {
      guard time >= last else { return false }
      last = time
    }
    return switch status {
    case .notArrived: true
    case .underWay, .aborted, .failed: !arrival.isNever
    case .rejectedPromptTooLong, .rejectedByAdmission: !arrival.isNever && !finish.isNever
    case .finished:
      !arrival.isNever && !firstScheduled.isNever && !firstToken.isNever && !finish.isNever
        && replica >= 0
    }
  }
}
