import ServingModel
import ServingSim
import SimKernel

/// What the reference's routers remember.
struct ReferenceRouting {
  var random: RandomStream
  var nextRoundRobin = 0
  /// `session_affinity`: where each conversation began.
  var homes: [Int32: Int] = [:]
  /// Smooth weighted round robin: what each member has gained, by number, and who they were.
  var gains: [Int: Int] = [:]
  var members: [Int] = []
  /// `scorers`: where each conversation was served last.
  var lastHomes: [Int32: Int] = [:]
  /// `kv_aware`: prompt tokens of requests whose first token has not come, by request, and where they are.
  var pending: [Int: (replica: Int, tokens: Int)] = [:]
  /// `cache_aware`: texts sent to replicas, and when they were last evicted.
  var tree = ReferenceTree()
  var evictions: Instant = 0
}

/// What a replica says of itself.
struct ReferenceReport {
  var waiting = 0
  var running = 0
  var tokens = 0
  var usedBlocks = 0

  var outstanding: Int { waiting + running }

  init() {}

  init(_ replica: ReferenceReplica) {
    waiting = replica.count - replica.running.count
    running = replica.running.count
    tokens = (replica.waiting + replica.inbox + replica.running).reduce(0) { $0 + $1.known }
    usedBlocks = replica.plan.usableBlocks - replica.cache.free
  }
}

/// Where staleness comes from.
extension ReferenceSimulator {
  /// Reports of the last multiple of the interval before `now`: nothing has changed since the instant
  /// before.
  func report(before now: Instant) {
    guard let interval = reportInterval, now > 0 else { return }
    let last = (now - 1) / interval * interval
    if reportTime.map({ $0 < last }) ?? true { report(at: last) }
  }

  /// Reports of this instant, if it is a multiple.
  func report(amid now: Instant) {
    if let interval = reportInterval, now % interval == 0 { report(at: now) }
  }

  private func report(at time: Instant) {
    reportTime = time
    reports = [:]
    for i in replicas.indices { reports[i] = ReferenceReport(replicas[i]) }
  }

  private var reportInterval: Instant? {
    plan.routerSettings.refreshInterval.map { Instant($0.picoseconds) }
  }

  /// What the router sees of a replica.
  func reported(_ i: Int) -> ReferenceReport {
    guard reportInterval != nil else { return ReferenceReport(replicas[i]) }
    return reports[i] ?? ReferenceReport()
  }
}

/// Routers that look at no replica, or at few.
extension ReferenceSimulator {
  func routeByWeights(_ members: [Int]) -> Int {
    if routing.members != members {
      routing.members = members
      routing.gains = [:]
    }
    var best = members[0]
    var sum = 0
    for i in members {
      let weight = replicas[i].plan.weight
      routing.gains[i, default: 0] += weight
      sum += weight
      if routing.gains[i, default: 0] > routing.gains[best, default: 0] { best = i }
    }
    routing.gains[best, default: 0] -= sum
    return best
  }

  func routeToOneOfTwo(_ members: [Int]) -> Int {
    let one = routing.random.integer(below: members.count)
    let others = members.indices.filter { $0 != one }
    let two = others[routing.random.integer(below: others.count)]
    let isLess = reported(members[two]).outstanding < reported(members[one]).outstanding
    return isLess ? members[two] : members[one]
  }

  /// Looks at every point of the ring.
  func routeByHash(_ number: Int, _ members: [Int]) -> Int {
    func mixed(_ state: UInt64) -> UInt64 {
      var mixer = SplitMix64(state: state)
      return mixer.next()
    }
    var state = 3 << 60 | UInt64(number)
    if let chain = workload.content?.chainOfRequest[number], chain >= 0 {
      state = 2 << 60 | UInt64(chain)
    }
    if let session = workload.sessions?[number], session >= 0 { state = 1 << 60 | UInt64(session) }
    let key = mixed(state)
    let underWay = members.reduce(0) { $0 + replicas[$1].count }
    let most = plan.routerSettings.loadFactor * Double(underWay + 1) / Double(members.count)
    let open = members.filter { Double(replicas[$0].count) < most.rounded(.up) }
    // From the key to the next point of each open replica, round the ring.
    let distances = open.map { i in
      (0..<160).map { mixed(UInt64(i) << 16 | UInt64($0)) &- key }.min() ?? 0
    }
    return zip(distances, open).min { $0 < $1 }?.1 ?? members[0]
  }
}
