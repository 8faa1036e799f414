/// The chains of a workload in the form that lookups need, shared by all replicas: pointers, so
/// that a live run can add chains while others are looked up.
final class ContentPaths {
  let chainOfRequest: UnsafePointer<Int32>
  /// Of each chain: whether answers go on in it.
  let answersExtend: UnsafePointer<Bool>
  let parents: UnsafePointer<Int32>
  let offsets: UnsafePointer<Int32>
  /// Chains that there are, or that there is room for.
  let chainCount: Int
  /// Requests that there is room of its own for.
  private let requestCount: Int
  /// What this object has to free.
  private let owned: [UnsafeMutablePointer<Int32>]
  /// Requests and chains that were set lie below these.
  private var usedRequests = 0
  private var usedChains = 0
  private let ownedFlags: UnsafeMutablePointer<Bool>?

  /// Looks into `columns`, which have to outlive it.
  init(_ columns: ContentColumns) {
    chainOfRequest = columns.chainOfRequest
    answersExtend = columns.answersExtend
    parents = columns.parents
    offsets = columns.offsets
    chainCount = columns.chainCount
    requestCount = 0
    owned = []
    ownedFlags = nil
  }

  /// Copies `table`, the chains of the first `plannedRequests` requests (nil: these lie on none), with
  /// room for so many others.
  convenience init(
    _ table: ContentTable?, plannedRequests: Int, requests: Int = 0, chains: Int = 0
  ) {
    self.init(
      requests: plannedRequests + requests, chains: (table?.chainCount ?? 0) + chains)
    for i in 0..<plannedRequests { set(request: i, chain: table?.chainOfRequest[i] ?? -1) }
    guard let table else { return }
    for i in 0..<table.chainCount {
      set(
        chain: i, parent: table.parents[i], offset: table.offsets[i],
        answersExtend: table.answersExtend[i])
    }
  }

  /// Room for so many requests and chains.
  init(requests: Int, chains: Int) {
    owned = [requests, chains, chains].map { zeroedTable(count: $0) }
    chainOfRequest = UnsafePointer(owned[0])
    parents = UnsafePointer(owned[1])
    offsets = UnsafePointer(owned[2])
    chainCount = chains
    requestCount = requests
    let flags: UnsafeMutablePointer<Bool> = zeroedTable(count: chains)
    ownedFlags = flags
    answersExtend = UnsafePointer(flags)
  }

  /// The same chains in tables of its own. Only with room of its own.
  func copy() -> ContentPaths {
    let copy = ContentPaths(requests: requestCount, chains: chainCount)
    copy.owned[0].update(from: owned[0], count: usedRequests)
    copy.owned[1].update(from: owned[1], count: usedChains)
    copy.owned[2].update(from: owned[2], count: usedChains)
    copy.ownedFlags?.update(from: answersExtend, count: usedChains)
    copy.usedRequests = usedRequests
    copy.usedChains = usedChains
    return copy
  }

  deinit {
    for table in owned { releaseZeroedTable(table) }
    if let ownedFlags { releaseZeroedTable(ownedFlags) }
  }

  /// Says where `chain` branches off and whether answers go on in it. Only with room of its own.
  func set(chain: Int, parent: Int32, offset: Int32, answersExtend: Bool) {
    owned[1][chain] = parent
    owned[2][chain] = offset
    ownedFlags?[chain] = answersExtend
    usedChains = max(usedChains, chain + 1)
  }

  /// Puts a request's prompt on `chain`; -1: on none. Only with room of its own.
  func set(request: Int, chain: Int32) {
    owned[0][request] = chain
    usedRequests = max(usedRequests, request + 1)
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
