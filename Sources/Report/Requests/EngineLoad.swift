import ServingSim
package import SimKernel

/// What an engine did meanwhile: means over the windows of time that a stretch lies in, and all that a
/// run recorded of them.
package struct EngineLoad: Hashable, Sendable {
  /// In the order of the run's engines.
  package var engine: Int
  /// Of the windows, in picoseconds.
  package var start: Instant
  package var end: Instant
  package var running: Double?
  package var waiting: Double?
  /// Share of its KV blocks that requests held.
  package var cacheUse: Double?
  package var busyShare: Double?
  package var preemptions: Int

  /// nil: the run has no windows.
  init?(_ run: FinishedRun, engine: Int, from start: SimTime, until end: SimTime) {
    let recording = run.recording.replicas[engine]
    let length = Instant(recording.windowLength.picoseconds)
    let count = recording.windows.count
    guard length > 0, count > 0 else { return nil }
    let first = Int(clamping: max(0, min(start.picoseconds / length, Instant(count) - 1)))
    let last = Int(
      clamping: max(Instant(first), min((end.picoseconds - 1) / length, Instant(count) - 1)))
    self.engine = engine
    self.start = Instant(first) * length
    self.end = min(Instant(last + 1) * length, run.recording.end.picoseconds)
    let presence = recording.presence(from: self.start, to: self.end)
    let load = LoadFigures(
      recording.windows[first...last], time: Double(presence),
      absence: Double(self.end - self.start - presence), usableBlocks: recording.usableBlocks,
      meter: nil)
    running = load.running
    waiting = load.waiting
    cacheUse = load.cacheUse
    busyShare = load.busyShare
    preemptions = recording.windows[first...last].reduce(0) { $0 + $1.preemptions }
  }
}
