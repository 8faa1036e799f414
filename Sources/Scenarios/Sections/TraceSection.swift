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
    path = fields.text("path")
    format = fields.choice("format", of: TraceFormat.self)
    rateScale = fields.scalar("rate_scale", expected: "a number from 0.001 to 1000000") { text in
      Fields.number(text).flatMap { (0.001...1e6).contains($0) ? $0 : nil }
    }
    window = Self.window(fields)
    limit = fields.wholeNumber("limit")
    sessions = fields.choice("sessions", of: TraceReplay.SessionMode.self)
    thinkTime = fields.quantity("think_time", .duration, zeroAllowed: true)
    concurrency = fields.wholeNumber("concurrency", in: 1...10_000_000)
    sort = fields.flag("sort")
    blockSize = fields.wholeNumber("block_size", in: 1...1_000_000)
    columns = Self.columns(fields)
    timeUnit = fields.choice("time_unit", of: TimeUnit.self)
    if fields.node("path") == nil { fields.missing("path", "the trace's file or directory") }
    fields.finish()
  }

  private static func columns(_ fields: Fields) -> [Stated<String>] {
    guard let node = fields.node("columns"), !node.isEmpty else { return [] }
    let path = fields.path("columns")
    let expected = "a mapping of fields to columns, like {arrival: created_at, extra: [date, time]}"
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
    guard let node = fields.node("window") else { return nil }
    let path = fields.path("window")
    guard case .list(let items) = node.content, items.count == 2 else {
      fields.issues.add(
        node.origin, path, "found \(node.found); expected two times, like [0 s, 10 min]")
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
