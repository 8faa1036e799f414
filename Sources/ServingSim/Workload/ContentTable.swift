/// Prompt content by reference: which tokens are the same tokens, without any token.
///
/// A chain is a growing text. A chain with a parent begins with the parent's first `offset` tokens
/// and goes its own way after them. A request on a chain has the chain's first `promptTokens` tokens
/// as its prompt, so two requests share exactly what their chains share.
package struct ContentTable: Sendable {
  /// The chain of each request's prompt; -1: text that no other request has.
  package var chainOfRequest: [Int32]
  /// Of each chain. True: the answers of requests on it go on in it, so a later, longer prompt on it
  /// contains the answer (conversations). False: their answers belong to nobody else (documents,
  /// block-hash traces).
  package var answersExtend: [Bool]
  /// The parent of each chain; -1: none. A parent has a lower number than its children.
  package var parents: [Int32]
  /// Leading tokens each chain shares with its parent; 0 without one. Not less than the
  /// parent's own offset.
  package var offsets: [Int32]

  package init(
    chainOfRequest: [Int32] = [], answersExtend: [Bool] = [], parents: [Int32] = [],
    offsets: [Int32] = []
  ) {
    precondition(
      parents.count == offsets.count && parents.count == answersExtend.count,
      "chains' columns differ in length")
    self.chainOfRequest = chainOfRequest
    self.answersExtend = answersExtend
    self.parents = parents
    self.offsets = offsets
  }

  /// All chains alike.
  package init(
    chainOfRequest: [Int32], answersExtend: Bool, parents: [Int32], offsets: [Int32]
  ) {
    self.init(
      chainOfRequest: chainOfRequest,
      answersExtend: [Bool](repeating: answersExtend, count: parents.count), parents: parents,
      offsets: offsets)
  }

  package var chainCount: Int { parents.count }

  /// Adds a chain and returns its number.
  @discardableResult
  package mutating func addChain(
    parent: Int32 = -1, offset: Int32 = 0, answersExtend extends: Bool
  ) -> Int32 {
    parents.append(parent)
    offsets.append(offset)
    answersExtend.append(extends)
    return Int32(truncatingIfNeeded: parents.count - 1)
  }
}
