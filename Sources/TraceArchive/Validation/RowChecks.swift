import TextAndBytes

/// Checks that look at each request with its ids, parts and neighbours.
final class RowChecks: RecordObserver {
  private struct Tally {
    var count = 0
    var examples: [String] = []

    mutating func add(_ example: @autoclosure () -> String) {
      count += 1
      if examples.count < 5 { examples.append(example()) }
    }
  }

  private var hashing: TraceHeader.Hashing?
  /// The id before the first of a run, by session where ids hold within one; -1: none.
  private var predecessors: [Int32: RunMap<Int64>] = [:]
  private var forked = Tally()
  private var wholeBlocks = 0
  private var partialBlocks = 0
  private var withBlocks = 0
  private var partSums = Tally()
  private var totals = Tally()
  private var subsets = Tally()
  private var lastTurn: [String: Int64] = [:]
  private var turns = Tally()
  private var contexts: [String: Int64] = [:]
  private var going = 0
  private var tellsContext = true
  private var resets = Tally()
  private var contents: [String: (hash: UInt64, rows: Int, isMeasured: Bool)] = [:]
  private var order: [String] = []

  func begin(_ header: TraceHeader) {
    hashing = header.hashing
    tellsContext = header["tokens", "input_semantics"]?.text != "new_only"
  }

  func observe(_ record: TraceRecord, _ table: TraceTable) {
    observeBlocks(record, session: table.session(table.count - 1))
    observeParts(record)
    observeTotals(record)
    guard let session = record.session else { return }
    observeTurn(record, session)
    observeContent(record, session)
  }

  private func observeBlocks(_ record: TraceRecord, session: Int32) {
    guard record.has(.prefixIDs), hashing?.kind == nil || hashing?.kind == .prefixChain else {
      return
    }
    let runs = record.prefixRuns
    // Those of a prompt that goes on from answers say what its conversation begins with.
    let isWhole = record[.answerInContext] != 1
    withBlocks += isWhole ? 1 : 0
    if let size = hashing?.blockSize, isWhole {
      if Int64(runs.count) == record.inputTokens / Int64(size) { wholeBlocks += 1 }
      if Int64(runs.count) == (record.inputTokens + Int64(size) - 1) / Int64(size) {
        partialBlocks += 1
      }
    }
    let session = hashing?.scope == .session ? session : -1
    var before: Int64 = -1
    for run in runs.runs {
      follow(run, before: before, session: session, line: record.line)
      before = run.last
    }
  }

  /// Only the first id of a part can follow another than before: the others follow their neighbours
  /// wherever they stand.
  private func follow(_ run: BlockRuns.Run, before: Int64, session: Int32, line: Int) {
    var new: [BlockRuns.Run] = []
    predecessors[session]?.walk(run) { part, entry in
      guard let entry else {
        new.append(part)
        return true
      }
      let known = part.first == entry.first ? entry.value : part.first - 1
      if known != (part.first == run.first ? before : part.first - 1) {
        forked.add("line \(line): id \(part.first)")
      }
      return true
    }
    if predecessors[session] == nil { new = [run] }
    for part in new {
      predecessors[session, default: RunMap()].insert(
        RunMap.Entry(
          part.first, part.last, part.first == run.first ? before : part.first - 1))
    }
  }

  private func observeParts(_ record: TraceRecord) {
    guard let text = record[text: .segments] else { return }
    let sum = PromptSegment.list(text).reduce(0) { $0 + Int64($1.tokens) }
    let input = record.inputTokens
    // Templates add tokens of their own; more parts than prompt cannot be.
    if sum > input || sum * 100 < input * 90 {
      partSums.add("line \(record.line): \(sum) of \(input)")
    }
  }

  private func observeTotals(_ record: TraceRecord) {
    for field in [
      TraceField.cachedInputTokens, .imageTokens, .audioTokens, .videoTokens, .systemTokens,
    ] {
      if let part = record[field], part > record.inputTokens {
        subsets.add("line \(record.line): \(field.name) \(part) of \(record.inputTokens)")
      }
    }
    if let part = record[.reasoningTokens], part > record.outputTokens {
      subsets.add("line \(record.line): reasoning_tokens \(part) of \(record.outputTokens)")
    }
    guard let extra = record[text: .extra], extra.contains("otal") else { return }
    let json = JSON(text: extra)
    for key in ["Total tokens", "num_total_tokens"] {
      if let total = json?[key]?.integer, total != record.inputTokens + record.outputTokens {
        totals.add(
          "line \(record.line): \(total), not \(record.inputTokens + record.outputTokens)")
      }
    }
  }

  private func observeTurn(_ record: TraceRecord, _ session: String) {
    let key = "\(session)\u{0}\(record.agent ?? "")"
    if let turn = record[.turn] {
      if let last = lastTurn[key], turn != last + 1 {
        turns.add("session \(session): turn \(turn) after \(last)")
      }
      lastTurn[key] = turn
    }
    if tellsContext, let before = contexts[key] {
      going += 1
      if record.inputTokens < before {
        resets.add("session \(session): \(record.inputTokens) tokens after \(before)")
      }
    }
    contexts[key] = record.inputTokens + record.outputTokens
  }

