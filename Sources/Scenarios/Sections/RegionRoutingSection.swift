import ServingSim
import SimKernel

/// `router.region`: a policy's name, or a mapping of the policy and its options.
struct RegionRoutingSection: Sendable {
  var policy: Stated<RegionPolicy>?
  var spillover: Stated<Double>?
  var maxLatency: Stated<SimDuration>?

  /// nil: nothing is stated.
  init?(_ router: Fields) {
    let stated = router.wordOrMapping(
      "region", "a policy's name, or a mapping like {policy: nearest, spillover: 0.8}",
      "Picks the region, or among several pools of one region the pool, of each request before a "
        + "replica is picked there. A name alone is its `policy`.",
      .default("nearest"), words: RegionPolicy.allCases.map(\.rawValue))
    switch stated {
    case nil: return nil
    case .mapping(let fields): self.init(mapping: fields)
    case .word(let node):
      self.init(word: router.choice(node, path: router.path("region"), of: RegionPolicy.self))
    }
  }

  private init(word: Stated<RegionPolicy>?) { policy = word }

  private init(mapping fields: Fields) {
    fields.introduce("In place of a name, a mapping, for policies with options.")
    policy = fields.choice(
      "policy", of: RegionPolicy.self,
      "In which order the pools that have a request's model are considered. Equal ones are in order of "
        + "latency, then of load.",
      .default("nearest"), each: \.meaning)
    spillover = fields.number(
      "spillover", in: 0.001...1000, expected: "a number from 0.001 to 1000, like 0.8",
      "A pool is full when the requests under way in it are at least this share of those that its "
        + "replicas run at once (`max_num_seqs`). Requests go to the first pool that is not full, and "
        + "where all are, to the first.",
      .default("pools are never full"))
    maxLatency = fields.quantity(
      "max_latency", .duration, zeroAllowed: true,
      "Regions with a longer round trip to the client are left out, unless all have one.",
      .default("as far as it takes"))
    fields.finish()
  }
}
