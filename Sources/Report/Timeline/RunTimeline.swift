package import ServingSim
package import SimKernel

/// What each replica of a run did, step by step, for as long as a viewer can take.
package struct RunTimeline: Sendable {
  package var name: String
  package var replicas: [ReplicaTimeline]
  /// Of the run, in its workload's order.
  package var outcomes: [Outcome]
  package var promptTokens: [Int32]
  /// What is shown of the run.
  package var from: SimTime
  package var until: SimTime

  package struct ReplicaTimeline: Sendable {
    /// In the recording.
    package var number: Int
    /// `replica 0 fleet`, `replica 0 dp3 fleet`.
    package var title: String
    /// Requests in a step go by their number in the run.
    package var steps: [TracedStep]
    package var usableBlocks: Int
  }

  /// Steps that a viewer opens without effort.
  package static let mostSteps = 200_000

  /// Takes the replicas of `plan` through the steps of the run that gave `recording`, one replica
  /// after the other, up to `until`. Of a run with more than `mostSteps` steps there, what is shown
  /// ends earlier, and so does the way through it.
  ///
  /// Throws when the steps do not lead to what was recorded: the plan is not that of the recording.
  package init(
    _ plan: Plan, _ recording: Recording, replicas: [Int], from: SimTime = .start,
    until: SimTime = .never, mostSteps: Int = RunTimeline.mostSteps
  ) throws(TimelineMismatch) {
    name = plan.name
    outcomes = recording.outcomes
    promptTokens = plan.workload.promptTokens
    self.from = from
    self.until = min(until, recording.end)
    self.replicas = []
    let numbers = plan.engineNumbers(recording)
    for number in replicas {
      let solo = SoloPlan(of: number, in: plan, recording)
      // The whole run has to end, that its last requests do.
      let isToEnd = self.until >= recording.end
      let trace = StepTrace(
        of: solo.plan, replica: solo.replica, mostSteps: mostSteps + 1, from: from,
        until: isToEnd ? .never : self.until)
      try Self.check(
        trace, of: number, solo, recording, isWhole: isToEnd && trace.steps.count <= mostSteps)
      let end = self.until
      self.replicas.append(
        ReplicaTimeline(
          number: number,
          title: "replica \(numbers[number].text) \(solo.replicaPlan.group)",
          steps: trace.steps.filter { $0.start < end }.map { $0.renamed(solo.numbers) },
          usableBlocks: solo.replicaPlan.usableBlocks))
      // Now, that the replicas to come need not go further.
      cut(to: mostSteps)
    }
  }

  /// Moves the end forward until no more than `most` steps are left.
  private mutating func cut(to most: Int) {
    let starts = replicas.flatMap { $0.steps.map(\.start) }
    guard starts.count > most else { return }
    until = starts.sorted()[most]
    let end = until
    for index in replicas.indices { replicas[index].steps.removeAll { $0.start >= end } }
  }

  private static func check(
    _ trace: StepTrace, of replica: Int, _ solo: SoloPlan, _ recording: Recording, isWhole: Bool
  ) throws(TimelineMismatch) {
    for (place, number) in solo.numbers.enumerated() {
      let recorded = recording.outcomes[number]
      guard Int(recorded.replica) == replica else { continue }
      // What ends with the last step before a cut has not ended in the trace.
      guard recorded.status == .finished, isWhole || recorded.finish < trace.end else { continue }
      guard trace.outcomes[place].finish == recorded.finish,
        trace.outcomes[place].firstScheduled == recorded.firstScheduled
      else { throw TimelineMismatch(request: number) }
    }
  }
}

extension FinishedRun {
  /// The recording with the plans of the replicas that joined, which a file leaves out.
  ///
  /// Throws when `plan` has other replicas than were recorded.
  package func recording(of plan: Plan) throws(TimelineMismatch) -> Recording {
    var recording = recording
    recording.joined = []
    guard plan.workload.count == promptTokens.count, plan.replicas.count <= replicas.count else {
      throw TimelineMismatch(request: 0)
    }
    for replica in replicas[plan.replicas.count...] {
      guard let pool = plan.scaling.first(where: { $0.group == replica.group }) else {
        throw TimelineMismatch(request: 0)
      }
      recording.joined.append(pool.replica)
    }
    return recording
  }
}

/// A plan and a recording that are not of one run.
package struct TimelineMismatch: Error, Hashable, CustomStringConvertible {
  package var request: Int

  package init(request: Int) { self.request = request }

  package var description: String {
    "plan.yaml does not lead to what requests.parquet recorded (request \(request) ends at another time): "
      + "one of them was changed, or a trace that the plan names; simulate again"
  }
}

extension TracedStep {
  /// The same step with each request's number looked up in `numbers`.
  fileprivate func renamed(_ numbers: [Int]) -> TracedStep {
    var step = self
    for index in step.batch.indices {
      step.batch[index].request = numbers[step.batch[index].request]
    }
    step.preempted = step.preempted.map { numbers[$0] }
    return step
  }
}
