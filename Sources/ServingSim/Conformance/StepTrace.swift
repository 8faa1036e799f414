package import SimKernel

/// One replica's run step by step: the batches that `Simulation` passes over in spans.
package struct StepTrace: Sendable {
  package private(set) var steps: [TracedStep] = []
  /// One entry a request, in the workload's order.
  package private(set) var outcomes: [Outcome]
  /// KV blocks that requests use at the end: none when all have ended.
  package private(set) var usedBlocksAtEnd: Int
  /// When the last step gone through ended, kept or not.
  package private(set) var end: SimTime = .start

  /// Runs a plan of one replica whose requests all have an arrival and fit `max_model_len`, as long
  /// as steps begin before `limit`. Steps that end after `from` are kept, `mostSteps` at most.
  package init(
    of plan: Plan, mostSteps: Int = .max, from: SimTime = .start, until limit: SimTime = .never
  ) {
    let workload = plan.workload
    precondition(
      plan.replicas.count == 1 && workload.dependencies == nil && workload.closedLoop == nil,
      "a trace of steps is of one replica and of requests with an arrival")
    var replica = plan.replicas[0]
    precondition(
      zip(workload.promptTokens, workload.outputTokens).allSatisfy {
        Int($0) + Int($1) <= replica.maxModelLength
      }, "a request is longer than max_model_len")
    replica.stepTime = SingleSteps(model: replica.stepTime)
    let run = RecordedRun(
      name: plan.name, workload: workload, numbers: Array(0..<workload.count), steps: [],
      replica: replica)
    var replay = Replay(run)
    while let start = replay.nextStart, start < limit, steps.count < mostSteps {
      let step = replay.step(at: start)
      guard let end = replay.stepEnd else { continue }
      self.end = end
      guard end > from else { continue }
      steps.append(
        TracedStep(
          start: start, end: end, batch: step.batch, preempted: step.preempted,
          usedBlocks: replay.usedBlocks))
    }
    outcomes = workload.arrivals.enumerated().map { number, arrival in
      var outcome = replay.outcomes[number]
      // The replay hands a request over when a step can begin.
      outcome.arrival = arrival
      return outcome
    }
    usedBlocksAtEnd = replay.usedBlocks
  }
}

/// What a replica does in one step. Requests go by their number in the workload.
package struct TracedStep: Hashable, Sendable {
  package var start: SimTime
  package var end: SimTime
  package var batch: [ScheduledSequence]
  /// Requests preempted as it was planned, ascending.
  package var preempted: [Int]
  /// KV blocks in use while it runs.
  package var usedBlocks: Int
}

/// A step time that never lets the engine pass over a step.
private struct SingleSteps: StepTimeModel {
  let model: any StepTimeModel

  var name: String { model.name }
  var provenance: String { model.provenance }
  var attentionWindow: Int? { model.attentionWindow }

  func duration(of work: StepWork) -> SimDuration { model.duration(of: work) }
  func decodeLine(sequences: Int) -> DecodeLine? { nil }
}

extension Replay {
  fileprivate var usedBlocks: Int { replica.pointee.kv.used }

  /// When the step under way ends; nil: none is.
  fileprivate var stepEnd: SimTime? {
    replica.pointee.isBusy ? SimTime(picoseconds: replica.pointee.span.end) : nil
  }

  /// When the next step can begin; nil: all is done.
  fileprivate var nextStart: SimTime? {
    stepEnd ?? (arrived < run.workload.count ? run.workload.arrivals[arrived] : nil)
  }
}
