import ServingSim
import TraceArchive
import TextAndBytes

/// Content chains from prefix block ids.
///
/// An id stands for a block and all before it, so ids form a tree: each has one predecessor. A
/// block that is the first to follow another continues its chain; further ones branch off.
struct BlockChains {
  private static let unseen: Int32 = -2

  private let prefixes: PrefixBlocks
  private var numbering: BlockNumbering
  /// By block number: the block before it (-1: none) and its chain.
  private var predecessors: [Int32]
  private var chains: [Int32]
  /// By chain: its last block; -1: none of these.
  private var tips: [Int32] = []
  private let answersExtend: Bool

  /// `answersExtend`: the ids are those of prompts and answers.
  init(_ prefixes: PrefixBlocks, sessions: [Int32]?, answersExtend: Bool = false) {
    self.prefixes = prefixes
    self.answersExtend = answersExtend
    numbering = BlockNumbering(prefixes, sessions: sessions)
    predecessors = [Int32](repeating: Self.unseen, count: numbering.capacity)
    chains = [Int32](repeating: -1, count: numbering.capacity)
  }

  /// Adds the row's new blocks to chains; returns what is wrong with its ids, or nil.
  mutating func follow(_ row: Int, in table: inout ContentTable) -> String? {
    var last: Int32 = -1
    let start = prefixes.first[row]
    for place in start..<prefixes.first[row + 1] {
      let block = numbering.number(of: prefixes.ids[place], row: row)
      let predecessor = predecessors[Int(block)]
      if predecessor == Self.unseen {
        predecessors[Int(block)] = last
        append(
          block, after: last, sharedTokens: (place - start) * prefixes.blockSize, in: &table)
      } else if predecessor != last {
        return """
          block id \(prefixes.ids[place]) follows another block here than in a row above; an id has \
          to stand for its block and all blocks before it
          """
      }
      last = block
    }
    return nil
  }

  private mutating func append(
    _ block: Int32, after last: Int32, sharedTokens: Int, in table: inout ContentTable
  ) {
    if last >= 0, tips[Int(chains[Int(last)])] == last {
      chains[Int(block)] = chains[Int(last)]
      tips[Int(chains[Int(block)])] = block
    } else {
      chains[Int(block)] = addChain(
        parent: last < 0 ? -1 : chains[Int(last)], offset: sharedTokens, tip: block, in: &table)
    }
  }

  private mutating func addChain(
    parent: Int32, offset: Int, tip: Int32, in table: inout ContentTable
  ) -> Int32 {
    // No prompt is longer, whatever ids and block sizes say.
    let offset = Int32(min(offset, Int(Int32.max)))
    let chain = table.addChain(parent: parent, offset: offset, answersExtend: answersExtend)
    while tips.count < table.chainCount { tips.append(-1) }
    tips[Int(chain)] = tip
    return chain
  }

  /// The chain of a row whose blocks are all on chains and whose text, what it has ids of, is
  /// `tokens` long; -1: it has no ids.
  mutating func chain(of row: Int, tokens: Int32, in table: inout ContentTable) -> Int32 {
    guard let end = end(of: row) else { return -1 }
    // Text after the last id is the row's own as far as anyone knows.
    guard end.tokens < tokens else { return end.chain }
    return addChain(parent: end.chain, offset: end.tokens, tip: -1, in: &table)
  }

  /// Where the ids of a row end whose blocks are all on chains; nil: it has none.
  mutating func end(of row: Int) -> ChainPlace? {
    let ids = prefixes.first[row]..<prefixes.first[row + 1]
    guard let last = ids.last else { return nil }
    let chain = chains[Int(numbering.number(of: prefixes.ids[last], row: row))]
    return ChainPlace(chain: chain, tokens: ids.count * prefixes.blockSize)
  }
}

/// Small numbers for block ids.
private struct BlockNumbering {
  private struct Key: Hashable {
    var session: Int32
    var id: Int64
  }

  private let sessions: [Int32]?
  /// Subtracted from ids that lie close enough together to be numbers themselves.
  private let offset: Int64?
  private var numbers: [Key: Int32] = [:]
  /// Numbers are below this.
  let capacity: Int

  init(_ prefixes: PrefixBlocks, sessions: [Int32]?) {
    self.sessions = prefixes.scope == .session ? sessions : nil
    if self.sessions == nil, let least = prefixes.ids.min(), let greatest = prefixes.ids.max(),
      case (let span, let overflow) = greatest.subtractingReportingOverflow(least), !overflow,
      span < 4 * prefixes.ids.count
    {
      offset = least
      capacity = Int(span) + 1
    } else {
      offset = nil
      capacity = prefixes.ids.count
    }
  }

  mutating func number(of id: Int64, row: Int) -> Int32 {
    if let offset { return Int32(id - offset) }
    let next = Int32(numbers.count)
    let key = Key(session: sessions?[row] ?? -1, id: id)
    if let number = numbers[key] { return number }
    numbers[key] = next
    return next
  }
}
