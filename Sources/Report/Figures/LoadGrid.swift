import ServingSim
import SimKernel
import ServingModel

/// What the replicas did over time, in at most 96 columns.
struct LoadGrid: Sendable {
  /// When each column begins, in seconds, and when the last one ends.
  var edges: [Double]
  /// A row for each replica.
  var rows: [[LoadFigures]]
  /// Of the fleet, a value a column.
  var fleet: [FleetLoad]

  static let mostColumns = 96

  struct FleetLoad: Sendable {
    /// Sums over the replicas, means over the column.
    var running: Double
    var waiting: Double
    var promptTokensPerSecond: Double
    var outputTokensPerSecond: Double
    /// Of all KV blocks, and of those of the fullest replica.
    var cacheUse: Double?
    var fullestCacheUse: Double?
    /// nil when nobody was admitted for the first time.
    var prefixHitRatio: Double?
    var preemptions: Int
    var busyShare: Double?
    var modelFLOPsUtilization: Double?
    var modelBandwidthUtilization: Double?
  }

  init(_ run: FinishedRun) {
    let replicas = run.recording.replicas
    let end = run.recording.end.picoseconds
    let windows = replicas.map(\.windows.count).max() ?? 0
    let windowLength = Instant(replicas.first?.windowLength.picoseconds ?? 1)
    let group = max(1, (windows + Self.mostColumns - 1) / Self.mostColumns)
    let columns = (0..<windows).filter { $0.isMultiple(of: group) }.map { first in
      Column(
        windows: first..<min(first + group, windows), start: Instant(first) * windowLength,
        end: max(1, min(Instant(first + group) * windowLength, end)))
    }
    edges = columns.map { Double($0.start) / 1e12 } + [Double(end) / 1e12]
    rows = zip(run.replicas, replicas).map { replica, recording in
      columns.map { $0.load(replica, recording) }
    }
    let rows = rows
    fleet = columns.indices.map { column in
      Self.fleet(rows.map { $0[column] }, run, columns[column])
    }
  }

  /// The middle of each column.
  var middles: [Double] { zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 } }

  private struct Column {
    var windows: Range<Int>
    var start: Instant
    var end: Instant

    func windows(of recording: ReplicaRecording) -> ArraySlice<WindowTotals> {
      recording.windows[windows.clamped(to: 0..<recording.windows.count)]
    }

    func load(_ replica: FinishedReplica, _ recording: ReplicaRecording) -> LoadFigures {
      let presence = recording.presence(from: start, to: end)
      return LoadFigures(
        windows(of: recording), time: Double(presence), absence: Double(end - start - presence),
        usableBlocks: recording.usableBlocks, meter: replica.meter)
    }

    /// The share of its time in which a replica was there.
    func presence(_ recording: ReplicaRecording) -> Double {
      Double(recording.presence(from: start, to: end)) / Double(max(1, end - start))
    }
  }

  private static func fleet(
    _ loads: [LoadFigures], _ run: FinishedRun, _ column: Column
  ) -> FleetLoad {
    let there = run.recording.replicas.map { column.presence($0) }
    func sum(_ value: (LoadFigures) -> Double?) -> Double {
      zip(loads, there).reduce(0) { $0 + (value($1.0) ?? 0) * $1.1 }
    }
    func mean(_ weight: (Int) -> Double?, _ value: (LoadFigures) -> Double?) -> Double? {
      let parts = loads.indices.compactMap { index in
        weight(index).flatMap { weight in
          value(loads[index]).map { (weight * there[index], $0) }
        }
      }
      return ratio(
        parts.reduce(0) { $0 + $1.0 * $1.1 }, parts.reduce(0) { $0 + $1.0 })
    }
    let windows = run.recording.replicas.flatMap { column.windows(of: $0) }
    let blocks = run.recording.replicas.map { Double($0.usableBlocks) }
    let meters = run.replicas.map(\.meter)
    return FleetLoad(
      running: sum(\.running), waiting: sum(\.waiting),
      promptTokensPerSecond: sum(\.promptTokensPerSecond),
      outputTokensPerSecond: sum(\.outputTokensPerSecond),
      cacheUse: mean({ blocks[$0] }, \.cacheUse),
      fullestCacheUse: loads.compactMap(\.cacheUse).max(),
      prefixHitRatio: ratio(
        Double(windows.reduce(0) { $0 + $1.cachedTokens }),
        Double(windows.reduce(0) { $0 + $1.lookedUpTokens })),
      preemptions: windows.reduce(0) { $0 + $1.preemptions },
      busyShare: mean({ _ in 1 }, \.busyShare),
      modelFLOPsUtilization: mean({ meters[$0]?.peakCompute.rate }, \.modelFLOPsUtilization),
      modelBandwidthUtilization: mean(
        { meters[$0]?.peakBandwidth.rate }, \.modelBandwidthUtilization))
  }
}
