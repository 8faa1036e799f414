import ServingSim
import SimKernel

extension ScenarioPlanner {
  /// nil: every request is released as it arrives.
  mutating func shift(_ signals: ShiftSignals, of workload: Workload?) -> ShiftPlan? {
    guard let section = scenario.shift else { return nil }
    let policy = lines.resolve(
      section.policy, "\(section.path).policy", default: .immediate,
      as: ShiftSection.PolicyName.immediate.rawValue)
    lines.stated(section.rate)
    lines.stated(section.reserve)
    guard policy != .immediate, let rate = section.rate, let reserve = section.reserve else {
      return nil
    }
    if let workload, workload.deadlines == nil {
      issues.add(
        section.origin, section.path,
        "no request has a deadline, so none can wait; state workload.deadline")
    }
    guard let signal = policy == .carbonAware ? signals.intensity : signals.tariff else {
      let field = policy == .carbonAware ? "impact.grid" : "impact.tariff"
      issues.add(
        section.policy?.origin ?? section.origin, "\(section.path).policy",
        "\(policy.rawValue) goes by \(field), which is not stated")
      return nil
    }
    let seconds = min(1 / rate.value, SimDuration.longest.seconds)
    return ShiftPlan(
      signal: signal, spacing: max(SimDuration(seconds: seconds), SimDuration(picoseconds: 1)),
      reserve: reserve.value)
  }
}

/// What held requests can wait for, from the run's start; nil where the scenario does not say.
struct ShiftSignals {
  /// Of the grid, in gCO2e/kWh.
  var intensity: StepSeries?
  /// Currency per kWh.
  var tariff: StepSeries?
}
