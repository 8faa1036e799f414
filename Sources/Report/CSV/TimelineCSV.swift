import ServingModel
package import ServingSim
import SimKernel
package import TextAndBytes

/// timeline.csv: one row a window of time and replica, by time. Means are over the row's time: a
/// window's, as far as it lies before the run's end and the replica was part of the fleet. What
/// cannot be told is empty.
package enum TimelineCSV {
  /// Hands the file's bytes to `sink` in chunks of about 1 MiB; rethrows its errors.
  package static func write(_ run: FinishedRun, to sink: @escaping ByteSink) throws {
    let recording = run.recording
    let engines = run.engineNumbers
    let longest = Instant(recording.replicas.first?.windowLength.picoseconds ?? 0)
    var csv = CSVBuffer(to: sink)
    try header(to: &csv)
    for (index, length) in recording.windowLengths.enumerated() {
      let length = Instant(length)
      let start = Instant(index) * longest
      for (number, replica) in recording.replicas.enumerated() {
        let presence = replica.presence(from: start, to: start + length)
        guard presence > 0 else { continue }
        let stretch = Stretch(
          window: index, start: max(start, replica.joined.picoseconds), length: presence,
          absence: length - presence)
        try row(
          engines[number], stretch, meter: run.replicas[number].meter, recording: replica, to: &csv)
      }
    }
    try csv.flush()
  }

  /// The part of a window in which a replica was there, in picoseconds.
  private struct Stretch {
    var window: Int
    var start: Instant
    var length: Instant
    /// The rest of the window.
    var absence: Instant
  }

  private static func header(to csv: inout CSVBuffer) throws {
    csv.field("time_s")
    csv.field("window_s")
    csv.field("replica")
    csv.field("running")
    csv.field("waiting")
    csv.field("kv_use")
    csv.field("prefix_hit_ratio")
    csv.field("preemptions")
    csv.field("arrived")
    csv.field("finished")
    csv.field("busy_share")
    csv.field("prompt_tokens_per_s")
    csv.field("output_tokens_per_s")
    csv.field("mfu")
    csv.field("mbu")
    csv.field("off_share")
    csv.field("dp_rank")
    try csv.endRow()
  }

  private static func row(
    _ engine: EngineNumber, _ stretch: Stretch, meter: WorkMeter?, recording: ReplicaRecording,
    to csv: inout CSVBuffer
  ) throws {
    let window = recording.windows[stretch.window]
    let load = LoadFigures(
      CollectionOfOne(window), time: Double(stretch.length), absence: Double(stretch.absence),
      usableBlocks: recording.usableBlocks, meter: meter)
    csv.seconds(stretch.start)
    csv.seconds(stretch.length)
    csv.field(engine.replica)
    csv.field(load.running)
    csv.field(load.waiting)
    csv.field(load.cacheUse)
    csv.field(ratio(Double(window.cachedTokens), Double(window.lookedUpTokens)))
    csv.field(Int64(window.preemptions))
    csv.field(Int64(window.arrived))
    csv.field(Int64(window.finished))
    csv.field(load.busyShare)
    csv.field(load.promptTokensPerSecond)
    csv.field(load.outputTokensPerSecond)
    csv.field(load.modelFLOPsUtilization)
    csv.field(load.modelBandwidthUtilization)
    csv.field(load.offShare)
    csv.field(engine.rank)
    try csv.endRow()
  }
}
