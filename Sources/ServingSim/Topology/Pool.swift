import SimKernel

/// The replicas of a pool that requests can be sent to, and the router that chooses among them.
struct Pool: ~Copyable {
  var router: any Router
  /// What is known of all its replicas together.
  let facts: UnsafeMutablePointer<FleetFacts>
  /// By number, ascending.
  var members = Stack<Int32>()
  /// Requests sent to each member that have not ended. Its other replicas have `notAMember` more, and so
  /// are never the least.
  var loads: Tournament
  static let notAMember = Int64.max / 2

  /// `listsHolders`: the router asks which replicas hold a prompt.
  init(router: any Router, paths: ContentPaths?, listsHolders: Bool, capacity: Int) {
    self.router = router
    facts = .allocate(capacity: 1)
    facts.initialize(to: FleetFacts(paths, listsHolders: listsHolders))
    loads = Tournament(replicas: capacity, keys: Tournament.last)
  }

  /// The same over a copy of the chains.
  func copy(_ paths: ContentPaths?) -> Pool { Pool(copying: self, paths) }

  private init(copying other: borrowing Pool, _ paths: ContentPaths?) {
    router = other.router
    facts = .allocate(capacity: 1)
    facts.initialize(to: other.facts.pointee.copy(paths))
    members = other.members.copy()
    loads = other.loads.copy()
  }

  deinit {
    facts.pointee.release()
    facts.deinitialize(count: 1).deallocate()
  }

  /// Where replica `i`, one of its own, enters the chains that it has.
  func listing(of i: Int) -> ChainListing? {
    facts.pointee.holders.map { ChainListing(holders: $0, replica: Int32(i)) }
  }

  /// Requests under way at replica `i`, one of its own.
  func load(of i: Int) -> Int { Int(loads[i] % Self.notAMember) }

  /// Replica `i`, one of its own, comes to belong to it.
  mutating func found(_ i: Int) { loads.set(i, to: Self.notAMember) }

  /// A request goes to replica `i`.
  @inline(__always)
  mutating func sent(to i: Int) {
    loads.set(i, to: loads[i] + 1)
    facts.pointee.underWay &+= 1
  }

  /// `count` requests have ended at replica `i`.
  @inline(__always)
  mutating func ended(_ count: Int, at i: Int) {
    let load = loads[i] - Int64(count)
    loads.lower(i, to: load)
    if load < Self.notAMember { facts.pointee.underWay &-= count }
  }

  /// Replica `i`, which runs `seats` requests at once, becomes a member or ceases to be one.
  mutating func turn(_ i: Int, isMember: Bool, seats: Int, blockSize: Int) {
    facts.pointee.meet(blockSize: blockSize)
    let load = load(of: i)
    loads.set(i, to: loads[i] + (isMember ? -Self.notAMember : Self.notAMember))
    facts.pointee.underWay += isMember ? load : -load
    facts.pointee.seats += isMember ? seats : -seats
    facts.pointee.membership += 1
    guard isMember else { return members.removeAll { $0 == i } }
    let isLast = members.isEmpty || members[members.count - 1] < i
    members.append(Int32(i))
    if !isLast { members.sort { $0 < $1 } }
  }

  /// Requests under way for each that its members run at once; nil: it has none.
  var loadPerSeat: Double? {
    members.isEmpty ? nil : Double(facts.pointee.underWay) / Double(facts.pointee.seats)
  }
}
