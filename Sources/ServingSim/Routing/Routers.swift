import SimKernel

extension RouterPolicy {
  /// A router of this policy at the beginning of a run.
  func router(_ settings: RouterSettings, random: RandomStream) -> any Router {
    switch self {
    case .roundRobin: RoundRobin()
    case .weightedRoundRobin: WeightedRoundRobin()
    case .leastOutstanding: LeastOutstanding()
    case .leastOutstandingTokens: LeastOutstandingTokens()
    case .random: RandomRouter(random: random)
    case .powerOfTwo: PowerOfTwo(random: random)
    case .consistentHashing: ConsistentHashing(factor: settings.loadFactor)
    case .sessionAffinity: SessionAffinity()
    case .prefixAffinity: PrefixAffinity()
    case .cacheAware: CacheAware(settings)
    case .kvAware: KVAware(settings, random: random)
    case .scorers: Scoring(settings.scorers, settings.picker, random: random)
    case .consolidate: Consolidate()
    }
  }
}

/// One after the other.
struct RoundRobin: Router {
  private var next = 0

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    let place = next % fleet.count
    next = place + 1
    return fleet.member(place)
  }
}

/// To the replica with the fewest requests that have not ended.
struct LeastOutstanding: Router {
  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    fleet.leastOutstanding
  }
}

/// To any, each as likely.
struct RandomRouter: Router {
  var random: RandomStream

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    fleet.member(random.integer(below: fleet.count))
  }
}

/// A conversation stays where it began, which is the replica with the fewest outstanding requests
/// at that time; so do requests without a conversation.
struct SessionAffinity: Router {
  private var home: [Int: Int] = [:]

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    guard let session = request.session else { return fleet.leastOutstanding }
    if let replica = home[session], fleet.isMember(replica) { return replica }
    let replica = fleet.leastOutstanding
    home[session] = replica
    return replica
  }
}
