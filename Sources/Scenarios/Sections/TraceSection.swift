import SimKernel
import TraceArchive
import TextAndBytes

/// `workload.trace`: recorded requests.
struct TraceSection: Sendable {
  /// `workload.trace`.
  var field: String
  var path: Stated<String>?
  var format: Stated<TraceFormat>?
  var rateScale: Stated<Double>?
  var window: Window?
  var limit: Stated<Int>?
  var sessions: Stated<TraceReplay.SessionMode>?
  var thinkTime: Stated<SimDuration>?
  var concurrency: Stated<Int>?
  var sort: Stated<Bool>?
  var blockSize: Stated<Int>?
  /// Which column is which field, as `field=column`.
  var columns: [Stated<String>]
  var timeUnit: Stated<TimeUnit>?

  /// From and to, since the trace's start.
  struct Window: Sendable {
    var from: Stated<SimTime>
    var to: Stated<SimTime>
  }

  init(_ fields: Fields) {
    field = fields.path
    fields.introduce("Files may be compressed with gzip.")
    path = fields.text(
      "path",
      "A file, or the directory of an llm-trace. Relative paths start from the scenario's folder; in "
        + "`--set`, from the working directory.",
      .required("the trace's file or directory"))
    format = fields.choice(
      "format", of: TraceFormat.self, "The file's format: [Traces](Traces.md).",
      .default("told by the columns"), each: \.summary)
    rateScale = fields.number(
      "rate_scale", in: 0.001...1e6, expected: "a number from 0.001 to 1000000",
      "Requests arrive this many times as fast as recorded. Think times stay as they are.",
      .default("1"))
    window = Self.window(fields)
    limit = fields.wholeNumber("limit", "Only this many requests, from the first of the window on.")
    sessions = fields.choice(
      "sessions", of: TraceReplay.SessionMode.self, "When the later turns of sessions are sent.",
      .default("recorded"), each: \.meaning)
    thinkTime = fields.quantity(
      "think_time", .duration, zeroAllowed: true,
      "The think time before turns that wait for the turn before and whose own think time the trace "
        + "does not know.",
      .default("0 s"))
    concurrency = fields.wholeNumber(
      "concurrency", in: 1...10_000_000,
      "Clients that send the requests that have neither an arrival nor a turn to wait for. Without "
        + "it such requests are refused, since nothing says when they arrive.")
    sort = fields.flag(
      "sort",
      "Sorts rows by arrival; otherwise a trace out of order is refused. "
        + "\(Spelling.list(TraceFormat.unordered.map(\.rawValue))) have no order by their nature and "
        + "are always sorted; `simulate` then says so.",
      .default("false"))
    blockSize = fields.wholeNumber(
      "block_size", in: 1...1_000_000, "Tokens that one block id of a Mooncake trace stands for.",
      .default("512"))
    columns = Self.columns(fields)
    timeUnit = fields.choice(
      "time_unit", of: TimeUnit.self, "The unit of arrivals that are numbers.",
      .default(
        "that of the format or of the column's name; else it is told by the values, and a trace where "
          + "they leave a doubt is refused"))
    fields.finish()
  }

  private static func columns(_ fields: Fields) -> [Stated<String>] {
    let expected = "a mapping of fields to columns, like {arrival: created_at, extra: [date, time]}"
    let node = fields.node(
      "columns", expected,
      "Which field of [llm-trace](TraceFormat.md) each column of a log is, as `--map` has it. "
        + "`arrival` takes dates and numbers; `arrival_ms` and the like state a unit; `extra` names "
        + "columns to leave out.",
      .default("told by the names of the columns: [Traces](Traces.md)"))
    guard let node, !node.isEmpty else { return [] }
    let path = fields.path("columns")
    guard case .mapping(let entries) = node.content else {
      fields.issues.add(node.origin, path, "found \(node.found); expected \(expected)")
      return []
    }
    return entries.flatMap { entry in
      var items = [entry.value]
      if case .list(let list) = entry.value.content { items = list }
      return items.compactMap { item in
        fields.scalar(item, path: "\(path).\(entry.key)", expected: "a column's name") { text in
          "\(entry.key)=\(text)"
        }
      }
    }
  }

  private static func window(_ fields: Fields) -> Window? {
    let expected = "two times, like [0 s, 10 min]"
    let node = fields.node(
      "window", expected,
      "Only requests that arrive from the first time on and before the second. Times are counted "
        + "from the first arrival of the trace; the run starts at the first of the two.")
    guard let node else { return nil }
    let path = fields.path("window")
    guard case .list(let items) = node.content, items.count == 2 else {
      fields.issues.add(node.origin, path, "found \(node.found); expected \(expected)")
      return nil
    }
    let units = Units<SimTime>.time
    let ends = items.enumerated().compactMap { index, item in
      var found = ""
      return fields.scalar(
        item, path: "\(path).\(index)",
        expected: units.expected(for: found) + units.hint(for: found)
      ) {
        found = $0
        return units.parse($0)
      }
    }
    guard ends.count == 2 else { return nil }
    guard ends[0].value < ends[1].value else {
      fields.issues.add(
        node.origin, path,
        "found [\(ends[0].text), \(ends[1].text)]; expected the earlier time first")
      return nil
    }
    return Window(from: ends[0], to: ends[1])
  }
}
