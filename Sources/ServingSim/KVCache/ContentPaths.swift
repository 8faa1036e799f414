/// The chains of a workload in the form that lookups need, shared by all replicas.
final class ContentPaths: Sendable {
  let chainOfRequest: [Int32]
  let answersExtendChain: Bool
  let parents: [Int32]
  let offsets: [Int32]

  init(_ table: ContentTable) {
    chainOfRequest = table.chainOfRequest
    answersExtendChain = table.answersExtendChain
    parents = table.parents
    offsets = table.offsets
  }
}

/// A stretch of blocks of one request's text that lie on one chain.
struct PathSegment: BitwiseCopyable {
  var chain: Int32
  var start: Int32
  var end: Int32
}

/// What a request has of the shared text, kept with the request.
struct ContentHold {
  /// The chain its prompt lies on; -1: none.
  var chain: Int32
  /// Leading blocks of its text that lie on chains; the rest is its own.
  var chainBlocks: Int32
  /// Leading blocks it holds by name.
  var named: Int32 = 0
  /// Blocks it computed although another request held the same text: a second copy each.
  var duplicates: Int32 = 0
  /// While preempted: the strand of its own text; -1: none.
  var ownStrand: Int32 = -1

  /// Whether any of it can be in the prefix cache.
  @inline(__always)
  var isShareable: Bool { chain >= 0 || ownStrand >= 0 }
}
