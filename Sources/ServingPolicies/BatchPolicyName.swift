package import ServingSim

/// The batch policies by the words of a scenario. A new one is a case here and a line in
/// `meaning` and `policy`.
package enum BatchPolicyName: String, CaseIterable, Sendable {
  case firstComeFirstServed = "fcfs"
  case priority
  case shortestPromptFirst = "shortest_prompt_first"
  case earliestDeadlineFirst = "earliest_deadline_first"
  case virtualTokenCounter = "vtc"
  case staticBatching = "static"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .firstComeFirstServed: "those that arrived first"
    case .priority: "those with the lowest priority value"
    case .shortestPromptFirst: "those with the shortest prompt"
    case .earliestDeadlineFirst:
      "those with the earliest [deadline](PowerAndCarbonPolicies.md); requests without one come last"
    case .virtualTokenCounter:
      "the earliest of the tenant that has had the [least service](ScalingAdmissionAndTimeouts.md)"
    case .staticBatching: "a batch starts together, and none joins it until all have ended"
    }
  }

  /// The name of `policy`; nil: it has none.
  package init?(of policy: any BatchPolicy) {
    let name = Self.allCases.first { type(of: $0.policy) == type(of: policy) }
    guard let name else { return nil }
    self = name
  }

  package var policy: any BatchPolicy {
    switch self {
    case .firstComeFirstServed: FirstComeFirstServed()
    case .priority: PriorityFirst()
    case .shortestPromptFirst: ShortestPromptFirst()
    case .earliestDeadlineFirst: EarliestDeadlineFirst()
    case .virtualTokenCounter: VirtualTokenCounter()
    case .staticBatching: StaticBatching()
    }
  }
}
