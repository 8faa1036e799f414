package import SimKernel

/// Where clients and pools are, and where requests go. Without names there is no distance and no choice
/// between places.
package struct RegionPlan: Sendable {
  package var names: [String] = []
  /// By the client's region and then the pool's: from when a client sends a request to when its first
  /// token could be back, if computing took no time.
  package var latency: [[SimDuration]] = []
  /// By the pool's region: the clients' regions that it may serve; nil: all of them.
  package var serves: [Set<Int>?] = []
  package var policy = RegionPolicy.nearest
  /// By the pool's region: what is to be low where the policy is `lowest_carbon` or `lowest_price`. Its
  /// zero is the run's start.
  package var signals: [StepSeries] = []
  /// The requests under way for each that the pool can run at once from which on requests go to the next
  /// pool, as long as one has fewer; nil: they never do.
  package var spillover: Double?
  /// Requests go no further than this, if anybody is within it; nil: as far as it takes.
  package var maxLatency: SimDuration?

  package init() {}

  /// Whether a pool may serve the clients of a region.
  package func permits(_ pool: PoolPlan, client: Int) -> Bool {
    pool.region.flatMap { serves[$0] }?.contains(client) ?? true
  }

  /// Between a place (nil: none) and the clients of each region, by its name, where that takes time.
  func roundTrips(to place: Int?) -> [String: SimDuration] {
    guard let place else { return [:] }
    let known = names.indices.map { (names[$0], latency[$0][place]) }
    return Dictionary(uniqueKeysWithValues: known.filter { $0.1 > .zero })
  }
}

/// In which order the pools of a request's model are considered. Those that are equal are in order of
/// latency, of load, and of the scenario.
package enum RegionPolicy: String, CaseIterable, Sendable {
  case nearest
  case leastLoaded = "least_loaded"
  case lowestCarbon = "lowest_carbon"
  case lowestPrice = "lowest_price"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .nearest: "the least latency to the client first"
    case .leastLoaded: "the fewest requests under way for each that can run at once first"
    case .lowestCarbon: "the lowest carbon intensity of the grid at that time first"
    case .lowestPrice: "the lowest price of electricity at that time first"
    }
  }
}
