/// Checks of prompt and answer lengths.
struct LengthChecks {
  private(set) var findings: [TraceFinding] = []
  private let table: TraceTable

  init(_ table: TraceTable) {
    self.table = table
    checkEmpty()
    for field in [TraceField.inputTokens, .outputTokens] { checkWall(field) }
  }

  private mutating func checkEmpty() {
    let prompts = table.inputs.indices.filter { table.inputs[$0] == 0 }
    if let first = prompts.first {
      findings.append(
        TraceFinding(
          "empty-prompts", severity(prompts.count), "\(share(prompts.count)) have no input tokens",
          examples: ["line \(table.lines[first])"],
          advice: "A replay leaves them out; find out whether they failed."))
    }
    let answers = table.outputs.indices.filter { table.outputs[$0] == 0 }
    guard let first = answers.first else { return }
    findings.append(
      TraceFinding(
        "empty-answers", severity(answers.count), "\(share(answers.count)) have no output tokens",
        examples: ["line \(table.lines[first])"],
        advice: "They failed, or only had their prompt read. A replay leaves them out."))
  }

  /// A replay refuses a trace that most of its requests would be left out of.
  private func severity(_ count: Int) -> TraceFinding.Severity {
    2 * count > table.count ? .error : .warning
  }

  private func share(_ count: Int) -> String {
    "\(count) of \(table.count) requests "
      + "(\(TraceStatistics.percent(Double(count) / Double(table.count))))"
  }

  private mutating func checkWall(_ field: TraceField) {
    guard let wall = Self.wall(table.values(field)) else { return }
    findings.append(
      TraceFinding(
        "clipped", .warning,
        """
        \(field.name): \(TraceStatistics.percent(wall.mass)) lie from \(Int(wall.from)) to \
        \(Int(wall.to)), and only \(TraceStatistics.percent(wall.above)) above
        """,
        advice: "A limit of the service or of the recording cut longer ones. Say so in "
          + "tokens.clipped_at, and draw lengths from quantiles, not from a fitted law."))
  }

  /// Where values pile up before few or none follow: at least 3 % of them within 2 %, less than 6 %
  /// above, and 5 times as dense as the fifth before.
  static func wall(_ values: [Double]) -> (from: Double, to: Double, mass: Double, above: Double)? {
    guard values.count >= 500 else { return nil }
    let sorted = values.sorted()
    let count = Double(sorted.count)
    var best: (from: Double, to: Double, mass: Double, above: Double)?
    var start = Int(count * 0.5)
    while start < sorted.count {
      let from = sorted[start]
      let end = place(sorted, after: max(from * 1.02, from + 1))
      let mass = Double(end - start) / count
      let above = Double(sorted.count - end) / count
      let before = Double(start - place(sorted, after: from * 0.8)) / count
      // Per token, where the pile is a fiftieth of its value wide and what is before a fifth.
      let isDense = mass / max(from * 0.02, 1) > 5 * before / (from * 0.2)
      if mass >= 0.03, above < 0.06, from >= 32, isDense, mass > best?.mass ?? 0 {
        best = (from, sorted[end - 1], mass, above)
      }
      start = max(start + 1, place(sorted, after: from))
    }
    return best
  }

  /// The first place of values in ascending order that is greater.
  private static func place(_ sorted: [Double], after value: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether values lie as evenly as a uniform law's do.
  static func isUniform(_ values: [Double]) -> Bool {
    let sorted = values.sorted()
    guard sorted.count >= 50, let first = sorted.first, let last = sorted.last, last - first > 9
    else { return false }
    var distance = 0.0
    for (place, value) in sorted.enumerated() {
      let law = (value - first) / (last - first)
      distance = max(distance, abs(law - Double(place + 1) / Double(sorted.count)))
    }
    return distance < 1.22 / Double(sorted.count).squareRoot() + 1 / (last - first)
  }
}
