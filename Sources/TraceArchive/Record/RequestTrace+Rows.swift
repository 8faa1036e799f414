import ServingModel

/// What readers do to a trace after its last row.
extension RequestTrace {
  private func isDropped(_ row: Int32) -> Bool {
    inputTokens[Int(row)] == 0 || outputTokens[Int(row)] == 0
  }

  /// Rows that go on from a dropped row, or wait for it, get what that row goes on from. One that
  /// is left with nothing to wait for arrives when the dropped row did. Returns whether a row got
  /// an arrival. Parents stand above their children.
  mutating func passOnDroppedRows() -> Bool {
    guard var parents else { return false }
    var gotArrival = false
    for row in parents.indices {
      let parent = parents[row]
      guard parent >= 0, isDropped(parent) else { continue }
      parents[row] = parents[Int(parent)]
      if parents[row] < 0, arrivals[row] == Self.noArrival {
        arrivals[row] = arrivals[Int(parent)]
        gotArrival = gotArrival || arrivals[row] != Self.noArrival
      }
    }
    self.parents = parents
    if var lists = dependsOn {
      for entry in lists.rows.indices where isDropped(lists.rows[entry]) {
        lists.rows[entry] = parents[Int(lists.rows[entry])]
      }
      dependsOn = lists
    }
    return gotArrival
  }

  /// Keeps the given rows, in the given order.
  mutating func keep(_ order: [Int32]) {
    var newRow = [Int32](repeating: -1, count: count)
    for (new, old) in order.enumerated() { newRow[Int(old)] = Int32(new) }
    arrivals = order.map { arrivals[Int($0)] }
    inputTokens = order.map { inputTokens[Int($0)] }
    outputTokens = order.map { outputTokens[Int($0)] }
    sessions = sessions.map { column in order.map { column[Int($0)] } }
    turns = turns.map { column in order.map { column[Int($0)] } }
    thinkTimes = thinkTimes.map { column in order.map { column[Int($0)] } }
    priorities = priorities.map { column in order.map { column[Int($0)] } }
    traits = traits.of(order.map { Int($0) })
    deadlines = deadlines.map { column in order.map { column[Int($0)] } }
    segments = segments.map { column in order.map { column[Int($0)] } }
    answersInContext = answersInContext.map { column in order.map { column[Int($0)] } }
    parents = parents.map { column in
      order.map { old in
        let parent = column[Int(old)]
        return parent < 0 ? -1 : newRow[Int(parent)]
      }
    }
    if let lists = dependsOn {
      var kept = RowLists()
      for old in order {
        for row in lists[Int(old)] where row >= 0 { kept.rows.append(newRow[Int(row)]) }
        kept.endRow()
      }
      dependsOn = kept
    }
    prefixes?.keep(order)
  }

  /// Counts time from the first arrival.
  mutating func rebase() {
    guard let first = arrivals.min(), first != Self.noArrival, first != 0 else { return }
    for row in arrivals.indices where arrivals[row] != Self.noArrival { arrivals[row] -= first }
  }

  /// A column without a value is no column.
  mutating func dropEmptyColumns() {
    if sessions?.allSatisfy({ $0 < 0 }) == true { sessions = nil }
    if turns?.allSatisfy({ $0 < 0 }) == true { turns = nil }
    if parents?.allSatisfy({ $0 < 0 }) == true { parents = nil }
    if dependsOn?.rows.isEmpty == true { dependsOn = nil }
    if thinkTimes?.allSatisfy({ $0 < 0 }) == true { thinkTimes = nil }
    if priorities?.allSatisfy({ $0 == 0 }) == true { priorities = nil }
    if deadlines?.allSatisfy({ $0 < 0 }) == true { deadlines = nil }
    if segments?.allSatisfy(\.isEmpty) == true { segments = nil }
    if answersInContext?.allSatisfy({ $0 < 0 }) == true { answersInContext = nil }
    if prefixes?.runs.isEmpty == true { prefixes = nil }
  }
}
