import ServingSim
import SimKernel
import TraceArchive

/// Which requests of a replay wait for which others.
struct TraceDependencies {
  /// nil: all have an arrival or belong to the closed loop.
  private(set) var dependencies: Dependencies?

  init(_ trace: RequestTrace, rows: TraceRows, options: TraceReplay) {
    var lastOfSession: [Int32: Int32] = [:]
    // (waited for, waiting), ascending in the latter.
    var pairs: [(from: Int32, to: Int32)] = []
    for (place, row) in rows.kept.enumerated() {
      let request = Int32(place)
      let mayWait =
        options.sessions == .closed || trace.arrivals[Int(row)] == RequestTrace.noArrival
      var others = trace.rowsWaitedFor(by: Int(row)).map { rows.request[Int($0)] }
      // Where a trace knows parents, a turn without one starts a line of its own.
      if trace.parents == nil, let session = trace.sessions?[Int(row)], session >= 0 {
        let last = lastOfSession.updateValue(request, forKey: session)
        if others.isEmpty, let last { others = [last] }
      }
      guard mayWait else { continue }
      // A row recorded before what it names does not wait, so nothing can wait in a circle.
      for other in others where other >= 0 && other < request { pairs.append((other, request)) }
    }
    guard !pairs.isEmpty else { return }
    dependencies = Self.table(
      pairs, thinkTimes: rows.kept.map { Self.thinkTime(trace, Int($0), options) })
  }

  func isIndependent(_ request: Int) -> Bool {
    dependencies.map { $0.waitsFor[request] == 0 } ?? true
  }

  private static func thinkTime(
    _ trace: RequestTrace, _ row: Int, _ options: TraceReplay
  ) -> SimDuration {
    guard let think = trace.thinkTimes?[row], think >= 0 else { return options.thinkTime }
    return SimDuration(picoseconds: min(think, SimDuration.longest.picoseconds / 1000) * 1000)
  }

  private static func table(
    _ pairs: [(from: Int32, to: Int32)], thinkTimes: [SimDuration]
  ) -> Dependencies {
    let count = thinkTimes.count
    var waitsFor = [Int32](repeating: 0, count: count)
    var first = [Int32](repeating: 0, count: count + 1)
    for pair in pairs {
      waitsFor[Int(pair.to)] += 1
      first[Int(pair.from) + 1] += 1
    }
    for request in 0..<count { first[request + 1] += first[request] }
    var next = first
    var dependents = [Int32](repeating: 0, count: pairs.count)
    for pair in pairs {
      dependents[Int(next[Int(pair.from)])] = pair.to
      next[Int(pair.from)] += 1
    }
    return Dependencies(
      waitsFor: waitsFor, firstDependent: first, dependents: dependents, thinkTimes: thinkTimes)
  }
}
