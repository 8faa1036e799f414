import SimKernel

/// Replicas, what is to happen to them, and the policies that decide: one event loop, one clock.
///
/// What happens at one instant happens in this order: steps end (by replica), events of the agenda
/// (see `FleetEvent.Kind`), steps begin (by replica). So a request that arrives the instant a step
/// ends is in time for the next one, and one sent because that step ended it, too.
struct Fleet: ~Copyable {
  let workload: WorkloadColumns
  let paths: ContentPaths?
  let log: UnsafeMutablePointer<RunLog>
  /// One for each replica that there is or was, by number.
  var replicas: UnsafeMutablePointer<Replica>
  var standings: UnsafeMutablePointer<ReplicaStanding>
  private(set) var count = 0
  /// Replicas that were there from the start.
  let plannedCount: Int
  private var capacity: Int
  /// Of each replica's recorder.
  let windowLimit: Int
  private let stepByStep: Bool

  /// In picoseconds since `epoch`.
  var now: Int64 = 0
  /// When each replica's current steps end.
  var clock: Tournament
  var agenda: Agenda
  var clients: Clients
  /// What clients are told, where anybody wants to know.
  var news: ClientNews

  /// Asked one after the other; the first that does not admit a request decides.
  var gates: [any Gate]
  /// Whether a request that arrives goes straight to the router.
  let isStraight: Bool
  /// nil: what routers see of the replicas is fresh.
  var telemetry: Telemetry?
  /// Where requests are routed, by number.
  let pools: UnsafeMutablePointer<Pool>
  let poolCount: Int
  var frontDoor: FrontDoor
  /// Requests on their way to a pool, by number.
  var travelling: [Int32: Journey] = [:]
  /// Replicas that step together.
  var gangs = Gangs()
  var failures: Failures
  var retries: Retries
  var migrations: Migrations
  /// By pool, where its prompts are computed.
  let prefills: [PrefillPlan?]
  var handovers: Handovers
  var loads = Loads()
  var transfers = Transfers()
  /// What replicas keep KV entries in together, by number, and bytes a second that leave each.
  let stores: [TierStore]
  let storeBandwidths: [Int64]
  /// Whether it matters who ends, and not only that somebody does.
  let followsEnds: Bool
  var scaling: [ScalingPlan]
  /// Those of each of these, and what has come to it since its scaler last looked.
  var nodes: [Nodes]
  var traffic: [PoolTraffic]
  /// Requests that nobody was there for.
  var unsent = Stack<Int32>()
  /// Requests whose clients have gone and that their replicas have not dropped yet.
  var left: Set<Int32> = []

  /// Replicas that begin a step at this instant; `isReady` has their bits.
  private(set) var ready = Stack<Int32>()
  private(set) var isReady: UnsafeMutablePointer<Bool>
  var endedRequests = 0
  /// All is done, and nothing more can come.
  var isOver = false
  /// More was to come after the clock's end.
  var isEndedByClock = false

