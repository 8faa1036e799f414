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
  /// What is known of all replicas together.
  let facts: UnsafeMutablePointer<FleetFacts>
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
  var router: any Router
  /// nil: what the router sees of the replicas is fresh.
  var telemetry: Telemetry?
  /// The replicas that requests can be sent to, ascending.
  var members = Stack<Int32>()
  /// Requests sent to each member that have not ended. Others have `notAMember` more, and so are
  /// never the least.
  var loads: Tournament
  static let notAMember = Int64.max / 2
  /// Replicas that step together.
  var gangs = Gangs()
  var failures: Failures
  var retries: Retries
  /// Whether it matters who ends, and not only that somebody does.
  let followsEnds: Bool
  var pools: [ScalingPlan]
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
    let (sendsAgain, followsEnds) = (retries.areMade, clients.followEnds)
    let isFresh = telemetry == nil
    let isPatient = columns.patience == nil
    router = plan.router.router(plan.routerSettings, seed: plan.seed)
    self.retries = retries
    self.telemetry = telemetry
    self.clients = clients
    self.followsEnds = followsEnds || sendsAgain
    facts = .allocate(capacity: 1)
    facts.initialize(to: FleetFacts(paths))
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
    loads = Tournament(replicas: capacity, keys: Tournament.last)
    log = .allocate(capacity: 1)
    log.initialize(to: RunLog(outcomes: outcomes))
    replicas = .allocate(capacity: capacity)
    standings = .allocate(capacity: capacity)
    isReady = .allocate(capacity: capacity)
    pools = plan.scaling
    self.clients.start(&agenda)
    failures.start(&agenda)
    for replica in plan.replicas {
      let i = append(replica, .ready)
      gangs.join(i, replica, upAt: 0)
      let pool = plan.scaling.firstIndex { $0.group == replica.group }
      standings[i].pool = Int32(pool ?? -1)
    }
    for p in pools.indices { agenda.add(.tick, p, at: 0) }
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
    router = other.router
    telemetry = other.telemetry
    facts = .allocate(capacity: 1)
    facts.initialize(to: other.facts.pointee.copy(paths))
    gates = other.gates
    isStraight = other.isStraight
    followsEnds = other.followsEnds
    gangs = other.gangs
    failures = other.failures
    retries = other.retries
    pools = other.pools
    agenda = other.agenda.copy(arrivals: columns.arrivals)
    clients = other.clients.copy(columns)
    news = other.news.copy()
    stepByStep = other.stepByStep
    windowLimit = other.windowLimit
    clock = other.clock.copy()
    loads = other.loads.copy()
    members = other.members.copy()
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
      (replicas + i).initialize(to: other.replicas[i].copy(paths, log: log))
    }
  }

  deinit {
    replicas.deinitialize(count: count).deallocate()
    standings.deallocate()
    isReady.deallocate()
    log.deinitialize(count: 1).deallocate()
    facts.deinitialize(count: 1).deallocate()
  }

  /// Puts another replica at the end. Returns its number.
  mutating func append(_ plan: ReplicaPlan, _ life: ReplicaLife) -> Int {
    if count == capacity { grow() }
    let i = count
    count += 1
    (replicas + i).initialize(
      to: Replica(
        plan: plan, windowLimit: windowLimit, paths: paths, log: log, stepByStep: stepByStep))
    (standings + i).initialize(to: ReplicaStanding(life: .gone, joined: instant))
    (isReady + i).initialize(to: false)
    loads.set(i, to: Self.notAMember)
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
    loads.grow(toHold: larger)
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

  @inline(__always)
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
  }
}
