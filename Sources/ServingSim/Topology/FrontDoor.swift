import ServingModel
import SimKernel

/// Chooses the pool that a request goes to.
struct FrontDoor {
  private let regions: RegionPlan
  private let pools: [PoolPlan]
  /// The one pool takes every request at once.
  let isOpen: Bool
  /// By the numbers of words in a run, as they are first met: the pools of a model, and the number of a
  /// region, negative where it is none of the scenario's.
  private var poolsOfModel: [Int: [Int]] = [:]
  private var regionOfWord: [Int: Int] = [:]
  /// To which requests are sent from here.
  private let everyPool: [Int]

  init(_ plan: Plan) {
    regions = plan.regions
    pools = plan.pools
    isOpen = plan.pools.count == 1 && plan.regions.names.isEmpty
    // Prompts come to the others from these.
    let ahead = Set(plan.pools.compactMap { $0.prefill?.pool })
    everyPool = plan.pools.indices.filter { !ahead.contains($0) }
  }

  /// The pools that serve a request's model; all of them where none does or it asks for none.
  mutating func pools(for request: RequestView) -> [Int] {
    guard let word = request.traits[.model] else { return everyPool }
    if let known = poolsOfModel[word] { return known }
    let name = request.traits.name(of: .model)
    let serving = everyPool.filter { pool in
      pools[pool].models.isEmpty || name.map { pools[pool].models.contains($0) } ?? true
    }
    let found = serving.isEmpty ? everyPool : serving
    poolsOfModel[word] = found
    return found
  }

  /// The pool of a request, and the round trip between it and the client. `load` is the requests under way in a pool for
  /// each that it can run at once; nil: nobody is there to send any to.
  mutating func choose(
    for request: RequestView, load: (Int) -> Double?
  ) -> (pool: Int, latency: SimDuration) {
    let client = region(of: request)
    let allowed = allowed(pools(for: request), for: client)
    let milliseconds = request.arrival.picoseconds / Instant(SimDuration.millisecond.picoseconds)
    var best: (key: Key, latency: SimDuration)?
    for pool in allowed {
      let latency = latency(from: client, to: pool)
      let load = load(pool)
      let key = Key(
        standing: load.map { isFull($0) ? 1 : 0 } ?? 2,
        score: score(of: pool, load: load ?? 0, at: Int64(milliseconds)),
        latency: latency.picoseconds, load: load ?? 0, pool: pool)
      if best.map({ key < $0.key }) ?? true { best = (key, latency) }
    }
    guard let best else { preconditionFailure("a plan without pools") }
    return (best.key.pool, best.latency)
  }

  private func isFull(_ load: Double) -> Bool { regions.spillover.map { load >= $0 } ?? false }

  private func score(of pool: Int, load: Double, at milliseconds: Int64) -> Double {
    switch regions.policy {
    case .nearest: 0
    case .leastLoaded: load
    case .lowestCarbon, .lowestPrice:
      pools[pool].region.map { regions.signals[$0].value(at: milliseconds) } ?? 0
    }
  }

  /// Those that may serve clients of a region and are near enough, as far as there are any.
  private func allowed(_ candidates: [Int], for client: Int?) -> [Int] {
    guard let client else { return candidates }
    var permitted = candidates.filter { regions.permits(pools[$0], client: client) }
    if permitted.isEmpty { permitted = candidates }
    guard let limit = regions.maxLatency else { return permitted }
    let near = permitted.filter { latency(from: client, to: $0) <= limit }
    return near.isEmpty ? permitted : near
  }

  /// A client whose region is not known is as far from everywhere.
  private func latency(from client: Int?, to pool: Int) -> SimDuration {
    guard let client, let region = pools[pool].region else { return .zero }
    return regions.latency[client][region]
  }

  private mutating func region(of request: RequestView) -> Int? {
    guard !regions.names.isEmpty, let word = request.traits[.region] else { return nil }
    if let known = regionOfWord[word] { return known < 0 ? nil : known }
    let name = request.traits.name(of: .region)
    let found = regions.names.firstIndex { $0 == name }
    regionOfWord[word] = found ?? -1
    return found
  }

  /// What pools are compared by, the least first.
  private struct Key: Comparable {
    /// 0: it has room, 1: it has as much as it is to have, 2: nobody is there.
    var standing: Int
    var score: Double
    var latency: Int64
    var load: Double
    var pool: Int

    static func < (a: Self, b: Self) -> Bool {
      (a.standing, a.score, a.latency, a.load, a.pool)
        < (b.standing, b.score, b.latency, b.load, b.pool)
    }
  }
}