  /// `stepByStep`: no steps are taken together, so that each token and each batch can be told.
  init(
    _ plan: Plan, _ columns: WorkloadColumns, outcomes: UnsafeMutableBufferPointer<Outcome>,
    paths: ContentPaths?, stepByStep: Bool = false,
    news: consuming ClientNews = ClientNews(isHeard: false)
  ) {
    precondition(!plan.replicas.isEmpty, "a fleet without replicas")
    workload = columns
    self.paths = paths
    failures = Failures(plan.failures, seed: plan.seed)
    // Of parts that stand in no closure: an optimised `a && self.b` in the initialiser of a type
    // that is not copyable destroys parts that are not there yet (Swift 6.3).
    let retries = Retries(plan.retry, seed: plan.seed)
    let telemetry = Telemetry(plan)
    let clients = Clients(plan.workload, columns)
    let migrations = Migrations(limit: plan.migrationLimit)
    let handovers = Handovers(plan)
    let sendsAgain = retries.areMade || migrations.areMade
    let followsEnds = clients.followEnds
    let isFresh = telemetry == nil
    let isPatient = columns.patience == nil
    self.retries = retries
    self.migrations = migrations
    self.telemetry = telemetry
    self.clients = clients
    self.handovers = handovers
    prefills = plan.pools.map(\.prefill)
    stores = plan.sharedStores.map {
      TierStore(blocks: $0.blocks, blockSize: BlockSize($0.blockSize), paths: paths)
    }
    storeBandwidths = plan.sharedStores.map(\.bandwidth)
    let handsOver = handovers.areMade
    self.followsEnds = followsEnds || sendsAgain || handsOver
    let pools = UnsafeMutablePointer<Pool>.allocate(capacity: plan.pools.count)
    for p in plan.pools.indices {
      let router = plan.router.router(
        plan.routerSettings, random: RandomStream(seed: plan.seed, .routing, index: UInt64(p)))
      (pools + p).initialize(
        to: Pool(
          router: router, paths: paths, listsHolders: plan.router.asksForHolders,
          capacity: plan.replicas.count))
    }
    self.pools = pools
    poolCount = plan.pools.count
    frontDoor = FrontDoor(plan)
    let gates: [any Gate] = (plan.shift.map { [ShiftGate($0)] } ?? []) + plan.admission
    let isOpen = gates.isEmpty
    self.gates = gates
    isStraight = isOpen && isPatient && isFresh && !sendsAgain
    agenda = Agenda(arrivals: columns.arrivals)
    self.news = news
    self.stepByStep = stepByStep
    plannedCount = plan.replicas.count
    capacity = plannedCount
    windowLimit = ReplicaRecorder.windowLimit(replicas: capacity)
    clock = Tournament(replicas: capacity, keys: Tournament.last)
    log = .allocate(capacity: 1)
    log.initialize(to: RunLog(outcomes: outcomes))
    replicas = .allocate(capacity: capacity)
    standings = .allocate(capacity: capacity)
    isReady = .allocate(capacity: capacity)
    scaling = plan.scaling
    nodes = plan.scaling.map {
      Nodes($0.replica.nodes ?? NodePlan(), ranks: $0.replica.dataParallelSize)
    }
    traffic = plan.scaling.map { _ in PoolTraffic() }
    self.clients.start(&agenda)
    failures.start(&agenda)
    var engines = plan.scaling.map { _ in 0 }
    for replica in plan.replicas {
      let i = append(replica, .ready)
      gangs.join(i, replica, upAt: 0)
      if let scaled = plan.scaling.firstIndex(where: { $0.group == replica.group }) {
        settle(i, in: scaled, engine: engines[scaled])
        engines[scaled] += 1
      }
    }
    for s in scaling.indices { agenda.add(.tick, s, at: 0) }
  }

  /// The same fleet in the same state, going on with copies of the requests' columns, of their
  /// outcomes and of the chains.
  func copy(
    _ columns: WorkloadColumns, outcomes: UnsafeMutableBufferPointer<Outcome>,
    paths: ContentPaths?
  ) -> Fleet {
    Fleet(copying: self, columns, outcomes: outcomes, paths: paths)
  }

