import SimKernel

/// Which session each request belongs to, so that a store of the last sessions used is hit as
/// often as published: each request is of the session that was used `depth` sessions ago, with the
/// depths' law read off the published hit ratios.
enum SessionOrder {
  /// `reuse`: the first of `MarconiTotals.reuse` that hits, or their number.
  typealias Place = (session: Int, reuse: Int)

  static func draw(_ count: Int, _ random: RandomStream) -> [Place] {
    var random = random
    /// The most recently used first.
    var stack: [Int] = []
    return (0..<count).map { index in
      let depth = depth(&random, stack.count, left: count - index)
      let isNew = depth == stack.count
      let session = isNew ? stack.count : stack.remove(at: depth)
      stack.insert(session, at: 0)
      let rows = MarconiTotals.reuse
      let reuse = isNew ? nil : rows.firstIndex { depth < $0.kept }
      return (session, reuse ?? rows.count)
    }
  }

  /// From 0; `known` is a session that is new.
  private static func depth(_ random: inout RandomStream, _ known: Int, left: Int) -> Int {
    let share = random.uniform()
    var least = 0
    for row in MarconiTotals.reuse {
      if share < row.hits { return min(known, least + random.integer(below: row.kept - least)) }
      least = row.kept
    }
    let missing = MarconiTotals.sessions - known
    // New sessions come evenly over what is left of the trace.
    let others = Double(left) * (1 - MarconiTotals.reuse[5].hits)
    if known <= least || random.uniform() * others < Double(missing) {
      return missing > 0 ? known : least
    }
    return least + random.integer(below: known - least)
  }
}
