/// Block ids in their order, as runs of consecutive ones: a prompt of thousands of blocks is a few of
/// them. Runs are as long as they can be, so equal lists of ids have equal runs.
package struct BlockRuns: Hashable, Sendable {
  package struct Run: Hashable, Sendable {
    package var first: Int64
    /// Not before the first.
    package var last: Int64

    package init(_ first: Int64, _ last: Int64) {
      self.first = first
      self.last = last
    }

    package init(id: Int64) { self.init(id, id) }

    package var count: Int { Int(last - first) + 1 }
  }

  package private(set) var runs: [Run] = []
  /// How many ids they are.
  package private(set) var count = 0

  package init() {}

  package init(_ ids: [Int64]) {
    for id in ids { append(Run(id: id)) }
  }

  package init(_ runs: some Sequence<Run>) {
    for run in runs { append(run) }
  }

  package var isEmpty: Bool { count == 0 }

  /// Every id.
  package var ids: [Int64] {
    var ids: [Int64] = []
    ids.reserveCapacity(count)
    for run in runs { ids.append(contentsOf: run.first...run.last) }
    return ids
  }

  package mutating func append(_ run: Run) {
    count += run.count
    if let end = runs.last?.last, end < .max, end + 1 == run.first {
      runs[runs.count - 1].last = run.last
    } else {
      runs.append(run)
    }
  }

  package mutating func append(contentsOf other: BlockRuns) {
    for run in other.runs { append(run) }
  }

  /// The first so many ids; all where there are fewer.
  package func prefix(_ most: Int) -> BlockRuns {
    var prefix = BlockRuns()
    for run in runs where prefix.count < most {
      let taken = min(run.count, most - prefix.count)
      prefix.append(Run(run.first, run.first + Int64(taken - 1)))
    }
    return prefix
  }

  /// All but the first so many ids.
  package func dropFirst(_ dropped: Int) -> BlockRuns {
    var left = dropped
    var rest = BlockRuns()
    for run in runs {
      let skipped = min(run.count, left)
      left -= skipped
      if skipped < run.count { rest.append(Run(run.first + Int64(skipped), run.last)) }
    }
    return rest
  }

  /// How many leading ids two lists share.
  package func sharedCount(with other: BlockRuns) -> Int {
    var shared = 0
    for (run, theirs) in zip(runs, other.runs) {
      guard run.first == theirs.first else { break }
      shared += min(run.count, theirs.count)
      guard run.last == theirs.last else { break }
    }
    return shared
  }
}
