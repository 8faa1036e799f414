package import SimKernel

/// One replica's part in a run, step by step: the batches that `Simulation` passes over in spans.
package struct StepTrace: Sendable {
  package private(set) var steps: [TracedStep] = []
  /// One entry a request, in the workload's order.
  package private(set) var outcomes: [Outcome]
  /// KV blocks that requests use at the end: none when all have ended.
  package private(set) var usedBlocksAtEnd: Int
  /// When the last step gone through ended, kept or not.
  package private(set) var end: SimTime = .start

  /// Runs a plan as long as steps begin before `limit`. Of those of `replica` that serve somebody and
  /// end after `from`, `mostSteps` at most are kept.
  package init(
    of plan: Plan, replica: Int = 0, mostSteps: Int = .max, from: SimTime = .start,
    until limit: SimTime = .never
  ) {
    outcomes = [Outcome](repeating: Outcome(), count: plan.workload.count)
    usedBlocksAtEnd = 0
    let rows = UnsafeMutableBufferPointer<Outcome>.allocate(capacity: plan.workload.count)
    rows.initialize(repeating: Outcome())
    defer { rows.deallocate() }
    withColumns(of: plan.workload) { columns in
      var fleet = Fleet(
        plan, columns, outcomes: rows, paths: columns.content.map { ContentPaths($0) },
        stepByStep: true)
      var watch = PreemptionWatch(rows, of: replica)
      while steps.count < mostSteps, let next = fleet.nextWork, next < limit {
        fleet.pause(at: next)
        guard fleet.hasReady else { continue }
        fleet.beginAll()
        guard replica < fleet.count, fleet.replicas[replica].hasBegun(at: fleet.now) else {
          continue
        }
        let preempted = watch.preempted(on: fleet.replicas[replica])
        keep(fleet.replicas[replica], preempted: preempted, from: from)
      }
      usedBlocksAtEnd = replica < fleet.count ? fleet.replicas[replica].kv.used : 0
    }
    outcomes = Array(rows)
  }

  private mutating func keep(
    _ replica: borrowing Replica, preempted: [Int], from: SimTime
  ) {
    end = SimTime(picoseconds: replica.epoch.instant(replica.span.end))
    guard end > from else { return }
    steps.append(
      TracedStep(
        start: SimTime(picoseconds: replica.epoch.instant(replica.span.start)), end: end,
        batch: replica.scheduledSequences(), decoding: replica.decodingRequests(),
        preempted: preempted, usedBlocks: replica.kv.used))
  }
}

extension Replica {
  fileprivate func decodingRequests() -> Set<Int> {
    Set(
      batch.running.ids(in: live).filter { live[$0].isDecoding || live[$0].isVerifying }
        .map { Int(live[$0].number) })
  }

  /// Whether a step that serves somebody begins now.
  fileprivate func hasBegun(at now: Int64) -> Bool {
    isBusy && span.start == now && batch.running.count > 0
  }
}

/// What a replica does in one step. Requests go by their number in the workload.
package struct TracedStep: Hashable, Sendable {
  package var start: SimTime
  package var end: SimTime
  package var batch: [ScheduledSequence]
  /// Requests among these that have their prompts computed.
  package var decoding: Set<Int>
  /// Requests preempted as it was planned, ascending.
  package var preempted: [Int]
  /// KV blocks in use while it runs.
  package var usedBlocks: Int
}
