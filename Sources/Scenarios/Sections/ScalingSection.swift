import ServingPolicies
import SimKernel

/// `scaling`: how many replicas a group has while the run goes on.
struct ScalingSection: Sendable {
  var path: String
  var origin: Origin
  var policy: Stated<ScalerName>?
  var entries: [Entry]
  var target: Stated<Double>?
  var metric: Stated<HorizontalPodAutoscaler.Metric>?
  var tolerance: Stated<Double>?
  var scaleUpWindow: Stated<SimDuration>?
  var scaleDownWindow: Stated<SimDuration>?
  var cooldown: Stated<SimDuration>?
  var interval: Stated<SimDuration>?
  var minReplicas: Stated<Int>?
  var maxReplicas: Stated<Int>?
  var startUp: StartUpSection?
  var nodes: NodesSection?

  /// A line of a timetable.
  struct Entry: Sendable {
    var origin: Origin
    var path: String
    var at: Stated<SimTime>?
    var replicas: Stated<Int>?

    init(_ fields: Fields) {
      origin = fields.origin
      path = fields.path
      fields.introduce("The lines of the timetable, in order of time.")
      at = fields.quantity(
        "at", .time, zeroAllowed: true, "A time from the start of the run.",
        .required("a time from the run's start, like 1 h"))
      replicas = fields.wholeNumber(
        "replicas", in: 0...100_000, "How many replicas there are to be from then on.",
        .required("how many replicas there are to be from then on"))
      fields.finish()
    }
  }

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "The group is a pool that grows and shrinks: [Scaling, admission and timeouts]"
        + "(ScalingAdmissionAndTimeouts.md).")
    policy = fields.choice(
      "policy", of: ScalerName.self, "What the number of replicas follows.",
      .required("what the number of replicas goes by, like schedule"), each: \.meaning)
    entries = fields.mappings(
      "entries", "The timetable, for `schedule` alone, like `[{at: 1 h, replicas: 4}]`.",
      .needed("with `schedule`")
    ).map { Entry($0) }
    target = fields.positive(
      "target", .queue,
      "What a replica is to have: requests, waiting and running, with `outstanding`; of `metric` with "
        + "`hpa`.",
      .needed("with `outstanding` and `hpa`"))
    metric = fields.choice(
      "metric", of: HorizontalPodAutoscaler.Metric.self, "What `target` is of, for `hpa` alone.",
      .default("outstanding"), each: \.meaning)
    tolerance = fields.share(
      "tolerance", zeroAllowed: true,
      "The share by which the metric may be off without effect, for `hpa` alone.",
      .default("0.1, that of Kubernetes"))
    scaleUpWindow = fields.quantity(
      "scale_up_window", .duration, zeroAllowed: true,
      "The pool grows to the least that was asked for within this time, for `hpa` alone.",
      .default("0 s, that of Kubernetes"))
    scaleDownWindow = fields.quantity(
      "scale_down_window", .duration, zeroAllowed: true,
      "The pool shrinks to the most that was asked for within this time, for `hpa` alone.",
      .default("300 s, that of Kubernetes"))
    cooldown = fields.quantity(
      "cooldown", .duration, zeroAllowed: true,
      "Without requests for so long, a pool with `min_replicas: 0` goes to no replica, for `hpa` alone.",
      .default("300 s, that of KEDA"))
    // Looks cost time of the simulation, and nobody looks more often.
    interval = fields.quantity(
      "interval", .duration, atLeast: "10 ms",
      "The time between two looks at the requests, for `outstanding` and `hpa`.",
      .default("15 s, that of Kubernetes' controller"))
    minReplicas = fields.wholeNumber(
      "min_replicas", in: 0...100_000, "The fewest replicas there may be.",
      .default("1; with `schedule`, the least of its entries and of `replicas`"))
    maxReplicas = fields.wholeNumber(
      "max_replicas", in: 1...100_000,
      "The most replicas there may be, those that are starting included.",
      .needed(
        "with `outstanding` and `hpa`",
        default: "with `schedule`, the most of its entries and of `replicas`")
    )
    startUp = StartUpSection(fields)
    nodes = fields.fields(
      "nodes", "The machines that the replicas stand on. Without it each is paid for by itself."
    ).map { NodesSection($0) }
    if let policy { Self.check(policy, fields) }
    fields.finish()
  }

  /// A scaler has what it needs, and nothing that only others go by.
  private static func check(_ policy: Stated<ScalerName>, _ fields: Fields) {
    fields.checkOptions(of: policy, \.settings)
    let needs = policy.value.settings
    if needs.contains(.entries) {
      fields.require("entries", "a list like [{at: 1 h, replicas: 4}]")
    }
    if needs.contains(.target) {
      fields.require(
        "target",
        policy.value == .hpa
          ? "what a replica is to have of metric, like 16"
          : "the requests that a replica is to have, waiting and running, like 16")
    }
    // A timetable says itself how many there are at most.
    if !needs.contains(.entries) {
      fields.require("max_replicas", "the most replicas that there may be")
    }
  }

  /// What the replicas are before the run starts, where the group does not say.
  var usualReplicas: Int { max(1, minReplicas?.value ?? 1) }
}
