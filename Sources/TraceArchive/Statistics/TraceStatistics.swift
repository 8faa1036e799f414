package import ServingModel
package import TextAndBytes

/// What a trace is like.
package struct TraceStatistics: Sendable {
  package var rows: Int
  package var failures: Int
  /// Columns of numbers that have values, with their unit.
  package var lengths: [Column] = []
  /// Of input and output lengths; nil where one does not vary.
  package var correlation: Double?
  /// Requests that have an arrival.
  package var arrived = 0
  /// nil where there is no time between them.
  package var arrivals: ArrivalStatistics?
  package var sessions: SessionStatistics?
  package var reuse: Reuse?
  /// By what requests say of themselves, where any says it.
  package var shares: [(label: RequestLabel, shares: Shares)] = []
  package var tenants: Shares? { shares.first { $0.label == .tenant }?.shares }

  package struct Column: Sendable {
    package var name: String
    package var unit: String
    package var summary: Summary
  }

  /// What share of prompt tokens a prefix cache finds.
  package struct Reuse: Sendable {
    package var blockSize: Int?
    package var blocks: Int
    package var distinctBlocks: Int
    package var blockShare: Double?
    package var tokenShare: Double?
    package var singleUseShare: Double?
    /// By capacity in blocks.
    package var bounded: [(capacity: Int, tokenShare: Double)] = []
    /// Of prompts made of parts: found in prefix order, and wherever they stand.
    package var partsInOrder: Double?
    package var partsAnywhere: Double?
  }

  /// How unevenly requests are spread.
  package struct Shares: Sendable {
    package var count: Int
    /// The largest ones, descending.
    package var largest: [(name: String, share: Double)]
    package var topThree: Double
    package var topTen: Double
  }

  /// Reads a trace of any format.
  package static func read(
    path: String, options: TraceReadOptions
  ) throws(FileProblems) -> (
    statistics: TraceStatistics, table: TraceTable, reading: TraceReading
  ) {
    let reuse = PrefixReuse()
    let carry = ContextCarry()
    let (table, reading) = try TraceTable.read(
      path: path, options: options, observers: [reuse, carry])
    return (TraceStatistics(table, reuse: reuse, carry: carry), table, reading)
  }

  package init(_ table: TraceTable, reuse: PrefixReuse? = nil, carry: ContextCarry? = nil) {
    rows = table.count
    failures = table.failures
    for (field, unit, scale) in Self.columns where table.has(field) {
      guard let summary = Summary(table.values(field)) else { continue }
      lengths.append(
        Column(
          name: unit == "s" ? String(field.name.dropLast(3)) : field.name, unit: unit,
          summary: summary.scaled(by: scale)))
    }
    correlation = rankCorrelation(table.values(.inputTokens), table.values(.outputTokens))
    arrived = table.sortedArrivals.count
    arrivals = ArrivalStatistics(table)
    sessions = SessionStatistics(table, carry: carry)
    self.reuse = reuse.flatMap { Self.reuse($0) }
    let traits = table.traits.collected()
    shares = RequestLabel.allCases.compactMap { label in
      traits[label].flatMap { Shares($0) }.map { (label, $0) }
    }
  }

  private static let columns: [(TraceField, String, Double)] = [
    (.inputTokens, "tokens", 1), (.outputTokens, "tokens", 1), (.cachedInputTokens, "tokens", 1),
    (.cacheWriteTokens, "tokens", 1), (.reasoningTokens, "tokens", 1), (.imageCount, "", 1),
    (.imageTokens, "tokens", 1), (.audioTokens, "tokens", 1), (.videoTokens, "tokens", 1),
    (.queueing, "s", 1e-6), (.ttft, "s", 1e-6), (.endToEnd, "s", 1e-6),
  ]

  private static func reuse(_ seen: PrefixReuse) -> Reuse? {
    guard seen.blocks > 0 || seen.partTokens > 0 else { return nil }
    var reuse = Reuse(blocks: seen.blocks, distinctBlocks: seen.distinctBlocks)
    if seen.blocks > 0 {
      reuse.blockSize = seen.blockSize
      reuse.blockShare = Double(seen.hitBlocks) / Double(seen.blocks)
      reuse.tokenShare = seen.hitTokens / seen.tokens
      reuse.singleUseShare = seen.singleUseShare
      reuse.bounded = seen.bounded.map { ($0.capacity, $0.hitTokens / seen.tokens) }
    }
    if seen.partTokens > 0 {
      reuse.partsInOrder = seen.prefixPartTokens / seen.partTokens
      reuse.partsAnywhere = seen.anyPartTokens / seen.partTokens
    }
    return reuse
  }
}

extension TraceStatistics.Shares {
  /// nil where nobody has the label.
  fileprivate init?(_ labels: RequestLabels) {
    guard !labels.names.isEmpty else { return nil }
    var counts = [Int](repeating: 0, count: labels.names.count)
    for word in labels.ofRequest where word >= 0 { counts[Int(word)] += 1 }
    let total = Double(counts.reduce(0, +))
    let order = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    func top(_ count: Int) -> Double {
      Double(order.prefix(count).reduce(0) { $0 + counts[$1] }) / total
    }
    self.init(
      count: counts.count,
      largest: order.prefix(10).map { (labels.names[$0], Double(counts[$0]) / total) },
      topThree: top(3), topTen: top(10))
  }
}
