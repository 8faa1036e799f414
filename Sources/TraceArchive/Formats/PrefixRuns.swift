/// llm-trace's short form of block ids, `=K|a+n;b+n`: the first K ids of the row that this one goes
/// on from, then the runs a..<a+n and b..<b+n. Without `=K|` only runs; without `+n` one id.
enum PrefixRuns {
  /// Ids that a row can have: 128 MiB of them, some 16 million blocks of a prompt.
  static let most = 1 << 24
  /// Runs of ids that a trace in memory can have: 4 GiB of them.
  static let mostOfTrace = 1 << 28

  /// Appends the ids; at most `limit`, which keeps a misprinted count from filling the memory.
  /// Returns what is wrong, with some ids appended, or nil.
  static func append(
    _ text: String, inherited: BlockRuns, limit: Int, to ids: inout BlockRuns
  ) -> String? {
    var rest = Substring(text)
    let before = ids.count
    if rest.hasPrefix("=") {
      let parts = rest.dropFirst().split(
        separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      guard let count = Int(parts[0]), count >= 0 else { return form }
      guard count <= inherited.count else {
        return "takes \(count) ids from a row that has \(inherited.count)"
      }
      ids.append(contentsOf: inherited.prefix(count))
      rest = parts.count > 1 ? parts[1] : ""
    }
    for run in rest.split(separator: ";") {
      let parts = run.split(separator: "+", omittingEmptySubsequences: false)
      guard parts.count <= 2, let first = Int64(parts[0]),
        let count = parts.count == 2 ? Int64(parts[1]) : 1, count >= 1,
        !first.addingReportingOverflow(count).overflow
      else { return form }
      guard Int64(ids.count - before) <= Int64(limit) - min(count, Int64(limit) + 1) else {
        guard limit < most else { return "has more than \(most) ids, which is all a row can have" }
        return tooMany
      }
      ids.append(BlockRuns.Run(first, first + count - 1))
    }
    return nil
  }

  /// The short form of ids for a row that goes on from one with the ids `inherited`.
  static func text(_ ids: BlockRuns, inherited: BlockRuns) -> String {
    let shared = ids.sharedCount(with: inherited)
    let rest = ids.dropFirst(shared).runs.map { run in
      run.count > 1 ? "\(run.first)+\(run.count)" : "\(run.first)"
    }
    return (shared > 0 ? "=\(shared)|" : "") + rest.joined(separator: ";")
  }

  static let tooMany = "has more ids than blocks"
  private static let form = "is no list of ids like [1, 2, 3] or =2|10+3;20+1"
}

/// The block ids of many rows.
struct PrefixStore {
  private var runs: [BlockRuns.Run] = []
  /// The runs of row i are `start[i]..<start[i + 1]`.
  private var start = [0]

  mutating func append(_ ids: BlockRuns) {
    runs.append(contentsOf: ids.runs)
    start.append(runs.count)
  }

  subscript(row: Int32) -> BlockRuns {
    guard Int(row) + 1 < start.count else { return BlockRuns() }
    return BlockRuns(runs[start[Int(row)]..<start[Int(row) + 1]])
  }
}
