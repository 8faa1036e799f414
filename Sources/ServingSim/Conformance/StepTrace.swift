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

  /// Runs a plan of one replica as long as steps begin before `limit`. Steps that end after `from`
  /// are kept, `mostSteps` at most.
  package init(
    of plan: Plan, mostSteps: Int = .max, from: SimTime = .start, until limit: SimTime = .never
  ) {
    precondition(plan.replicas.count == 1, "a trace of steps is of one replica")
    outcomes = [Outcome](repeating: Outcome(), count: plan.workload.count)
    usedBlocksAtEnd = 0
    let rows = UnsafeMutableBufferPointer<Outcome>.allocate(capacity: plan.workload.count)
    rows.initialize(repeating: Outcome())
    defer { rows.deallocate() }
    withColumns(of: plan.workload) { columns in
      var fleet = Fleet(
        plan, columns, outcomes: rows, paths: columns.content.map { ContentPaths($0) },
        stepByStep: true)
      var watch = PreemptionWatch(rows)
      while steps.count < mostSteps, let next = fleet.nextWork, next < limit {
        fleet.pause(at: next)
        guard fleet.hasReady else { continue }
        fleet.beginSteps()
        let preempted = watch.preempted(on: fleet.replicas[0])
        keep(fleet.replicas[0], preempted: preempted, from: from)
      }
      usedBlocksAtEnd = fleet.replicas[0].kv.used
    }
    outcomes = Array(rows)
  }

  private mutating func keep(
    _ replica: borrowing Replica, preempted: [Int], from: SimTime
  ) {
    guard replica.isBusy else { return }
    end = SimTime(picoseconds: replica.epoch.instant(replica.span.end))
    guard end > from else { return }
    steps.append(
      TracedStep(
        start: SimTime(picoseconds: replica.epoch.instant(replica.span.start)), end: end,
        batch: replica.scheduledSequences(),
        preempted: preempted, usedBlocks: replica.kv.used))
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
