import SimKernel

/// The policy `cache_aware` of SGLang's router (sgl-model-gateway/src/policies/cache_aware.rs and tree.rs;
/// defaults of its command, `RouterArgs` in bindings/python/src/sglang_router/router_args.py at commit
/// 05e589a). The router remembers which texts it sent where, and counts what is under way. Where the loads
/// are unequal (the most above the least by more than `balanceAbsThreshold` and by more than the factor
/// `balanceRelThreshold`) the least loaded replica gets the request. Else it goes where the longest
/// beginning of its prompt went, if that is more than the share `cacheThreshold` of it; and if not, to the
/// least loaded one, too.
///
/// SGLang counts characters of text where this counts tokens.
struct CacheAware: Router {
  private let settings: RouterSettings
  private var tree = PrefixTree()
  private var membership = -1
  /// Evictions so far: one at each multiple of the interval.
  private var evictions: Instant = 0

  init(_ settings: RouterSettings) { self.settings = settings }

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    if membership != fleet.membership { forgetOthers(fleet) }
    evict(at: request.arrival.picoseconds)
    let text = fleet.text(of: request)
    let replica = replica(for: text, request, fleet)
    tree.insert(text, replica: replica)
    return replica
  }

  private mutating func replica(
    for text: PromptText, _ request: RequestView, _ fleet: FleetView
  ) -> Int {
    var idlest = fleet.member(0)
    var (least, most) = (fleet.inFlight(on: idlest), fleet.inFlight(on: idlest))
    for place in 1..<fleet.count {
      let load = fleet.inFlight(on: fleet.member(place))
      if load < least { (idlest, least) = (fleet.member(place), load) }
      most = max(most, load)
    }
    let isUnequal =
      most - least > settings.balanceAbsThreshold
      && Double(most) > Double(least) * settings.balanceRelThreshold
    if isUnequal { return idlest }
    let found = tree.match(text)
    let share = Double(found.tokens) / Double(request.promptTokens)
    return share > settings.cacheThreshold ? found.replica ?? idlest : idlest
  }

  private mutating func evict(at now: Instant) {
    let due = now / Instant(settings.evictionInterval.picoseconds)
    guard due > evictions else { return }
    evictions = due
    for replica in tree.replicas { tree.evict(from: replica, to: settings.maxTreeSize) }
  }

  private mutating func forgetOthers(_ fleet: FleetView) {
    membership = fleet.membership
    for replica in tree.replicas where !fleet.isMember(replica) { tree.evict(from: replica, to: 0) }
  }
}
