import SimKernel

/// What is known of a pool that is of no single replica, for policies.
struct FleetFacts {
  /// Requests sent to members that have not ended.
  var underWay = 0
  /// Requests that its members run at once, at most.
  var seats = 0
  /// How often replicas have become members or ceased to be.
  var membership = 0
  /// The chains of the prompts; the fleet keeps them.
  let paths: Unmanaged<ContentPaths>?
  /// Who holds them; nil: its router does not ask.
  let holders: UnsafeMutablePointer<ChainHolders>?
  /// Tokens of a KV block of all its replicas; 0: it has none yet; nil: they differ.
  private(set) var blockSize: Int? = 0
  /// What replicas said of themselves when they were last asked, and when that was; nil: whoever looks
  /// now asks now.
  var reports: UnsafePointer<ReplicaReport>?
  var reportTime: Instant = 0

  init(_ paths: ContentPaths?, listsHolders: Bool) {
    self.paths = paths.map { .passUnretained($0) }
    guard listsHolders, let paths else {
      holders = nil
      return
    }
    let holders = UnsafeMutablePointer<ChainHolders>.allocate(capacity: 1)
    holders.initialize(to: ChainHolders(chains: paths.chainCount))
    self.holders = holders
  }

  /// When nobody uses it any more.
  func release() { holders?.deinitialize(count: 1).deallocate() }

  /// A replica with such KV blocks belongs to the pool.
  mutating func meet(blockSize size: Int) {
    if blockSize != size { blockSize = blockSize == 0 ? size : nil }
  }

  /// The same over a copy of the chains. Nobody is listed to hold any of them yet.
  func copy(_ paths: ContentPaths?) -> FleetFacts {
    var copy = FleetFacts(paths, listsHolders: holders != nil)
    copy.blockSize = blockSize
    copy.underWay = underWay
    copy.seats = seats
    copy.membership = membership
    copy.reportTime = reportTime
    return copy
  }
}
