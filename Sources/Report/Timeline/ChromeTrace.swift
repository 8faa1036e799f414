import ServingSim
import SimKernel
package import TextAndBytes

/// A timeline as a Chrome trace in JSON, which Perfetto's viewer and chrome://tracing open: a
/// process for each replica, with its steps, its requests and what it holds.
package enum ChromeTrace {
  /// Hands the file's bytes to `sink` in chunks of about 1 MiB; rethrows its errors.
  package static func write(_ timeline: RunTimeline, to sink: @escaping ByteSink) throws {
    var events = EventList(to: sink)
    try events.begin(timeline.name)
    for replica in timeline.replicas {
      let process = replica.number + 1
      try events.add([
        ("ph", .string("M")), ("name", .string("process_name")), ("pid", .count(process)),
        ("args", .object(of: [("name", .string(replica.title))])),
      ])
      try events.add([
        ("ph", .string("M")), ("name", .string("thread_name")), ("pid", .count(process)),
        ("tid", .count(1)), ("args", .object(of: [("name", .string("steps"))])),
      ])
      for step in replica.steps { try add(step, process, to: &events) }
      try addRequests(of: replica.number, timeline, to: &events)
    }
    try events.end()
  }

  private static func add(_ step: TracedStep, _ process: Int, to events: inout EventList) throws {
    let work = StepSummary(step)
    try events.add([
      ("ph", .string("X")), ("cat", .string("step")), ("name", .string(work.name)),
      ("pid", .count(process)), ("tid", .count(1)), ("ts", .microseconds(step.start)),
      ("dur", .microseconds(step.end.since(step.start))),
      (
        "args",
        .object(of: [
          ("prefill_tokens", .count(work.prefillTokens)),
          ("decode_sequences", .count(work.decoding)),
          ("requests", .array(step.batch.map { .count($0.request) })),
          ("preempted", .array(step.preempted.map { .count($0) })),
        ])
      ),
    ])
    for (name, value) in [("KV blocks", step.usedBlocks), ("batch", step.batch.count)] {
      try events.add([
        ("ph", .string("C")), ("name", .string(name)), ("pid", .count(process)),
        ("ts", .microseconds(step.start)), ("args", .object(of: [("count", .count(value))])),
      ])
    }
  }

  /// Each request as a slice with its parts inside.
  private static func addRequests(
    of replica: Int, _ timeline: RunTimeline, to events: inout EventList
  ) throws {
    for request in RequestSlices.all(of: replica, timeline) {
      let whole = RequestSlices.Part(
        name: request.name, start: request.start, end: request.end)
      try events.addSlice(
        whole, request: request.number, process: replica + 1,
        arguments: request.arguments.map { ($0.name, .count($0.value)) })
      for part in request.parts {
        try events.addSlice(
          part, request: request.number, process: replica + 1, arguments: [])
      }
      for time in request.preemptions {
        try events.addInstant(
          "preempted", at: time, request: request.number, process: replica + 1)
      }
    }
  }
}

/// What a step does, in a few words.
struct StepSummary {
  var prefillTokens = 0
  var decoding = 0

  init(_ step: TracedStep) {
    // A sequence with one token may be the end of a prompt; that is told apart nowhere.
    for part in step.batch {
      if part.tokens == 1 { decoding += 1 } else { prefillTokens += part.tokens }
    }
  }

  var name: String {
    let parts =
      (prefillTokens > 0 ? ["prefill \(prefillTokens)"] : [])
      + (decoding > 0 ? ["decode \(decoding)"] : [])
    return parts.joined(separator: " + ")
  }
}

/// The events of a Chrome trace, one a line.
private struct EventList {
  private var text = ""
  private var isFirst = true
  private let sink: ByteSink

  init(to sink: @escaping ByteSink) { self.sink = sink }

  mutating func begin(_ name: String) throws {
    text = "{\"displayTimeUnit\":\"ms\",\"otherData\":"
    text += JSON.object(of: [("run", .string(name))]).compact
    text += ",\"traceEvents\":[\n"
  }

  mutating func add(_ fields: [(key: String, value: JSON)]) throws {
    if !isFirst { text += ",\n" }
    isFirst = false
    text += JSON.object(of: fields).compact
    if text.utf8.count > 1 << 20 { try flush() }
  }

  /// A nestable pair of events.
  mutating func addSlice(
    _ slice: RequestSlices.Part, request: Int, process: Int,
    arguments: [(key: String, value: JSON)]
  ) throws {
    for (phase, time) in [("b", slice.start), ("e", slice.end)] {
      var fields = Self.event(phase, slice.name, at: time, request: request, process: process)
      if phase == "b", !arguments.isEmpty { fields.append(("args", .object(of: arguments))) }
      try add(fields)
    }
  }

  /// Something that takes no time, beside a request's slices.
  mutating func addInstant(
    _ name: String, at time: SimTime, request: Int, process: Int
  ) throws {
    try add(Self.event("n", name, at: time, request: request, process: process))
  }

  private static func event(
    _ phase: String, _ name: String, at time: SimTime, request: Int, process: Int
  ) -> [(key: String, value: JSON)] {
    [
      ("ph", .string(phase)), ("cat", .string("request")), ("name", .string(name)),
      ("id", .count(request)), ("pid", .count(process)), ("tid", .count(2)),
      ("ts", .microseconds(time)),
    ]
  }

  mutating func end() throws {
    text += "\n]}\n"
    try flush()
  }

  private mutating func flush() throws {
    try Array(text.utf8).withUnsafeBytes { try sink($0) }
    text.removeAll(keepingCapacity: true)
  }
}

extension JSON {
  /// A time in microseconds with all its digits.
  fileprivate static func microseconds(_ picoseconds: Instant) -> JSON {
    let rest = String(picoseconds % 1_000_000)
    return .number(
      "\(picoseconds / 1_000_000)." + String(repeating: "0", count: 6 - rest.count) + rest)
  }

  fileprivate static func microseconds(_ time: SimTime) -> JSON {
    microseconds(time.picoseconds)
  }

  fileprivate static func microseconds(_ time: SimDuration) -> JSON {
    microseconds(Instant(time.picoseconds))
  }
}
