/// llm-trace's short form of block ids, `=K|a+n;b+n`: the first K ids of the row that this one goes
/// on from, then the runs a..<a+n and b..<b+n. Without `=K|` only runs; without `+n` one id.
enum PrefixRuns {
  /// Appends the ids; at most `limit`, which keeps a misprinted count from filling the memory.
  /// Returns what is wrong, with some ids appended, or nil.
  static func append(
    _ text: String, inherited: Range<Int>, limit: Int, to ids: inout [Int64]
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
      for at in inherited.prefix(count) { ids.append(ids[at]) }
      rest = parts.count > 1 ? parts[1] : ""
    }
    for run in rest.split(separator: ";") {
      let parts = run.split(separator: "+", omittingEmptySubsequences: false)
      guard parts.count <= 2, let first = Int64(parts[0]),
        let count = parts.count == 2 ? Int64(parts[1]) : 1, count >= 1,
        !first.addingReportingOverflow(count).overflow
      else { return form }
      guard ids.count - before + Int(count) <= limit else { return "has more ids than blocks" }
      ids.append(contentsOf: first..<first + count)
    }
    return nil
  }

  private static let form = "is no list of ids like [1, 2, 3] or =2|10+3;20+1"
}
