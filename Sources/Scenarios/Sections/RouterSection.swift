import ServingSim
import SimKernel

/// `router`: a policy's name, or a mapping of the policy and its options.
struct RouterSection: Sendable {
  var path: String
  var policy: Stated<RouterPolicy>?
  var refreshInterval: Stated<SimDuration>?
  var migrationLimit: Stated<Int>?
  var region: RegionRoutingSection?
  var options = RouterOptions()

  /// nil: nothing is stated.
  init?(_ root: Fields) {
    let stated = root.wordOrMapping(
      "router", "a policy's name, or a mapping like {policy: power_of_two}",
      "Picks the replica of each request: [Routing](Routing.md). A name alone is its `policy`.",
      .default("round_robin"), words: RouterPolicy.allCases.map(\.rawValue))
    switch stated {
    case nil: return nil
    case .mapping(let fields): self.init(mapping: fields)
    case .word(let node):
      self.init(word: root.choice(node, path: "router", of: RouterPolicy.self), root)
    }
  }

  private init(word: Stated<RouterPolicy>?, _ root: Fields) {
    path = "router"
    policy = word
    if let word, word.value == .scorers { root.issues.add(word.origin, path, Self.noScorers) }
  }

  private static let noScorers =
    "scorers needs a list of them; expected {policy: scorers, scorers: [{type: queue}]}"

  private init(mapping fields: Fields) {
    path = fields.path
    fields.introduce("In place of a name, a mapping, for policies with options.")
    policy = fields.choice(
      "policy", of: RouterPolicy.self, "How a replica is picked.",
      .required("how a replica is picked, like least_outstanding"), each: \.meaning)
    refreshInterval = fields.quantity(
      "refresh_interval", .duration, atLeast: "1 ms",
      "How often replicas say how they are. The router sees their queues, their running requests and "
        + "their KV memory as they were at the last multiple of this time. What it counts or remembers "
        + "itself is always fresh.",
      .default("it sees them as they are"))
    migrationLimit = fields.wholeNumber(
      "migration_limit", in: 0...1000,
      "How often a request may go on at another replica when its own is lost, with the tokens that it "
        + "has: Dynamo's `--migration-limit`. [Failures and retries](FailuresAndRetries.md).",
      .default("0, Dynamo's"))
    region = RegionRoutingSection(fields)
    options = RouterOptions(fields)
    if let policy { Self.check(policy, fields) }
    fields.finish()
  }

  /// A policy has what it needs, and no options that only others go by.
  private static func check(_ policy: Stated<RouterPolicy>, _ fields: Fields) {
    fields.checkOptions(
      of: policy, \.options, always: ["refresh_interval", "migration_limit", "region"])
    if policy.value.options.contains(.scorers) {
      fields.require("scorers", "a list like [{type: queue, weight: 2}]")
    }
  }
}

/// The options of `router` as they are stated.
struct RouterOptions: Sendable {
  var loadFactor: Stated<Double>?
  var cacheThreshold: Stated<Double>?
  var balanceAbsThreshold: Stated<Int>?
  var balanceRelThreshold: Stated<Double>?
  var evictionInterval: Stated<SimDuration>?
  var maxTreeSize: Stated<Int>?
  var overlapScoreWeight: Stated<Double>?
  var routerTemperature: Stated<Double>?
  var scorers: [Scorer] = []
  var picker: Stated<PickerName>?

  /// An entry of `scorers`.
  struct Scorer: Sendable {
    var path: String
    var type: Stated<ScorerName>?
    var weight: Stated<Double>?

    init(_ fields: Fields) {
      path = fields.path
      fields.introduce("What replicas are scored by, for the policy `scorers`.")
      type = fields.choice(
        "type", of: ScorerName.self, "What the score says of a replica.",
        .required("what the score says of a replica, like queue"), each: \.meaning)
      weight = fields.positive(
        "weight", .factor, "How much the score counts.",
        .default("1, that of the endpoint picker"))
      fields.finish()
    }
  }

  init() {}

  init(_ fields: Fields) {
    loadFactor = fields.number(
      RouterOption.loadFactor.rawValue, in: 1...1000,
      expected: "a number from 1 to 1000, like 1.25",
      "How many times the mean of the requests under way a replica may have, for "
        + "`consistent_hashing` alone.",
      .default("1.25, KubeAI's"))
    readCacheAware(fields)
    overlapScoreWeight = fields.number(
      RouterOption.overlapScoreWeight.rawValue, .factor,
      "What a block of prompt to compute costs where a block in use costs 1, for `kv_aware` alone.",
      .default("1, Dynamo's"))
    routerTemperature = fields.number(
      RouterOption.routerTemperature.rawValue, .factor,
      "The temperature of the softmax that a replica is drawn by, for `kv_aware` alone. At 0 the least "
        + "cost wins.",
      .default("0, Dynamo's"))
    scorers = fields.mappings(
      RouterOption.scorers.rawValue,
      "What replicas are scored by, like `[{type: prefix_cache, weight: 3}, {type: queue}]`.",
      .needed("with `scorers`")
    ).map { Scorer($0) }
    picker = fields.choice(
      RouterOption.picker.rawValue, of: PickerName.self,
      "Which of the replicas is taken, for `scorers` alone.", .default("max_score"),
      each: \.meaning)
  }

  private mutating func readCacheAware(_ fields: Fields) {
    let only = "for `cache_aware` alone."
    let usual = "of SGLang's router"
    cacheThreshold = fields.share(
      RouterOption.cacheThreshold.rawValue, zeroAllowed: true,
      "The share of a prompt that has to have been sent to a replica for the request to go there, "
        + only, .default("0.3, \(usual)"))
    balanceAbsThreshold = fields.wholeNumber(
      RouterOption.balanceAbsThreshold.rawValue, in: 0...1_000_000,
      "Where the most and the fewest requests under way differ by more, and by more than "
        + "`balance_rel_threshold`, the replica with the fewest gets the request, \(only)",
      .default("64, \(usual)"))
    balanceRelThreshold = fields.number(
      RouterOption.balanceRelThreshold.rawValue, in: 1...1e6,
      expected: "a number from 1 to 1000000, like 1.5",
      "The same as a factor, \(only)", .default("1.5, \(usual)"))
    evictionInterval = fields.quantity(
      RouterOption.evictionInterval.rawValue, .duration, atLeast: "1 ms",
      "How often texts are forgotten that make more than `max_tree_size`, \(only)",
      .default("60 s, \(usual)"))
    maxTreeSize = fields.wholeNumber(
      RouterOption.maxTreeSize.rawValue, in: 1...1_000_000_000_000,
      "Tokens of text that are remembered of each replica, \(only) SGLang counts characters.",
      .default("67108864, \(usual)"))
  }
}
