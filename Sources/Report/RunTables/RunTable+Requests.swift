import ServingModel
import ServingSim
import SimKernel

extension RunTable {
  /// A row a request, in the workload's order. Columns have the names of requests.csv; what requests
  /// say of themselves stands last, where any says it.
  static func requests(_ run: FinishedRun) -> RunTable {
    let outcomes = run.recording.outcomes
    let promptTokens = run.promptTokens
    let engines = run.engineNumbers
    var columns: [Column] = [.integer("request_id") { Int64($0) }]
    columns += Column.instant("arrival") { outcomes[$0].arrival }
    columns += [
      .integer("prompt_tokens") { Int64(promptTokens[$0]) },
      .integer("output_tokens") { Int64(outcomes[$0].outputTokens) },
      .integer("cached_tokens") { Int64(outcomes[$0].cachedTokens) },
    ]
    columns += Column.engine { row in
      let engine = Int(outcomes[row].replica)
      return engine < 0 ? nil : engines[engine]
    }
    columns.append(
      .word("status", of: OutcomeStatus.allCases.map(\.name.description)) {
        Int(outcomes[$0].status.rawValue)
      })
    columns += Column.instant("first_scheduled") { outcomes[$0].firstScheduled }
    columns += Column.instant("first_token") { outcomes[$0].firstToken }
    columns += Column.instant("finish") { outcomes[$0].finish }
    columns.append(.integer("preemptions") { Int64(outcomes[$0].preemptions) })
    columns.append(.integer("retries") { Int64(outcomes[$0].retries) })
    columns += ofThemselves(run)
    return RunTable(name: RunTables.requests, rows: outcomes.count, columns: columns)
  }

  /// What requests say of themselves, and their deadlines.
  private static func ofThemselves(_ run: FinishedRun) -> [Column] {
    var columns: [Column] = []
    if let deadlines = run.deadlines {
      columns.append(
        .optional(deadline) {
          deadlines[$0] == .longest ? nil : deadlines[$0].picoseconds
        })
    }
    for label in RequestLabel.allCases {
      guard let labels = run.traits[label] else { continue }
      columns.append(.label(label.name, labels))
    }
    for number in RequestNumber.allCases {
      guard let values = run.traits[number] else { continue }
      columns.append(.optional(number.tableName) { values[$0] < 0 ? nil : values[$0] })
    }
    return columns
  }

  /// From arrival to when the last token is due.
  static let deadline = "deadline_ps"

  /// A row each time that a request was held, in order of arrival.
  static func held(_ run: FinishedRun) -> RunTable {
    let held = run.recording.held
    return RunTable(
      name: RunTables.held, rows: held.count,
      columns: [.integer("request_id") { Int64(held[$0].number) }]
        + Column.instant("release") { held[$0].release })
  }

  /// A row an attempt at a request that was worked on and dropped, in the order in which they ended.
  static func lost(_ run: FinishedRun) -> RunTable {
    let lost = run.recording.lost
    let engines = run.engineNumbers
    var columns: [Column] = [
      .integer("request_id") { Int64(lost[$0].number) },
      .integer("attempt") { Int64(lost[$0].attempt) },
    ]
    columns += Column.engine { engines[Int(lost[$0].replica)] }
    columns += Column.instant("first_scheduled") { lost[$0].firstScheduled }
    columns += Column.instant("first_token") { lost[$0].firstToken }
    columns += Column.instant("end") { lost[$0].end }
    columns += [
      .integer("prompt_tokens") { Int64(lost[$0].promptTokens) },
      .integer("output_tokens") { Int64(lost[$0].outputTokens) },
    ]
    return RunTable(name: RunTables.lost, rows: lost.count, columns: columns)
  }

  /// A row a prompt that one replica computed for another one, in the order in which that one was told.
  static func handoffs(_ run: FinishedRun) -> RunTable {
    let handoffs = run.recording.handoffs
    let engines = run.engineNumbers
    var columns: [Column] = [
      .integer("request_id") { Int64(handoffs[$0].number) },
      .integer("attempt") { Int64(handoffs[$0].attempt) },
    ]
    columns += Column.engine { engines[Int(handoffs[$0].replica)] }
    columns += Column.instant("prefilled") { handoffs[$0].prefilled }
    columns += Column.instant("started") { handoffs[$0].started }
    columns += Column.instant("arrived") { handoffs[$0].arrived }
    return RunTable(name: RunTables.handoffs, rows: handoffs.count, columns: columns)
  }

  static func loads(_ run: FinishedRun) -> RunTable {
    let loads = run.recording.loads
    let engines = run.engineNumbers
    var columns: [Column] = [
      .integer("request_id") { Int64(loads[$0].number) },
      .integer("attempt") { Int64(loads[$0].attempt) },
    ]
    columns += Column.engine { engines[Int(loads[$0].replica)] }
    columns += [
      .integer("host_tokens") { Int64(loads[$0].hostTokens) },
      .integer("secondary_tokens") { Int64(loads[$0].secondaryTokens) },
    ]
    columns += Column.instant("started") { loads[$0].started }
    columns += Column.instant("arrived") { loads[$0].arrived }
    return RunTable(name: RunTables.loads, rows: loads.count, columns: columns)
  }
}

extension RequestNumber {
  /// Its column in requests.parquet: that of requests.csv, with another unit where it has one.
  var tableName: String {
    switch kind {
    case .count: name
    case .duration: name.hasSuffix("_s") ? name.dropLast() + "ps" : name + "_ps"
    }
  }
}
