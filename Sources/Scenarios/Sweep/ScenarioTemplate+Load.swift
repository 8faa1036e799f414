/// What of a scenario can be made more or less of.
package enum ScenarioSize: Sendable {
  /// Arrivals a second.
  case rate(Double)
  /// How many times as fast a trace arrives.
  case rateScale(Double)
  /// Clients of a closed loop, by the field that states them.
  case clients(Int, path: String)
  /// Of the one group, by the field that states them.
  case replicas(Int, path: String)

  /// What `workload.trace.rate_scale` may be.
  package static let rateScales = 0.001...1_000_000.0
}

extension ScenarioTemplate {
  /// Of its first group: `fleet`, or `fleet.0` where the fleet is a list.
  package var fleetPath: String { isList("fleet") ? "fleet.0" : "fleet" }

  /// The load that the scenario states. Throws where there is none to vary.
  package func statedLoad() throws(ScenarioIssues) -> ScenarioSize {
    let scenario = try read([])
    switch scenario.workload?.requests {
    case .trace(let trace):
      // Rows without arrivals come when clients send them.
      if let clients = trace.concurrency { return .clients(clients.value, path: clients.path) }
      return .rateScale(trace.rateScale?.value ?? 1)
    case .synthetic(let synthetic):
      if let clients = synthetic.concurrency {
        return .clients(clients.value, path: clients.path)
      }
      if let rate = synthetic.arrivals?.rate { return .rate(rate.value) }
    case nil: break
    }
    throw ScenarioIssues([
      ScenarioIssue(
        origin: scenario.origin, path: "workload",
        message: "has no load to vary; expected arrivals.rate, concurrency or a trace")
    ])
  }

  /// The replicas of its one group. Throws where there are several groups, or replicas come and go.
  package func statedReplicas() throws(ScenarioIssues) -> ScenarioSize {
    let scenario = try read([])
    guard let group = scenario.fleet.first, scenario.fleet.count == 1 else {
      throw ScenarioIssues([
        ScenarioIssue(
          origin: scenario.origin, path: "fleet",
          message: "has \(scenario.fleet.count) groups; the fewest replicas are sought of one")
      ])
    }
    guard group.scaling == nil else {
      throw ScenarioIssues([
        ScenarioIssue(
          origin: group.origin, path: "\(group.path).scaling",
          message: "replicas come and go; the fewest are sought of a number that stays")
      ])
    }
    return .replicas(group.replicas?.value ?? 1, path: "\(group.path).replicas")
  }
}
