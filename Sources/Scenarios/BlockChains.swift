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
  /// By chain: its last block.
  private var tips: [Int32] = []
  private var parents: [Int32] = []
  private var offsets: [Int32] = []

  init(_ prefixes: PrefixBlocks, sessions: [Int32]?) {
    self.prefixes = prefixes
    numbering = BlockNumbering(prefixes, sessions: sessions)
    predecessors = [Int32](repeating: Self.unseen, count: numbering.capacity)
    chains = [Int32](repeating: -1, count: numbering.capacity)
  }

  /// The chains of `rows`, whose texts are `tokens[row]` long: their prompts or, with
  /// `answersExtendChain`, prompts and answers.
  mutating func table(
    rows: [Int32], tokens: [Int32], answersExtendChain: Bool = false, file: String
  ) throws(FileProblems) -> ContentTable {
    var chainOfRequest: [Int32] = []
    chainOfRequest.reserveCapacity(rows.count)
    var problems = FileProblems()
    for row in rows {
      if let fault = follow(Int(row)) {
        problems.add(FileProblem(file: file, message: "row \(row): \(fault)"))
      }
      chainOfRequest.append(chain(of: Int(row), tokens: tokens[Int(row)]))
    }
    guard problems.isEmpty else { throw problems }
    return ContentTable(
      chainOfRequest: chainOfRequest, answersExtendChain: answersExtendChain, parents: parents,
      offsets: offsets)
  }

  /// Adds the row's new blocks to chains; returns what is wrong with its ids, or nil.
  private mutating func follow(_ row: Int) -> String? {
    var last: Int32 = -1
    let start = prefixes.first[row]
    for place in start..<prefixes.first[row + 1] {
      let block = numbering.number(of: prefixes.ids[place], row: row)
      let predecessor = predecessors[Int(block)]
      if predecessor == Self.unseen {
        predecessors[Int(block)] = last
        append(block, after: last, sharedTokens: (place - start) * prefixes.blockSize)
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

  private mutating func append(_ block: Int32, after last: Int32, sharedTokens: Int) {
    if last >= 0, tips[Int(chains[Int(last)])] == last {
      chains[Int(block)] = chains[Int(last)]
      tips[Int(chains[Int(block)])] = block
    } else {
      chains[Int(block)] = addChain(
        parent: last < 0 ? -1 : chains[Int(last)], offset: sharedTokens, tip: block)
    }
  }

  private mutating func addChain(parent: Int32, offset: Int, tip: Int32) -> Int32 {
    parents.append(parent)
    // No prompt is longer, whatever ids and block sizes say.
    offsets.append(Int32(min(offset, Int(Int32.max))))
    tips.append(tip)
    return Int32(parents.count - 1)
  }

  /// The chain of a row whose blocks are all on chains.
  private mutating func chain(of row: Int, tokens: Int32) -> Int32 {
    let ids = prefixes.first[row]..<prefixes.first[row + 1]
    guard let last = ids.last else { return -1 }
    let chain = chains[Int(numbering.number(of: prefixes.ids[last], row: row))]
    let covered = ids.count * prefixes.blockSize
    // Text after the last id is the row's own as far as anyone knows.
    guard covered < tokens else { return chain }
    return addChain(parent: chain, offset: covered, tip: -1)
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
