import ServingModel
import SimKernel

/// What one replica of a fleet was sent, as a plan of that replica alone: its steps can then be
/// told without the fleet. Those of a replica that steps with others cannot, nor where one replica computes
/// prompts for another: its plan is the fleet's.
package struct SoloPlan {
  package let plan: Plan
  /// The fleet's numbers of the plan's requests.
  package let numbers: [Int]
  /// Its number in the plan, and what it is.
  package let replica: Int
  package let replicaPlan: ReplicaPlan

  package init(of replica: Int, in plan: Plan, _ recording: Recording) {
    let fleet = plan.workload
    let outcomes = recording.outcomes
    let replicaPlan = (plan.replicas + recording.joined)[replica]
    self.replicaPlan = replicaPlan
    guard !replicaPlan.stepsTogether, !plan.pools.contains(where: { $0.prefill != nil }) else {
      (self.plan, self.replica) = (plan, replica)
      numbers = Array(outcomes.indices)
      return
    }
    self.replica = 0
    let isUpFrom = Self.isUp(replica, plan, recording)
    let sent = Self.sent(recording)
    let order = outcomes.indices.filter { number in
      // Of live clients it is not known when they went away.
      let isKnown = outcomes[number].status != .aborted || fleet.patience != nil
      return Int(outcomes[number].replica) == replica && isKnown
    }
    .map { Sending($0, at: sent[$0] ?? outcomes[$0].arrival, isUpFrom: isUpFrom) }
    .sorted { $0.isBefore($1, inOrderOf: replicaPlan.scheduler.order) }
    let numbers = order.map(\.number)
    var solo = plan
    solo.shift = nil
    solo.admission = []
    solo.scaling = []
    solo.replicas = [replicaPlan]
    solo.workload = Workload(
      arrivals: order.map(\.time),
      promptTokens: numbers.map { fleet.promptTokens[$0] },
      // Of who went away, what it asked for.
      outputTokens: numbers.map {
        outcomes[$0].status == .aborted ? fleet.outputTokens[$0] : outcomes[$0].outputTokens
      },
      priorities: fleet.priorities.map { priorities in numbers.map { priorities[$0] } },
      deadlines: fleet.deadlines.map { deadlines in
        order.map { Self.rest(of: deadlines[$0.number], outcomes[$0.number].arrival, $0.time) }
      },
      patience: fleet.patience.map { patience in
        order.map {
          max(.zero, Self.rest(of: patience[$0.number], outcomes[$0.number].arrival, $0.time))
        }
      },
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

extension SoloPlan {
  /// When each held request was let go.
  private static func sent(_ recording: Recording) -> [Int: SimTime] {
    Dictionary(recording.held.map { (Int($0.number), $0.release) }) { $1 }
  }

  /// From when on requests can be sent to a replica.
  private static func isUp(_ replica: Int, _ plan: Plan, _ recording: Recording) -> SimTime {
    guard replica >= plan.replicas.count else { return .start }
    let group = recording.joined[replica - plan.replicas.count].group
    let startUp = plan.scaling.first { $0.group == group }?.startUp ?? .zero
    return recording.replicas[replica].joined + startUp
  }

  /// What is left of a time that counts from a request's arrival when it is sent on.
  private static func rest(
    of time: SimDuration, _ arrival: SimTime, _ sent: SimTime
  ) -> SimDuration {
    time < .longest
      ? SimDuration(
        clamping: Instant(time.picoseconds) - (sent.picoseconds - arrival.picoseconds))
      : time
  }

  /// A request's coming to its replica.
  private struct Sending {
    let number: Int
    let time: SimTime
    /// `.never`: it did not wait.
    let since: SimTime

    init(_ number: Int, at time: SimTime, isUpFrom up: SimTime) {
      self.number = number
      self.time = max(time, up)
      since = time < up ? time : .never
    }

    /// Those that waited for any replica to be up come first then, in the order in which they have
    /// waited; of equal rank, requests go by their numbers.
    func isBefore(_ other: Self, inOrderOf order: QueueOrder) -> Bool {
      order == .rank
        ? (time, number) < (other.time, other.number)
        : (time, since, number) < (other.time, other.since, other.number)
    }
  }
}
