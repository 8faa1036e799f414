import SimKernel
import TraceArchive

/// Which rows of a trace are replayed.
struct TraceRows {
  /// Row numbers of the trace, ascending; the n-th is request n.
  private(set) var kept: [Int32] = []
  /// The request each row of the trace becomes; -1: none.
  private(set) var request: [Int32]

  init(_ trace: RequestTrace, options: TraceReplay) {
    request = [Int32](repeating: -1, count: trace.count)
    let from = Int64(options.from.picoseconds / 1000)
    let to = options.to.map { Int64($0.picoseconds / 1000) } ?? .max
    let limit = options.limit ?? .max
    let isWindow = from > 0 || options.to != nil
    for row in 0..<trace.count {
      guard kept.count < limit else { break }
      let arrival = trace.arrivals[row]
      let isKept =
        arrival == RequestTrace.noArrival
        ? isKeptWithOthers(row, trace, isWindow: isWindow) : (from..<to).contains(arrival)
      guard isKept else { continue }
      request[row] = Int32(kept.count)
      kept.append(Int32(row))
    }
  }

  /// A row without arrival is kept when all it waits for are; with nothing to wait for, when the
  /// whole trace is.
  private func isKeptWithOthers(_ row: Int, _ trace: RequestTrace, isWindow: Bool) -> Bool {
    let others = trace.rowsWaitedFor(by: row)
    guard !others.isEmpty else { return !isWindow }
    return others.allSatisfy { request[Int($0)] >= 0 }
  }
}

extension RequestTrace {
  /// The rows that have to end before this one is sent, as the trace states it.
  func rowsWaitedFor(by row: Int) -> [Int32] {
    if let lists = dependsOn, !lists[row].isEmpty { return Array(lists[row]) }
    guard let parents, parents[row] >= 0 else { return [] }
    return [parents[row]]
  }
}
