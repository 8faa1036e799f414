import ServingPolicies
import ServingSim

extension ScenarioPlanner {
  /// The gates, in the order in which they are asked; none: nobody is refused.
  mutating func admission() -> [any Gate] {
    var gates: [any Gate] = []
    for section in scenario.admission {
      guard let policy = section.policy else { continue }
      lines.stated(policy)
      var settings = GateSettings()
      for setting in GateSetting.allCases where policy.value.settings.contains(setting) {
        resolve(setting, section, &settings)
      }
      gates.append(policy.value.gate(settings))
    }
    return gates
  }

  private mutating func resolve(
    _ setting: GateSetting, _ section: AdmissionSection, _ settings: inout GateSettings
  ) {
    let path = "\(section.path).\(setting.rawValue)"
    let picker = "default: of the Gateway API Inference Extension"
    func resolve<Value>(
      _ stated: Stated<Value>?, _ value: inout Value, as text: String? = nil,
      _ reason: String = "default"
    ) {
      value = lines.resolve(stated, path, default: value, as: text, reason)
    }
    switch setting {
    // Without these there is a problem already.
    case .maxWaiting:
      lines.stated(section.maxWaiting)
      settings.maxWaiting = section.maxWaiting?.value ?? 1
    case .rate:
      lines.stated(section.rate)
      settings.rate = section.rate?.value ?? 1
    case .burst:
      lines.stated(section.burst)
      settings.burst = section.burst?.value ?? 1
    case .unit: resolve(section.unit, &settings.unit, as: settings.unit.rawValue)
    case .per: resolve(section.scope, &settings.scope, as: settings.scope.rawValue)
    case .queueDepthThreshold:
      resolve(section.queueDepthThreshold, &settings.queueDepthThreshold, picker)
    case .kvCacheUtilThreshold:
      resolve(section.kvCacheUtilThreshold, &settings.kvCacheUtilThreshold, picker)
    case .priorityBelow: resolve(section.priorityBelow, &settings.priorityBelow, picker)
    case .outputTokens: resolve(section.outputTokens, &settings.outputTokens)
    case .retryAfter:
      lines.stated(section.retryAfter)
      settings.retryAfter = section.retryAfter?.value
    }
  }
}