  private init(
    copying other: borrowing Fleet, _ columns: WorkloadColumns,
    outcomes: UnsafeMutableBufferPointer<Outcome>, paths: ContentPaths?
  ) {
    workload = columns
    self.paths = paths
    telemetry = other.telemetry
    let pools = UnsafeMutablePointer<Pool>.allocate(capacity: other.poolCount)
    for p in 0..<other.poolCount { (pools + p).initialize(to: other.pools[p].copy(paths)) }
    self.pools = pools
    poolCount = other.poolCount
    frontDoor = other.frontDoor
    travelling = other.travelling
    gates = other.gates
    isStraight = other.isStraight
    followsEnds = other.followsEnds
    gangs = other.gangs
    failures = other.failures
    retries = other.retries
    migrations = other.migrations
    prefills = other.prefills
    handovers = other.handovers
    loads = other.loads
    transfers = other.transfers
    stores = other.stores.map { $0.copy(paths) }
    storeBandwidths = other.storeBandwidths
    scaling = other.scaling
    nodes = other.nodes
    traffic = other.traffic
    agenda = other.agenda.copy(arrivals: columns.arrivals)
    clients = other.clients.copy(columns)
    news = other.news.copy()
    stepByStep = other.stepByStep
    windowLimit = other.windowLimit
    clock = other.clock.copy()
    unsent = other.unsent.copy()
    left = other.left
    ready = other.ready.copy()
    now = other.now
    endedRequests = other.endedRequests
    isOver = other.isOver
    isEndedByClock = other.isEndedByClock
    plannedCount = other.plannedCount
    capacity = other.capacity
    count = other.count
    log = .allocate(capacity: 1)
    log.initialize(to: other.log.pointee.copy(outcomes: outcomes))
    replicas = .allocate(capacity: capacity)
    standings = .allocate(capacity: capacity)
    isReady = .allocate(capacity: capacity)
    standings.initialize(from: other.standings, count: count)
    isReady.initialize(from: other.isReady, count: count)
    for i in 0..<count {
      let listing = pools[Int(standings[i].pool)].listing(of: i)
      (replicas + i).initialize(
        to: other.replicas[i].copy(paths, listing: listing, stores: stores, log: log))
    }
  }

  deinit {
    replicas.deinitialize(count: count).deallocate()
    standings.deallocate()
    isReady.deallocate()
    log.deinitialize(count: 1).deallocate()
    pools.deinitialize(count: poolCount).deallocate()
  }

  /// Puts another replica at the end. Returns its number.
  mutating func append(_ plan: ReplicaPlan, _ life: ReplicaLife) -> Int {
    if count == capacity { grow() }
    let i = count
    count += 1
    (replicas + i).initialize(
      to: Replica(
        plan: plan, windowLimit: windowLimit, paths: paths,
        listing: pools[plan.pool].listing(of: i), stores: stores, log: log, stepByStep: stepByStep))
    (standings + i).initialize(
      to: ReplicaStanding(life: .gone, pool: Int32(plan.pool), joined: instant))
    (isReady + i).initialize(to: false)
    pools[plan.pool].found(i)
    replicas[i].idleSince = instant
    turn(i, life)
    watch(i)
    failures.join(i, plan, at: instant, &agenda)
    return i
  }

  private mutating func grow() {
    let larger = 2 * capacity
    replicas = moved(replicas, to: larger)
    standings = moved(standings, to: larger)
    isReady = moved(isReady, to: larger)
    clock.grow(toHold: larger)
    for p in 0..<poolCount { pools[p].loads.grow(toHold: larger) }
    capacity = larger
  }

  private func moved<Value: ~Copyable>(
    _ values: UnsafeMutablePointer<Value>, to capacity: Int
  ) -> UnsafeMutablePointer<Value> {
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    larger.moveInitialize(from: values, count: count)
    values.deallocate()
    return larger
  }

  var epoch: Epoch { log.pointee.epoch }

  /// Now, as it is told to others.
  @inline(__always)
  var instant: Instant { epoch.instant(now) }

  mutating func markReady(_ i: Int) {
    guard !isReady[i] else { return }
    isReady[i] = true
    ready.append(Int32(i))
  }

  /// Whether replicas are to begin a step at this instant.
  var hasReady: Bool { !ready.isEmpty }

  @inline(never)
  mutating func beginSteps() {
    for r in 0..<ready.count {
      let i = Int(ready[r])
      isReady[i] = false
      begin(i)
    }
    ready.removeAll()
  }

  @inline(__always)
  mutating func begin(_ i: Int) {
    if replicas[i].begin(at: now) {
      clock.set(i, to: replicas[i].span.end)
    } else {
      clock.set(i, to: Tournament.last)
      rest(i)
    }
    if !replicas[i].parked.isEmpty { sendForEntries(to: i) }
  }

  /// KV entries set out for requests parked at replica `i` that have just got blocks.
  @inline(never)
  private mutating func sendForEntries(to i: Int) {
    if !replicas[i].parked.reserved.isEmpty { startTransfers(to: i) }
    if !replicas[i].tiers.begun.isEmpty { startLoads(to: i) }
  }
}
