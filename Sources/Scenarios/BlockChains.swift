import ServingSim
import TextAndBytes
import TraceArchive

/// Content chains from prefix block ids.
///
/// An id stands for a block and all before it, so ids form a tree: each has one predecessor. A
/// block that is the first to follow another continues its chain; further ones branch off. Runs of
/// consecutive ids are looked at as a whole.
struct BlockChains {
  /// What blocks lie on that follow each other by their ids.
  private struct Stretch {
    /// The block before the first; nil: none.
    var before: Int64?
    var chain: Int32
  }

  private let prefixes: PrefixBlocks
  /// nil: ids hold for all.
  private let sessions: [Int32]?
  /// By session.
  private var stretches: [Int32: RunMap<Stretch>] = [:]
  /// By chain: its last block; nil: none of these.
  private var tips: [Int64?] = []
  private let answersExtend: Bool

  /// `answersExtend`: the ids are those of prompts and answers.
  init(_ prefixes: PrefixBlocks, sessions: [Int32]?, answersExtend: Bool = false) {
    self.prefixes = prefixes
    self.answersExtend = answersExtend
    self.sessions = prefixes.scope == .session ? sessions : nil
  }

  /// Adds the row's new blocks to chains; returns what is wrong with its ids, or nil.
  mutating func follow(_ row: Int, in table: inout ContentTable) -> String? {
    let session = session(of: row)
    var last: Int64?
    var position = 0
    for run in prefixes[row].runs {
      let (new, fault) = unknown(run, after: last, session)
      for part in new {
        let blocks = position + Int(part.first - run.first)
        append(
          part, after: part.first == run.first ? last : part.first - 1, session,
          sharedTokens: blocks * prefixes.blockSize, in: &table)
      }
      if let fault {
        return """
          block id \(fault) follows another block here than in a row above; an id has to stand for \
          its block and all blocks before it
          """
      }
      last = run.last
      position += run.count
    }
    return nil
  }

  /// The parts of a run that no row above has, up to the first id that follows another than there.
  private func unknown(
    _ run: BlockRuns.Run, after last: Int64?, _ session: Int32
  ) -> (new: [BlockRuns.Run], fault: Int64?) {
    guard let known = stretches[session] else { return ([run], nil) }
    var new: [BlockRuns.Run] = []
    var fault: Int64?
    known.walk(run) { part, entry in
      guard let entry else {
        new.append(part)
        return true
      }
      let before = part.first == entry.first ? entry.value.before : part.first - 1
      if before != (part.first == run.first ? last : part.first - 1) { fault = part.first }
      return fault == nil
    }
    return (new, fault)
  }

  private mutating func append(
    _ part: BlockRuns.Run, after last: Int64?, _ session: Int32, sharedTokens: Int,
    in table: inout ContentTable
  ) {
    var chain = last.map { self.chain(of: $0, session) } ?? -1
    if let last, chain >= 0, tips[Int(chain)] == last {
      tips[Int(chain)] = part.last
      guard last != part.first - 1 else {
        stretches[session]?.lengthen(by: part)
        return
      }
    } else {
      chain = addChain(parent: chain, offset: sharedTokens, tip: part.last, in: &table)
    }
    stretches[session, default: RunMap()].insert(
      RunMap.Entry(part.first, part.last, Stretch(before: last, chain: chain)))
  }

  private mutating func addChain(
    parent: Int32, offset: Int, tip: Int64?, in table: inout ContentTable
  ) -> Int32 {
    // No prompt is longer, whatever ids and block sizes say.
    let offset = Int32(min(offset, Int(Int32.max)))
    let chain = table.addChain(parent: parent, offset: offset, answersExtend: answersExtend)
    while tips.count < table.chainCount { tips.append(nil) }
    tips[Int(chain)] = tip
    return chain
  }

  /// The chain of a row whose blocks are all on chains and whose text, what it has ids of, is
  /// `tokens` long; -1: it has no ids.
  mutating func chain(of row: Int, tokens: Int32, in table: inout ContentTable) -> Int32 {
    guard let end = end(of: row) else { return -1 }
    // Text after the last id is the row's own as far as anyone knows.
    guard end.tokens < tokens else { return end.chain }
    return addChain(parent: end.chain, offset: end.tokens, tip: nil, in: &table)
  }

  /// Where the ids of a row end whose blocks are all on chains; nil: it has none.
  func end(of row: Int) -> ChainPlace? {
    let blocks = prefixes[row]
    guard let last = blocks.runs.last?.last else { return nil }
    return ChainPlace(
      chain: chain(of: last, session(of: row)), tokens: blocks.count * prefixes.blockSize)
  }

  private func session(of row: Int) -> Int32 { sessions?[row] ?? -1 }

  /// -1: none.
  private func chain(of id: Int64, _ session: Int32) -> Int32 {
    stretches[session]?[id]?.value.chain ?? -1
  }
}
