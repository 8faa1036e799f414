import SimKernel

/// How long a scenario's workload is, by the field that says it.
package enum ScenarioLength: Sendable {
  case requests(Int)
  /// Seconds in which requests arrive.
  case duration(Double)
  /// Rows of a trace that are replayed; nil: all.
  case rows(Int?)

  /// A part of it: `share` of `count` requests, of which there are at least `least`, or all.
  package func part(_ share: Double, of count: Int, atLeast least: Int) -> Override? {
    let wanted = max(Int((Double(count) * share).rounded(.up)), least)
    guard wanted < count else { return nil }
    switch self {
    case .requests: return Override(setting: "workload.synthetic.requests", to: "\(wanted)")
    case .rows: return Override(setting: "workload.trace.limit", to: "\(wanted)")
    case .duration(let seconds):
      let part = seconds * Double(wanted) / Double(count)
      return Override(setting: "workload.synthetic.duration", to: "\(part) s")
    }
  }
}

extension ScenarioTemplate {
  package func statedLength() throws(ScenarioIssues) -> ScenarioLength {
    let scenario = try read([])
    switch scenario.workload?.requests {
    case .trace(let trace): return .rows(trace.limit?.value)
    case .synthetic(let synthetic):
      if let requests = synthetic.requests { return .requests(requests.value) }
      if let duration = synthetic.duration { return .duration(duration.value.seconds) }
    case nil: break
    }
    throw ScenarioIssues([
      ScenarioIssue(origin: scenario.origin, path: "workload", message: "states no requests")
    ])
  }
}
