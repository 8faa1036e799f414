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
    for request in self {
      blocks.ids += request.blockIDs ?? []
      blocks.endRow()
    }
    var chains = BlockChains(blocks, sessions: nil)
    return try chains.table(
      rows: indices.map { Int32($0) },
      tokens: map { $0.promptTokens + Swift.max(1, $0.completionTokens) },
      answersExtendChain: true, file: "requests of run \(run)")
  }

  /// A chain a group, and on it one for each of its requests; nil when no request is in a group.
  private var groupContent: ContentTable? {
    let groups = Set(compactMap(\.group)).sorted()
    guard !groups.isEmpty else { return nil }
    let chains = Dictionary(groups.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    var table = ContentTable(
      chainOfRequest: [], answersExtendChain: false,
      parents: groups.map { _ in -1 }, offsets: groups.map { _ in 0 })
    for request in self {
      guard let group = request.group, let parent = chains[group] else {
        table.chainOfRequest.append(-1)
        continue
      }
      table.chainOfRequest.append(Int32(table.parents.count))
      table.parents.append(parent)
      table.offsets.append(Swift.min(request.sharedTokens, request.promptTokens))
    }
    return table
  }
}
