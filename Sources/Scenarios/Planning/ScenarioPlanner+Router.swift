import ServingSim
import SimKernel

extension ScenarioPlanner {
  /// The router, and the options that it has.
  mutating func router() -> (RouterPolicy, RouterSettings) {
    guard let section = scenario.router else {
      lines.add("router", RouterPolicy.roundRobin.rawValue, "default")
      return (.roundRobin, RouterSettings())
    }
    let policy = section.policy?.value ?? .roundRobin
    if let stated = section.policy {
      // A name alone has no place for the options.
      let path = policy.options.isEmpty ? stated.path : "router.policy"
      lines.add(path, stated.text, stated.origin.planText)
    }
    lines.stated(section.refreshInterval)
    lines.stated(section.migrationLimit)
    var settings = RouterSettings()
    settings.refreshInterval = section.refreshInterval?.value
    for option in RouterOption.allCases where policy.options.contains(option) {
      resolve(option, section.options, &settings)
    }
    return (policy, settings)
  }

  private mutating func resolve(
    _ option: RouterOption, _ stated: RouterOptions, _ settings: inout RouterSettings
  ) {
    let path = "router.\(option.rawValue)"
    let (sglang, dynamo) = ("default: of SGLang's router", "default: Dynamo's")
    func resolve<Value>(
      _ field: KeyPath<RouterOptions, Stated<Value>?>, _ value: inout Value,
      as text: String? = nil, _ reason: String
    ) {
      value = lines.resolve(stated[keyPath: field], path, default: value, as: text, reason)
    }
    switch option {
    case .loadFactor: resolve(\.loadFactor, &settings.loadFactor, "default: KubeAI's")
    case .cacheThreshold: resolve(\.cacheThreshold, &settings.cacheThreshold, sglang)
    case .balanceAbsThreshold:
      resolve(\.balanceAbsThreshold, &settings.balanceAbsThreshold, sglang)
    case .balanceRelThreshold:
      resolve(\.balanceRelThreshold, &settings.balanceRelThreshold, sglang)
    case .evictionInterval:
      resolve(\.evictionInterval, &settings.evictionInterval, as: "60 s", sglang)
    case .maxTreeSize: resolve(\.maxTreeSize, &settings.maxTreeSize, sglang)
    case .overlapScoreWeight:
      resolve(\.overlapScoreWeight, &settings.overlapScoreWeight, as: "1", dynamo)
    case .routerTemperature:
      resolve(\.routerTemperature, &settings.routerTemperature, as: "0", dynamo)
    case .scorers: settings.scorers = scorers(stated.scorers)
    case .picker:
      resolve(
        \.picker, &settings.picker, as: settings.picker.rawValue,
        "default: of the endpoint picker")
    }
  }

  private mutating func scorers(_ stated: [RouterOptions.Scorer]) -> [WeightedScorer] {
    var scorers: [WeightedScorer] = []
    for scorer in stated {
      guard let type = scorer.type else { continue }
      if scorers.contains(where: { $0.scorer == type.value }) {
        issues.add(type.origin, type.path, "a second scorer \(type.value.rawValue)")
      }
      lines.stated(type)
      let weight = lines.resolve(
        scorer.weight, "\(scorer.path).weight", default: 1, as: "1",
        "default: of the endpoint picker")
      scorers.append(WeightedScorer(type.value, weight: weight))
    }
    return scorers
  }
}
