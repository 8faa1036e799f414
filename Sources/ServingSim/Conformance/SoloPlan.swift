import ServingModel

/// What one replica of a fleet was sent, as a plan of that replica alone: its steps can then be
/// told without the fleet.
package struct SoloPlan {
  package let plan: Plan
  /// The fleet's numbers of its requests.
  package let numbers: [Int]

  package init(of replica: Int, in plan: Plan, _ recording: Recording) {
    let fleet = plan.workload
    let outcomes = recording.outcomes
    let numbers = outcomes.indices.filter { number in
      Int(outcomes[number].replica) == replica
        && (outcomes[number].status == .finished || outcomes[number].status == .underWay)
    }.sorted { (outcomes[$0].arrival, $0) < (outcomes[$1].arrival, $1) }
    var solo = plan
    solo.shift = nil
    solo.replicas = [plan.replicas[replica]]
    solo.workload = Workload(
      arrivals: numbers.map { outcomes[$0].arrival },
      promptTokens: numbers.map { fleet.promptTokens[$0] },
      outputTokens: numbers.map { outcomes[$0].outputTokens },
      priorities: fleet.priorities.map { priorities in numbers.map { priorities[$0] } },
      deadlines: fleet.deadlines.map { deadlines in numbers.map { deadlines[$0] } },
      traits: fleet.traits.of(numbers),
      description: fleet.description)
    if var content = fleet.content {
      content.chainOfRequest = numbers.map { content.chainOfRequest[$0] }
      solo.workload.content = content
    }
    self.plan = solo
    self.numbers = numbers
  }
}
