import Parquet
import ServingSim
import SimKernel

extension RunTable {
  /// A row an engine: what it is, a number of run.json's `kinds`, and what it did.
  static func engines(_ run: FinishedRun, kinds: [Int]) -> RunTable {
    let recordings = run.recording.replicas
    let numbers = run.engineNumbers
    let replicas = run.replicas
    let (groups, placeOfGroup) = Words.gather(replicas.map(\.group))
    var columns = Column.engine { numbers[$0] }
    columns += [
      .word("group", of: groups) { placeOfGroup[$0] },
      .integer("kind") { Int64(kinds[$0]) },
    ]
    columns += Column.instant("joined") { recordings[$0].joined }
    columns += Column.instant("gone") { recordings[$0].gone }
    columns += Column.instant("down") { SimTime(picoseconds: recordings[$0].downTime) }
    columns.append(.optional("node") { recordings[$0].node.map { Int64($0) } })
    for count in EngineCount.all {
      columns.append(.integer(count.name) { Int64(recordings[$0][keyPath: count.path]) })
    }
    return RunTable(name: RunTables.engines, rows: replicas.count, columns: columns)
  }

  /// A row a window of time of an engine: by time, then by engine, as in timeline.csv.
  static func windows(_ run: FinishedRun) -> RunTable {
    let recordings = run.recording.replicas
    let numbers = run.engineNumbers
    let end = run.recording.end
    let length = recordings.first?.windowLength ?? .zero
    let engines = recordings.count
    func totals(_ row: Int) -> WindowTotals { recordings[row % engines].windows[row / engines] }
    func window(_ row: Int) -> (start: SimTime, length: SimDuration) {
      RunClock.window(row / engines, of: length, until: end)
    }
    var columns = Column.engine { numbers[$0 % engines] }
    columns += Column.instant("time") { window($0).start }
    columns.append(.integer("window_ps") { window($0).length.picoseconds })
    for figure in WindowFigure.all {
      columns.append(.double(figure.name) { totals($0)[keyPath: figure.path] })
    }
    for count in WindowCount.all {
      columns.append(.integer(count.name) { Int64(totals($0)[keyPath: count.path]) })
    }
    return RunTable(
      name: RunTables.windows, rows: engines * (recordings.first?.windows.count ?? 0),
      columns: columns, compression: .snappy)
  }
}

/// A count of an engine's recording, and its column.
struct EngineCount {
  var name: String
  var path: WritableKeyPath<ReplicaRecording, Int>

  static var all: [EngineCount] {
    [
      .init(name: "steps", path: \.steps),
      .init(name: "steps_outside", path: \.stepsOutside),
      .init(name: "spans", path: \.spans),
      .init(name: "preemptions", path: \.preemptions),
      .init(name: "wakes", path: \.wakes),
      .init(name: "failures", path: \.failures),
      .init(name: "migrations", path: \.migrations),
      .init(name: "peak_used_blocks", path: \.peakUsedBlocks),
      .init(name: "usable_blocks", path: \.usableBlocks),
      .init(name: "looked_up_tokens", path: \.lookedUpTokens),
      .init(name: "cached_tokens", path: \.cachedTokens),
      .init(name: "offloaded_blocks", path: \.offloadedBlocks),
    ]
  }
}

/// A count of a window, and its column.
struct WindowCount {
  var name: String
  var path: WritableKeyPath<WindowTotals, Int>

  static var all: [WindowCount] {
    [
      .init(name: "arrived", path: \.arrived),
      .init(name: "finished", path: \.finished),
      .init(name: "preemptions", path: \.preemptions),
      .init(name: "looked_up_tokens", path: \.lookedUpTokens),
      .init(name: "cached_tokens", path: \.cachedTokens),
      .init(name: "verified_drafts", path: \.verifiedDrafts),
      .init(name: "accepted_tokens", path: \.acceptedTokens),
      .init(name: "surplus_tokens", path: \.surplusTokens),
    ]
  }
}

/// A total of a window, and its column.
struct WindowFigure {
  var name: String
  var path: WritableKeyPath<WindowTotals, Double>

  static var all: [WindowFigure] {
    of("prefill_steps", \.prefillSteps) + of("decode_steps", \.decodeSteps) + [
      .init(name: "running_ps", path: \.runningTime),
      .init(name: "waiting_ps", path: \.waitingTime),
      .init(name: "used_blocks_ps", path: \.usedBlockTime),
      .init(name: "off_ps", path: \.offTime),
    ]
  }

  /// Those of one kind of step.
  private static func of(
    _ kind: String, _ steps: WritableKeyPath<WindowTotals, StepTotals>
  ) -> [WindowFigure] {
    [
      .init(name: kind, path: steps.appending(path: \.steps)),
      .init(name: kind + "_busy_ps", path: steps.appending(path: \.busy)),
      .init(name: kind + "_prefill_tokens", path: steps.appending(path: \.prefillTokens)),
      .init(name: kind + "_decode_tokens", path: steps.appending(path: \.decodeTokens)),
      .init(name: kind + "_draft_tokens", path: steps.appending(path: \.draftTokens)),
      .init(name: kind + "_sampled_tokens", path: steps.appending(path: \.sampledTokens)),
      .init(name: kind + "_pairs", path: steps.appending(path: \.pairs)),
      .init(name: kind + "_windowed_pairs", path: steps.appending(path: \.windowedPairs)),
      .init(name: kind + "_context", path: steps.appending(path: \.context)),
      .init(name: kind + "_windowed_context", path: steps.appending(path: \.windowedContext)),
      .init(name: kind + "_weight_bytes", path: steps.appending(path: \.weightBytes)),
    ]
  }
}

/// Different values, each once.
enum Words {
  /// The different ones in order of their first appearance, and which one each is.
  static func gather<Value: Hashable>(_ values: [Value]) -> (all: [Value], places: [Int]) {
    var all: [Value] = []
    var known: [Value: Int] = [:]
    let places = values.map { value in
      if let place = known[value] { return place }
      known[value] = all.count
      all.append(value)
      return all.count - 1
    }
    return (all, places)
  }
}
