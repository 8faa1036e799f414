import ServingPolicies
import ServingModel
import SimKernel
import TextAndBytes

/// One entry of `fleet`: replicas that are alike.
struct GroupSection: Sendable {
  /// `fleet`, or `fleet.1` in a list.
  var path: String
  var origin: Origin
  var name: Stated<String>?
  var replicas: Stated<Int>?
  var region: Stated<String>?
  var zone: Stated<String>?
  var servedModelNames: [Stated<String>]
  var model: ModelSection?
  /// Of one accelerator.
  var weights: Stated<Bytes>?
  var accelerator: AcceleratorSection?
  var network: NetworkSection?
  var engine: EngineSection
  var stepTime: StepTimeSection?
  var calibration: Stated<String>?
  var powerCap: Stated<PowerCapSetting>?
  var clockLimit: Stated<Double>?
  var powerDown: PowerDownSection?
  var scaling: ScalingSection?
  var weight: Stated<Int>?
  var disaggregation: DisaggregationSection?
  var kvOffloading: OffloadingSection?

  /// The groups of `fleet`, which is one mapping or a list of them.
  static func all(_ root: Fields) -> [GroupSection] {
    let node = root.node(
      "fleet", "a mapping, or a list of them",
      "The replicas that serve the requests. A list states several groups of replicas.", .needed())
    guard let node else { return [] }
    guard case .list(let groups) = node.content else {
      return [GroupSection(root.below("fleet", node))]
    }
    if groups.isEmpty { root.issues.add(node.origin, "fleet", "an empty list; state one group") }
    return root.elements(of: "fleet", groups).map { GroupSection($0) }
  }

  private init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce("One group of replicas that are alike.")
    name = fields.text(
      "name", "What reports call the group.",
      .default("fleet; in a list group 0, group 1 and so on"))
    replicas = fields.wholeNumber(
      "replicas", in: 1...100_000, "How many there are.",
      .default("1; with `scaling`, its `min_replicas`, at least 1"))
    region = fields.text(
      "region", "The region that its replicas stand in.", .needed("with `regions`"))
    zone = fields.text(
      "zone", "The zone that its replicas stand in, which `failures` can strike as a whole.")
    model = ModelSection(fields)
    servedModelNames = fields.words(
      "served_model_name", like: "[gpt-4, chat]",
      "The models that requests can ask for there, as vLLM's option has them. Where groups differ in "
        + "it, a request goes to those that have its model.",
      .default("the name of `model`"))
    weights = fields.quantity(
      "weights", .size, atLeast: "1 MiB",
      "The memory of the weights on one accelerator, as vLLM prints it (\"Model loading took\").",
      .default("counted from the model's shape"))
    accelerator = AcceleratorSection(fields)
    network = fields.fields("network", "What joins the accelerators of different servers.")
      .map { NetworkSection($0) }
    engine = EngineSection(
      fields.fields("engine", "Settings of the engine that each replica runs.")
        ?? fields.below(
          "engine", DocumentNode(content: .mapping([]), origin: fields.origin)))
    stepTime = StepTimeSection(fields)
    calibration = fields.scalar(
      "calibration", expected: "a profile's name, its file, or none",
      "Where the coefficients of the roofline come from: [Calibrating](Calibrating.md). Files end in "
        + "`.yaml` or `.json`; relative paths start from the scenario's folder, in `--set` from the "
        + "working directory. `none` is the uncalibrated roofline.",
      .default("the newest shipped profile")
    ) { $0.isEmpty ? nil : $0 }
    powerCap = fields.scalar(
      "power_cap", expected: PowerCapSetting.expected,
      "The most power that each accelerator draws; a share is of its thermal design power. See [Power "
        + "and carbon policies](PowerAndCarbonPolicies.md)."
    ) { PowerCapSetting($0) }
    clockLimit = fields.number(
      "clock_limit", in: 0.5...1, expected: "a share from 0.5 to 1, like 0.8",
      "The most of the accelerators' highest clock that they run at.")
    powerDown = fields.fields("power_down", "When replicas without work are switched off.")
      .map { PowerDownSection($0) }
    scaling = fields.fields(
      "scaling",
      "How the number of replicas changes during the run. Without it the number stays. It excludes "
        + "`power_down`."
    ).map { ScalingSection($0) }
    weight = fields.wholeNumber(
      "weight", in: 1...10_000,
      "How many requests each replica of the group gets beside those of other groups, for the router "
        + "`weighted_round_robin`.", .default("1"))
    disaggregation = fields.fields(
      "disaggregation",
      "Whether the replicas compute prompts for others, or have theirs computed. Without it they do "
        + "both themselves."
    ).map { DisaggregationSection($0) }
    kvOffloading = fields.fields(
      "kv_offloading",
      "Where the replicas keep KV entries outside of their accelerators. Without it, nowhere."
    ).map { OffloadingSection($0) }
    fields.finish { Self.misplaced($0, in: fields.path) }
  }
}

extension GroupSection {
  /// An engine's option that stands one level too high.
  fileprivate static func misplaced(_ name: String, in path: String) -> String? {
    if let field = EngineSection.fields.first(where: { Spelling.fold($0) == Spelling.fold(name) }) {
      return "an option of the engine: it goes into \(path).engine.\(field)"
    }
    let plain = EngineArgument.fold(name)
    switch plain {
    case "router", "routing", "seed", "slo", "workload", "impact", "shift", "admission", "failures",
      "regions":
      let here = plain == "routing" ? "router" : plain
      return "a field of the scenario, not of its fleet: it goes to the top, as \(here)"
    case "precision":
      return "precisions are options of the engine: \(path).engine.quantization and dtype for the "
        + "weights, kv_cache_dtype for the cache"
    case "disaggregationmode": return "here it is \(path).disaggregation.mode"
    case "kvoffloadingsize", "cpubytestouse":
      return "here it is \(path).kv_offloading.cpu_bytes_to_use"
    case "kvrole", "kvtransferconfig":
      return "here it is \(path).disaggregation, with mode prefill or decode"
    case "minreplicas", "maxreplicas": return "here it is \(path).scaling.\(name)"
    case "autoscaling", "autoscaler", "hpa": return "here it is \(path).scaling"
    case "gpu", "gputype", "device": return "here it is \(path).accelerator"
    case "gpus", "numgpus", "gpucount":
      return "here it is \(path).engine.tensor_parallel_size for those of one engine, and "
        + "\(path).replicas for engines side by side"
    default: break
    }
    return EngineArgument.explanation(of: name)
  }
}
