import ServingModel
import SimKernel
package import TextAndBytes
import ServingSim

/// A timeline as a trace of Perfetto (perfetto/trace/perfetto_trace.proto): smaller than JSON and
/// read as it is by Perfetto's viewer. A track for each replica's steps, one for each request, with
/// its preemptions as instants, and counters of KV blocks and batch. Times are nanoseconds.
package enum PerfettoTrace {
  /// Hands the file's bytes to `sink` in chunks of about 1 MiB; rethrows its errors.
  package static func write(_ timeline: RunTimeline, to sink: @escaping ByteSink) throws {
    var packets = PacketList(to: sink)
    for replica in timeline.replicas { try write(replica, timeline, to: &packets) }
    try packets.flush()
  }

  private static func write(
    _ replica: RunTimeline.ReplicaTimeline, _ timeline: RunTimeline, to packets: inout PacketList
  ) throws {
    let process = packets.newTrack()
    try packets.describe(process) { track in
      track.add(3) { descriptor in
        descriptor.add(1, replica.number + 1)
        descriptor.add(6, replica.title)
      }
    }
    let steps = try packets.track(named: "steps", below: process)
    let counters = try ["KV blocks", "batch"].map {
      try packets.track(named: $0, below: process, isCounter: true)
    }
    for step in replica.steps {
      try packets.begin(StepSummary(step).name, at: step.start, on: steps)
      for (track, value) in zip(counters, [step.usedBlocks, step.batch.count]) {
        try packets.count(value, at: step.start, on: track)
      }
      try packets.end(at: step.end, on: steps)
    }
    for request in RequestSlices.all(of: replica.number, timeline) {
      let track = try packets.track(named: "requests", below: process)
      try packets.begin(
        request.name, at: request.start, on: track, annotations: request.arguments)
      for part in request.parts {
        try packets.begin(part.name, at: part.start, on: track)
        try packets.end(at: part.end, on: track)
      }
      for time in request.preemptions { try packets.mark("preempted", at: time, on: track) }
      try packets.end(at: request.end, on: track)
    }
  }
}

/// Packets, handed on when there is about a megabyte of them.
private struct PacketList {
  private var trace = ProtobufMessage()
  private var tracks: UInt64 = 0
  private let sink: ByteSink

  init(to sink: @escaping ByteSink) { self.sink = sink }

  mutating func newTrack() -> UInt64 {
    tracks += 1
    return tracks
  }

  mutating func track(
    named name: String, below parent: UInt64, isCounter: Bool = false
  ) throws -> UInt64 {
    let track = newTrack()
    try describe(track) { descriptor in
      descriptor.add(2, name)
      descriptor.add(5, parent)
      if isCounter { descriptor.add(8) { _ in } }
    }
    return track
  }

  mutating func describe(_ track: UInt64, _ fill: (inout ProtobufMessage) -> Void) throws {
    try add { packet in
      packet.add(60) { descriptor in
        descriptor.add(1, track)
        fill(&descriptor)
      }
    }
  }

  mutating func begin(
    _ name: String, at time: SimTime, on track: UInt64,
    annotations: [(name: String, value: Int)] = []
  ) throws {
    try event(1, at: time, on: track) { event in
      event.add(23, name)
      for annotation in annotations {
        event.add(4) { message in
          message.add(4, annotation.value)
          message.add(10, annotation.name)
        }
      }
    }
  }

  mutating func end(at time: SimTime, on track: UInt64) throws {
    try event(2, at: time, on: track) { _ in }
  }

  /// Something that takes no time.
  mutating func mark(_ name: String, at time: SimTime, on track: UInt64) throws {
    try event(3, at: time, on: track) { $0.add(23, name) }
  }

  mutating func count(_ value: Int, at time: SimTime, on track: UInt64) throws {
    try event(4, at: time, on: track) { $0.add(30, value) }
  }

  private mutating func event(
    _ type: Int, at time: SimTime, on track: UInt64, _ fill: (inout ProtobufMessage) -> Void
  ) throws {
    try add { packet in
      packet.add(8, UInt64(time.picoseconds / 1000))
      packet.add(11) { event in
        event.add(9, type)
        event.add(11, track)
        fill(&event)
      }
    }
  }

  private mutating func add(_ fill: (inout ProtobufMessage) -> Void) throws {
    trace.add(1) { packet in
      fill(&packet)
      // All packets are of one sequence.
      packet.add(10, 1)
    }
    if trace.bytes.count > 1 << 20 { try flush() }
  }

  mutating func flush() throws {
    try trace.bytes.withUnsafeBytes { try sink($0) }
    trace = ProtobufMessage()
  }
}
