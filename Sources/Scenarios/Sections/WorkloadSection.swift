import SimKernel

/// `workload`: exactly one of a trace and a synthetic workload.
enum WorkloadSection: Sendable {
  case trace(TraceSection)
  case synthetic(SyntheticSection)

  init?(_ fields: Fields) {
    let trace = fields.fields("trace")
    let synthetic = fields.fields("synthetic")
    fields.finish()
    switch (trace, synthetic) {
    case (let trace?, nil):
      self = .trace(TraceSection(trace))
    case (nil, let synthetic?):
      self = .synthetic(SyntheticSection(synthetic))
    case (nil, nil):
      fields.problem("states no requests; expected trace or synthetic")
      return nil
    case (_?, _?):
      fields.problem(
        "states both trace and synthetic; keep one (--set 'workload={trace: {path: FILE}}' "
          + "replaces the whole section)")
      return nil
    }
  }
}

/// `workload.trace`: recorded requests.
struct TraceSection: Sendable {
  var origin: Origin
  var pathField: String
  var path: Stated<String>?
  var format: Stated<String>?
  var rateScale: Stated<Double>?
  var window: Stated<Window>?
  var limit: Stated<Int>?
  var sessions: Stated<SessionTiming>?
  var sort: Stated<Bool>?
  var blockSize: Stated<Int>?

  /// From and to, since the trace's start.
  struct Window: Hashable, Sendable {
    var from: SimDuration
    var to: SimDuration
  }

  init(_ fields: Fields) {
    origin = fields.origin
    pathField = fields.path("path")
    path = fields.text("path")
    format = fields.text("format")
    rateScale = fields.positive("rate_scale")
    window = Self.window(fields)
    limit = fields.wholeNumber("limit")
    sessions = fields.choice("sessions", of: SessionTiming.self)
    sort = fields.flag("sort")
    blockSize = fields.wholeNumber("block_size", in: 1...1_000_000)
    if fields.node("path") == nil { fields.missing("path", "the trace's file or directory") }
    fields.finish()
  }

  private static func window(_ fields: Fields) -> Stated<Window>? {
    guard let node = fields.node("window") else { return nil }
    let path = fields.path("window")
    guard case .list(let items) = node.content, items.count == 2 else {
      fields.issues.add(
        node.origin, path, "found \(node.found); expected two times, like [0 s, 10 min]")
      return nil
    }
    let units = Units<SimDuration>.duration
    let ends = items.enumerated().compactMap { index, item in
      fields.scalar(item, path: "\(path).\(index)", expected: units.expected) { units.parse($0) }
    }
    guard ends.count == 2 else { return nil }
    let text = "[\(ends[0].text), \(ends[1].text)]"
    guard ends[0].value < ends[1].value else {
      fields.issues.add(node.origin, path, "found \(text); expected the earlier time first")
      return nil
    }
    return Stated(
      value: Window(from: ends[0].value, to: ends[1].value), text: text, path: path,
      origin: node.origin)
  }
}

/// Whether a conversation's later turns keep their recorded times.
enum SessionTiming: String, CaseIterable, Sendable {
  /// Every request arrives when it did.
  case recorded
  /// A later turn arrives its think time after the end of the turn before it.
  case closed
}
