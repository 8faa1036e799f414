/// Watches how much of the prompts a prefix cache would find: with room for everything, and as the
/// least recently used blocks are dropped.
package final class PrefixReuse: RecordObserver {
  package struct Bounded: Sendable {
    /// Blocks.
    package var capacity: Int
    package var hitTokens = 0.0
  }

  /// Of prompts with block ids.
  package private(set) var blocks = 0
  package private(set) var hitBlocks = 0
  package private(set) var tokens = 0.0
  package private(set) var hitTokens = 0.0
  package private(set) var bounded: [Bounded] = []
  /// Of prompts made of parts: found in prefix order, and wherever they stand.
  package private(set) var partTokens = 0.0
  package private(set) var prefixPartTokens = 0.0
  package private(set) var anyPartTokens = 0.0
  package private(set) var blockSize = 0
  private var isLocal = false
  /// By session where ids hold within one.
  private var recent: [Int32: RecentBlocks] = [:]
  /// Leading blocks of a prompt that each capacity holds.
  private var found: [Int] = []
  private var prefixes: Set<Int> = []
  private var parts: Set<PromptSegment> = []
  private var capacities: [Int]

  package init(capacities: [Int] = [1000, 3000, 10_000, 30_000, 100_000]) {
    self.capacities = capacities
  }

  package func begin(_ header: TraceHeader) {
    guard let hashing = header.hashing, hashing.kind == nil || hashing.kind == .prefixChain else {
      return
    }
    blockSize = hashing.blockSize ?? 0
    isLocal = hashing.scope == .session
    // Blocks of one session only: a cache for all of them says nothing.
    if isLocal || blockSize == 0 { capacities = [] }
    bounded = capacities.map { Bounded(capacity: $0) }
    found = capacities.map { _ in 0 }
  }

  /// Distinct blocks, and the share of them that one prompt has.
  package var distinctBlocks: Int { recent.values.reduce(0) { $0 + $1.distinct } }
  package var singleUseShare: Double? {
    let distinct = distinctBlocks
    guard distinct > 0 else { return nil }
    return Double(recent.values.reduce(0) { $0 + $1.usedOnce }) / Double(distinct)
  }

  package func observe(_ record: TraceRecord, _ table: TraceTable) {
    if record.has(.segments) { observeParts(record) }
    guard blockSize > 0 else { return }
    tokens += Double(record.inputTokens)
    let runs = record.prefixRuns
    guard !runs.isEmpty else { return }
    let session = isLocal ? table.session(table.count - 1) : -1
    let leading = recent[session]?.leading(runs, within: capacities, &found) ?? 0
    recent[session, default: RecentBlocks()].use(runs)
    blocks += runs.count
    hitBlocks += leading
    hitTokens += tokens(of: leading, record)
    for index in bounded.indices { bounded[index].hitTokens += tokens(of: found[index], record) }
  }

  /// Of so many leading blocks of a prompt.
  private func tokens(of blocks: Int, _ record: TraceRecord) -> Double {
    min(Double(blocks * blockSize), Double(record.inputTokens))
  }

  private func observeParts(_ record: TraceRecord) {
    var path = 0
    var isLeading = true
    for part in PromptSegment.list(record[text: .segments] ?? "") {
      var hasher = Hasher()
      hasher.combine(path)
      hasher.combine(part)
      path = hasher.finalize()
      isLeading = !prefixes.insert(path).inserted && isLeading
      let isKnown = !parts.insert(part).inserted
      partTokens += Double(part.tokens)
      if isLeading { prefixPartTokens += Double(part.tokens) }
      if isKnown { anyPartTokens += Double(part.tokens) }
    }
  }
}
