package import TraceArchive

/// A request and the times that the original gives it.
package struct ServedRequest: Sendable {
  /// From 0, in the order of the trace.
  package var index: Int
  package var tokens: Int
  /// Nanoseconds as the trace has it.
  package var arrival: Int64?
  /// Seconds.
  package var prefill: Double
  package var decode: Double

  package var total: Double { prefill + decode }
}

/// The original's pass over a trace: a request after the other, each alone.
package struct OriginalRun: Sendable {
  private let settings: OriginalSettings
  private let times: ServiceTimes
  private var cache: PrefixCache
  private let looksUp: Bool
  private let savesMatched: Bool
  private var latencies: [Double] = []
  private(set) package var prefillSeconds = 0.0
  private(set) package var decodeSeconds = 0.0

  package init(_ settings: OriginalSettings) {
    let behaviour = settings.behaviour
    self.settings = settings
    times = ServiceTimes(
      settings.gpu, settings.model, hasKVCache: settings.hasKVCache, behaviour)
    cache = PrefixCache(
      minimum: settings.prefixMinimum, capacity: settings.cachedPrompts, scope: settings.scope,
      isPerSession: behaviour.corrects(.sessions))
    looksUp = settings.policy != .none || !behaviour.corrects(.lookups)
    savesMatched = behaviour.corrects(.saving)
  }

  package var requests: Int { latencies.count }
  package var hits: Int { cache.hits }
  package var evictions: Int { cache.evictions }
  /// Of all requests, those without tokens included; 0 where there are none.
  package var hitRatio: Double { requests == 0 ? 0 : Double(hits) / Double(requests) }

  /// Milliseconds below which 95 % of the requests are; nil without any.
  package func latency95() -> Double? {
    var sorted = latencies
    return Percentile.linear(0.95, &sorted)
  }

  /// Serves all requests of a trace and writes what became of them.
  package mutating func play(
    _ trace: OriginalTrace, into tasks: inout TaskTable, _ fragments: inout FragmentTable
  ) throws {
    try trace.read { row in
      let served = serve(row)
      try tasks.append(served)
      try fragments.append(served)
    }
    try tasks.finish()
    try fragments.finish()
  }

  /// Serves the next request.
  package mutating func serve(_ row: borrowing KavierRow) -> ServedRequest {
    var served = ServedRequest(
      index: requests, tokens: row.inputTokens + row.outputTokens, arrival: row.arrival,
      prefill: times.prefill(row.inputTokens),
      decode: times.decode(row.outputTokens, after: row.inputTokens))
    if !row.tokens.isEmpty, looksUp, row.inputTokens >= cache.minimum {
      lookUp(row, &served)
    }
    prefillSeconds += served.prefill
    decodeSeconds += served.decode
    latencies.append(served.total * 1000)
    return served
  }

  private mutating func lookUp(_ row: borrowing KavierRow, _ served: inout ServedRequest) {
    let key = Array(row.tokens.prefix(cache.minimum))
    guard cache.lookUp(row.session, key) else { return }
    if settings.policy != .none {
      served.prefill = savesMatched ? served.prefill - times.computing(key.count) : 0
    }
    if settings.policy == .full { served.decode = 0 }
  }

  /// The text that the original prints and leaves in `_sim_results.txt`.
  package func summary() -> String { RunSummary(settings, self).text }
}
