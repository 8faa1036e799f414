import ServingSim
import SimKernel

/// For how long the accelerators of each engine are held, by windows of time: its own while it is there,
/// and those of empty places of its node.
///
/// An empty place is borne by the first of the engines on its node. What of the least time that a node is
/// paid for is left when the last of them has gone is borne by that one.
struct HeldTime {
  /// Picoseconds times places, by engine and window, while the node is there.
  private(set) var held: [[Instant]]
  /// The same, when the node has gone.
  private(set) var paidAfter: [[Instant]]
  private let windowLength: Instant
  private let end: Instant

  init(_ run: FinishedRun) {
    let windows = run.recording.windowLengths
    windowLength = Instant(run.recording.replicas.first?.windowLength.picoseconds ?? 1)
    end = run.recording.end.picoseconds
    held = run.replicas.indices.map { run.recording.presence(of: $0).map { Instant($0) } }
    paidAfter = run.replicas.map { _ in windows.map { _ in 0 } }
    for node in run.nodes { add(node, run.recording.replicas) }
  }

  private mutating func add(_ node: NodeStay, _ recordings: [ReplicaRecording]) {
    let stays = node.engines.map { recordings[$0].stay(until: end) }
    let times = Set(stays.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    for (start, end) in zip(times, times.dropFirst()) {
      let there = node.engines.indices.filter {
        stays[$0].lowerBound <= start && stays[$0].upperBound >= end
      }
      guard let first = there.first else { continue }
      add(node.places - there.count, from: start, to: end, \.held, node.engines[first])
    }
    let last = node.engines.indices.max { (stays[$0].upperBound, $0) < (stays[$1].upperBound, $1) }
    guard let last else { return }
    add(node.places, from: node.gone, to: node.paidUntil, \.paidAfter, node.engines[last])
  }

  /// `places` between two times are borne by engine `i`.
  private mutating func add(
    _ places: Int, from start: Instant, to end: Instant,
    _ kind: WritableKeyPath<Self, [[Instant]]>, _ i: Int
  ) {
    guard places > 0, start < end else { return }
    for window in Int(start / windowLength)...Int((end - 1) / windowLength) {
      let first = Instant(window) * windowLength
      let overlap = min(end, first + windowLength) - max(start, first)
      self[keyPath: kind][i][window] += Instant(places) * overlap
    }
  }
}
