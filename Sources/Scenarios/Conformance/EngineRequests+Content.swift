import ServingSim
import TraceArchive
import TextAndBytes

extension [EngineRequest] {
  /// What the texts share: by the ids of their blocks, else by their groups; nil when nothing says
  /// that any two share something.
  func content(blockSize: Int, run: String) throws(FileProblems) -> ContentTable? {
    contains { $0.blockIDs != nil }
      ? try blockContent(blockSize: blockSize, run: run) : groupContent
  }

  /// Chains from the ids of blocks.
  private func blockContent(
    blockSize: Int, run: String
  ) throws(FileProblems) -> ContentTable {
    var blocks = PrefixBlocks(blockSize: blockSize, hasPartialBlocks: false)
    for request in self { blocks.append(BlockRuns(request.blockIDs ?? [])) }
    var chains = BlockChains(blocks, sessions: nil, answersExtend: true)
    var table = ContentTable()
    var problems = FileProblems()
    for (row, request) in enumerated() {
      if let fault = chains.follow(row, in: &table) {
        problems.add(
          FileProblem(file: "requests of run \(run)", message: "row \(row): \(fault)"))
      }
      let tokens = request.promptTokens + Swift.max(1, request.completionTokens)
      table.chainOfRequest.append(chains.chain(of: row, tokens: tokens, in: &table))
    }
    guard problems.isEmpty else { throw problems }
    return table
  }

  /// A chain a group, and on it one for each of its requests; nil when no request is in a group.
  private var groupContent: ContentTable? {
    let groups = Set(compactMap(\.group)).sorted()
    guard !groups.isEmpty else { return nil }
    let chains = Dictionary(groups.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    var table = ContentTable(
      chainOfRequest: [], answersExtend: false,
      parents: groups.map { _ in -1 }, offsets: groups.map { _ in 0 })
    for request in self {
      guard let group = request.group, let parent = chains[group] else {
        table.chainOfRequest.append(-1)
        continue
      }
      table.chainOfRequest.append(
        table.addChain(
          parent: parent, offset: Swift.min(request.sharedTokens, request.promptTokens),
          answersExtend: false))
    }
    return table
  }
}
