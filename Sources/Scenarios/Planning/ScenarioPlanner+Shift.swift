import Impact
import ServingSim
import SimKernel

extension ScenarioPlanner {
  /// nil: every request is released as it arrives. The signals are those of `impact`.
  mutating func shift(of workload: Workload?) -> ShiftPlan? {
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
    guard let signal = signal(of: policy, section) else { return nil }
    let seconds = min(1 / rate.value, SimDuration.longest.seconds)
    return ShiftPlan(
      signal: signal, spacing: max(SimDuration(seconds: seconds), SimDuration(picoseconds: 1)),
      reserve: reserve.value)
  }

  /// What is to be low, from the run's start; nil, with a problem, where the scenario does not say.
  private func signal(
    of policy: ShiftSection.PolicyName, _ section: ShiftSection
  ) -> StepSeries? {
    let isCarbon = policy == .carbonAware
    guard (isCarbon ? scenario.impact?.grid : scenario.impact?.tariff) != nil else {
      issues.add(
        section.policy?.origin ?? section.origin, "\(section.path).policy",
        "\(policy.rawValue) goes by impact.\(isCarbon ? "grid" : "tariff"), which is not stated")
      return nil
    }
    return isCarbon ? impact?.grid?.value : impact?.tariff?.value
  }
}
