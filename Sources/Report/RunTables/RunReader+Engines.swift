import ServingModel
import ServingSim
import SimKernel

/// What the tables of engines and of windows have of a run.
extension RunReader {
  mutating func engines(
    _ table: inout RunTableReader, _ kinds: [FinishedReplica]
  ) throws(RunTablesError) -> ([FinishedReplica], [ReplicaRecording]) {
    guard !kinds.isEmpty else { throw document["kinds"].fault("one kind of engine or more") }
    var replicas: [FinishedReplica] = []
    var recordings: [ReplicaRecording] = []
    var numbers: [EngineNumber?] = []
    while let rows = try table.next() {
      let (kind, number) = (try rows.integers("kind"), try RunEngines(rows))
      let (groups, groupOfRow) = try rows.words("group")
      let (joined, gone) = (try rows.instants("joined"), try rows.instants("gone"))
      let (down, node) = (try rows.instants("down"), try rows.integers("node"))
      var counts: [(EngineCount, RunIntegers)] = []
      for count in EngineCount.all { counts.append((count, try rows.integers(count.name))) }
      for row in 0..<rows.count {
        let replica = kinds[Int(try kind.value(row, in: 0...Int64(kinds.count) - 1))]
        guard groupOfRow[row] >= 0, groups[groupOfRow[row]] == replica.group else {
          throw rows.fault("group", row, found: "another", expected: "that of the kind")
        }
        replicas.append(replica)
        numbers.append(try number.number(row))
        var recording = ReplicaRecording(
          windows: [], windowLength: .zero, steps: 0, preemptions: 0, peakUsedBlocks: 0,
          usableBlocks: 0, lookedUpTokens: 0, cachedTokens: 0)
        for (count, column) in counts {
          recording[keyPath: count.path] = try self.count(column, row)
        }
        recording.joined = try joined.time(row)
        recording.gone = try gone.time(row)
        recording.downTime = try down.time(row).picoseconds
        recording.node = try node.optional(row, in: 0...Int64(Int32.max)).map { Int($0) }
        guard recording.downTime <= SimTime.last.picoseconds else {
          throw rows.fault("down_s", row, found: "nothing", expected: "a time")
        }
        guard !recording.joined.isNever, recording.joined <= recording.gone else {
          throw rows.fault(
            "joined_s", row, found: "an engine that joins after it is gone, or never",
            expected: "one that was there")
        }
        recordings.append(recording)
      }
    }
    guard !replicas.isEmpty else {
      throw RunTablesError(file: table.name, message: "damaged: it has no engine; simulate again")
    }
    let expected = EngineNumber.all(ranks: replicas.map(\.dataParallelSize))
    guard numbers == expected else {
      throw RunTablesError(
        file: table.name,
        message: "damaged: its engines are not numbered as their kinds have it; simulate again")
    }
    return (replicas, recordings)
  }

  /// Reads the windows, which reach to `end`, into the recordings of their engines.
  mutating func windows(
    _ table: inout RunTableReader, into recordings: inout [ReplicaRecording],
    _ numbers: [EngineNumber], _ length: SimDuration, until end: SimTime
  ) throws(RunTablesError) {
    let engines = recordings.count
    let windows = RunClock.windows(of: length, until: end)
    guard windows <= table.rows, windows * engines == table.rows else {
      throw RunTablesError(
        file: table.name,
        message: "damaged: it has not \(windows) windows of each engine; simulate again")
    }
    for engine in recordings.indices {
      recordings[engine].windowLength = length
      recordings[engine].windows = [WindowTotals](repeating: WindowTotals(), count: windows)
    }
    while let rows = try table.next() {
      try check(rows, numbers, length, until: end)
      for figure in WindowFigure.all {
        let values = try rows.doubles(figure.name)
        for row in 0..<rows.count {
          guard (0...Self.numbers.upperBound).contains(values[row]) else {
            throw rows.fault(
              figure.name, row, found: "\(values[row])",
              expected: "a number from 0 to \(Self.numbers.upperBound)")
          }
          let place = rows.first + row
          recordings[place % engines].windows[place / engines][keyPath: figure.path] = values[row]
        }
      }
      for count in WindowCount.all {
        let column = try rows.integers(count.name)
        for row in 0..<rows.count {
          let place = rows.first + row
          recordings[place % engines].windows[place / engines][keyPath: count.path] =
            try self.count(column, row)
        }
      }
    }
  }

  /// Whether the rows are of the engines and times that they should be.
  private func check(
    _ rows: RunRows, _ numbers: [EngineNumber], _ length: SimDuration, until end: SimTime
  ) throws(RunTablesError) {
    let (engines, times) = (try RunEngines(rows), try rows.instants("time"))
    let lengths = try rows.integers("window_ps")
    for row in 0..<rows.count {
      let place = rows.first + row
      let window = RunClock.window(place / numbers.count, of: length, until: end)
      guard try engines.number(row) == numbers[place % numbers.count],
        try times.time(row) == window.start,
        lengths.value(row) == window.length.picoseconds
      else {
        throw rows.fault(
          "replica, time_s or window_ps", row, found: "another window",
          expected: "window \(place / numbers.count) of engine \(place % numbers.count)")
      }
    }
  }
}

/// The two columns by which tables name an engine.
struct RunEngines {
  private let replica: RunIntegers
  private let rank: RunIntegers

  init(_ rows: RunRows) throws(RunTablesError) {
    replica = try rows.integers("replica")
    rank = try rows.integers("dp_rank")
  }

  /// nil: none.
  @inline(__always)
  func number(_ row: Int) throws(RunTablesError) -> EngineNumber? {
    let most = Int64(Int32.max)
    guard let replica = try replica.optional(row, in: 0...most) else { return nil }
    return EngineNumber(
      replica: Int(replica), rank: try rank.optional(row, in: 0...most).map { Int($0) })
  }

  func fault(_ row: Int) -> RunTablesError {
    replica.fault(row, expected: "an engine of engines.parquet, with its dp_rank")
  }
}
