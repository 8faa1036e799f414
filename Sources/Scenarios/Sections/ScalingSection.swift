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
  var period: Stated<SimDuration>?
  var lookAhead: Stated<SimDuration>?
  var planner: PlannerOptions
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
        + "`hpa`; requests that come in a second with `predictive`.",
      .needed("with `outstanding`, `hpa` and `predictive`"))
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
      "The time between two looks at the requests, for all but `schedule`.",
      .needed(
        "with `predictive`",
        default: "15 s, that of Kubernetes' controller; with `dynamo_planner` 180 s, Dynamo's"))
    period = fields.quantity(
      "period", .duration, atLeast: "10 ms",
      "After how long the load is as before, for `predictive` alone.", .default("1 d"))
    lookAhead = fields.quantity(
      "look_ahead", .duration, zeroAllowed: true,
      "How long before a load comes replicas are asked for, for `predictive` alone.",
      .default("what the start of a replica takes"))
    planner = PlannerOptions(fields)
    minReplicas = fields.wholeNumber(
      "min_replicas", in: 0...100_000, "The fewest replicas there may be.",
      .default("1; with `schedule`, the least of its entries and of `replicas`"))
    maxReplicas = fields.wholeNumber(
      "max_replicas", in: 1...100_000,
      "The most replicas there may be, those that are starting included.",
      .needed(
        "unless `policy` is `schedule`",
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
      let expected =
        switch policy.value {
        case .hpa: "what a replica is to have of metric, like 16"
        case .predictive: "the requests that are to come to a replica in a second, like 2"
        default: "the requests that a replica is to have, waiting and running, like 16"
        }
      fields.require("target", expected)
    }
    if policy.value == .predictive {
      fields.require("interval", "the time between two looks, like 5 min")
    }
    // A timetable says itself how many there are at most.
    if !needs.contains(.entries) {
      fields.require("max_replicas", "the most replicas that there may be")
    }
  }

  /// What the replicas are before the run starts, where the group does not say.
  var usualReplicas: Int { max(1, minReplicas?.value ?? 1) }
}

/// What `dynamo_planner` goes by.
struct PlannerOptions: Sendable {
  var ttft: Stated<SimDuration>?
  var itl: Stated<SimDuration>?
  var loadPredictor: Stated<LoadPredictor>?
  var loadPredictionWindowSize: Stated<Int>?
  var noCorrection: Stated<Bool>?

  init(_ fields: Fields) {
    let only = "for `dynamo_planner` alone."
    ttft = fields.quantity(
      "ttft", .duration, "The limit of the time to the first token, \(only)",
      .default("500 ms, Dynamo's"))
    itl = fields.quantity(
      "itl", .duration, "The limit of the time between two tokens, \(only)",
      .default("50 ms, Dynamo's"))
    loadPredictor = fields.choice(
      "load_predictor", of: LoadPredictor.self,
      "What the next interval is taken to be like, \(only)",
      .default("constant"), each: \.meaning)
    loadPredictionWindowSize = fields.wholeNumber(
      "load_prediction_window_size", in: 1...10_000,
      "How many intervals `moving_average` is of, \(only)", .default("50, Dynamo's"))
    noCorrection = fields.flag(
      "no_correction",
      "Whether `itl` stays as it is, however much longer tokens take than expected, \(only)",
      .default("false"))
  }
}