  private func observeContent(_ record: TraceRecord, _ session: String) {
    if contents[session] == nil { order.append(session) }
    var content = contents[session] ?? (0xcbf2_9ce4_8422_2325, 0, false)
    for field in [TraceField.inputTokens, .outputTokens, .think, .endToEnd, .ttft] {
      Self.mix(record[field] ?? -1, &content.hash)
    }
    for run in record.prefixRuns.runs {
      Self.mix(run.first, &content.hash)
      Self.mix(run.last, &content.hash)
    }
    content.rows += 1
    content.isMeasured = content.isMeasured || record.has(.endToEnd)
    contents[session] = content
  }

  /// FNV-1a over words.
  private static func mix(_ value: Int64, _ hash: inout UInt64) {
    hash = (hash ^ UInt64(bitPattern: value)) &* 0x0000_0100_0000_01b3
    hash ^= hash >> 29
  }

  /// The sessions that are copies, each with the one it is a copy of. Those of one request without a
  /// measured time are too poor to tell.
  var copies: [(copy: String, of: String)] {
    var first: [UInt64: String] = [:]
    var copies: [(copy: String, of: String)] = []
    for session in order {
      guard let content = contents[session], content.rows >= 3 || content.isMeasured else {
        continue
      }
      if let known = first[content.hash] {
        copies.append((session, known))
      } else {
        first[content.hash] = session
      }
    }
    return copies
  }

  func findings(_ table: TraceTable) -> [TraceFinding] {
    blockFindings(table) + sessionFindings + sumFindings
  }

  private func blockFindings(_ table: TraceTable) -> [TraceFinding] {
    var findings: [TraceFinding] = []
    if let hashing, hashing.blockSize != nil, withBlocks > 0 {
      let right = hashing.hasPartialBlocks ? partialBlocks : wholeBlocks
      let other = hashing.hasPartialBlocks ? wholeBlocks : partialBlocks
      if right < withBlocks {
        let hint =
          other == withBlocks
          ? "hashing.partial_block should be the other word." : "Check the block size."
        findings.append(
          TraceFinding(
            "block-count", .error,
            "\(withBlocks - right) of \(withBlocks) prompts have another number of ids than blocks",
            advice: hint))
      }
    }
    guard forked.count > 0 else { return findings }
    let looksLocal = hashing?.scope != .session && table.sessionNames.count > 1
    findings.append(
      TraceFinding(
        looksLocal ? "local-ids" : "prefix-chain", .error,
        "\(forked.count) times an id follows another block than before", examples: forked.examples,
        advice: looksLocal
          ? "Ids seem to hold within a session only: set hashing.scope to session."
          : "Ids do not stand for all that is before them: set hashing.kind to block_content."))
    return findings
  }

  private var sessionFindings: [TraceFinding] {
    var findings: [TraceFinding] = []
    if turns.count > 0 {
      findings.append(
        TraceFinding(
          "turns", .warning, "\(turns.count) turns do not follow the one before",
          examples: turns.examples,
          advice: "Rows of a session may be missing, or not in order: import with --sort."))
    }
    if resets.count > 0 {
      let share = TraceStatistics.percent(Double(resets.count) / Double(max(1, going)))
      findings.append(
        TraceFinding(
          "context", .note,
          "\(share) of later turns have a shorter prompt than the context before",
          examples: resets.examples,
          advice: "Contexts were reset or trimmed; a replay starts a new context there."))
    }
    let copies = copies
    if !copies.isEmpty {
      findings.append(
        TraceFinding(
          "duplicate-sessions", .error,
          "\(copies.count) sessions are copies of another",
          examples: copies.map { "\($0) = \($1)" },
          advice: "Keep one of each: kavier trace sample --unique-sessions."))
    }
    return findings
  }

  private var sumFindings: [TraceFinding] {
    var findings: [TraceFinding] = []
    if partSums.count > 0 {
      findings.append(
        TraceFinding(
          "part-sums", .warning,
          "\(partSums.count) prompts are shorter than their parts or over a tenth longer",
          examples: partSums.examples, advice: "Parts without a known length may be missing."))
    }
    if totals.count > 0 {
      findings.append(
        TraceFinding(
          "token-totals", .error, "\(totals.count) totals are not input and output together",
          examples: totals.examples, advice: "Find out which of the three counts is right."))
    }
    if subsets.count > 0 {
      findings.append(
        TraceFinding(
          "token-totals", .error, "\(subsets.count) parts are larger than the whole",
          examples: subsets.examples,
          advice: "Cached tokens may have been counted apart from input_tokens: add them."))
    }
    return findings
  }
}
