import SimKernel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The KV router of NVIDIA Dynamo (`DefaultWorkerSelector` in lib/kv-router/src/scheduling/selector.rs,
/// `potential_blocks_and_tokens` in sequences/single.rs; defaults of config.rs at commit 870abbd). The cost
/// of a replica is the prompt tokens that it has to compute, in blocks and times `overlapWeight`, and the
/// KV blocks that are in use with this request. At temperature 0 the least cost wins, any among equals;
/// else a replica is drawn by the softmax of the costs.
///
/// The router counts by itself: prompt tokens from when it sends a request until its first token comes, less
/// those that were cached then. So its counts are always fresh. Dynamo counts a request's blocks from the
/// same moment on and leaves those of the answer out; here they are the engine's own, which has them from
/// the request's first step on.
struct KVAware: Router {
  let overlapWeight: Double
  let temperature: Double
  private var random: RandomStream
  /// What each replica has to compute for requests whose first token has not come, by number.
  private var pending: [[Prefill]] = []
  private var costs: [Double] = []

  private struct Prefill {
    var request: Int
    var tokens: Int
  }

  init(_ settings: RouterSettings, random: RandomStream) {
    overlapWeight = settings.overlapScoreWeight
    temperature = settings.routerTemperature
    self.random = random
  }

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    costs.removeAll(keepingCapacity: true)
    for place in 0..<fleet.count {
      costs.append(cost(of: fleet.member(place), request, fleet))
    }
    let replica = fleet.member(temperature == 0 ? cheapest() : drawn())
    pending[replica].removeAll { $0.request == request.number }
    let tokens = request.promptTokens - fleet.prefix(on: replica).tokens
    pending[replica].append(Prefill(request: request.number, tokens: tokens))
    return replica
  }

  private mutating func cost(of replica: Int, _ request: RequestView, _ fleet: FleetView) -> Double
  {
    while pending.count <= replica { pending.append([]) }
    pending[replica].removeAll { !fleet.awaitsFirstToken($0.request, from: replica) }
    let found = fleet.prefix(on: replica)
    let tokens =
      pending[replica].reduce(0) { $0 + $1.tokens } + request.promptTokens - found.tokens
    let blockSize = fleet.blockSize(of: replica)
    let held = found.tokens / blockSize - found.freeBlocks
    let active = fleet.usedBlocks(on: replica) + request.promptTokens / blockSize - held
    return overlapWeight * (Double(tokens) / Double(blockSize)) + Double(active)
  }

  private mutating func cheapest() -> Int {
    let least = costs.min() ?? 0
    let places = costs.indices.filter { costs[$0] == least }
    return places.count == 1 ? places[0] : places[random.integer(below: places.count)]
  }

  /// By the softmax of the costs over their range, negated.
  private mutating func drawn() -> Int {
    let least = costs.min() ?? 0
    let range = (costs.max() ?? 0) - least
    guard range > 0 else { return random.integer(below: costs.count) }
    let chances = costs.map { exp((least - $0) / range / temperature) }
    let wanted = random.uniform() * chances.reduce(0, +)
    var reached = 0.0
    for (place, chance) in chances.enumerated() {
      reached += chance
      if wanted < reached { return place }
    }
    return costs.count - 1
  }
}
