package import SimKernel

/// What a real engine did in one run, in the terms of the simulator.
package struct RecordedRun: Sendable {
  package var name: String
  /// The requests in order of arrival at the scheduler.
  package var workload: Workload
  /// The number each request has in the log.
  package var numbers: [Int]
  package var steps: [RecordedStep]
  /// The settings the engine ran with. Its step times are not used: steps begin when they began.
  package var replica: ReplicaPlan

  package init(
    name: String, workload: Workload, numbers: [Int], steps: [RecordedStep], replica: ReplicaPlan
  ) {
    self.name = name
    self.workload = workload
    self.numbers = numbers
    self.steps = steps
    self.replica = replica
  }
}

/// One step of a real engine.
package struct RecordedStep: Sendable {
  package var start: SimTime
  package var batch: [ScheduledSequence]
  /// Requests preempted in it, by their number in the log, ascending.
  package var preempted: [Int]

  package init(start: SimTime, batch: [ScheduledSequence], preempted: [Int]) {
    self.start = start
    self.batch = batch
    self.preempted = preempted
  }
}

/// A sequence's part in a step.
package struct ScheduledSequence: Hashable, Sendable {
  /// The request's number in the log.
  package var request: Int
  /// Tokens scheduled, and tokens computed before.
  package var tokens: Int
  package var computed: Int

  package init(request: Int, tokens: Int, computed: Int) {
    self.request = request
    self.tokens = tokens
    self.computed = computed
  }
}

/// How far the simulator's batches are the engine's.
package struct Conformance: Hashable, Sendable {
  package var run: String
  package var steps: Int
  /// Steps whose batch and preemptions are the same.
  package var identical: Int
  /// The first step that differs, in words; nil: none does.
  package var firstDifference: String?

  package init(run: String, steps: Int, identical: Int, firstDifference: String?) {
    self.run = run
    self.steps = steps
    self.identical = identical
    self.firstDifference = firstDifference
  }
}

extension Conformance {
  /// Replays a run: the scheduler gets each request when the engine got it, begins each step when
  /// the engine began it, and its batches are compared with the engine's.
  ///
  /// This leaves the physics out: a difference is a difference in scheduling or caching.
  package init(replaying run: RecordedRun) {
    self.init(run: run.name, steps: run.steps.count, identical: 0, firstDifference: nil)
    withColumns(of: run.workload) { columns in
      var replay = Replay(run, columns)
      for (index, recorded) in run.steps.enumerated() {
        compare(index, recorded, with: replay.step(at: recorded.start))
      }
    }
  }

  private mutating func compare(
    _ index: Int, _ recorded: RecordedStep, with simulated: RecordedStep
  ) {
    if simulated.batch == recorded.batch && simulated.preempted == recorded.preempted {
      identical += 1
    } else if firstDifference == nil {
      firstDifference = Difference(step: index, recorded: recorded, simulated: simulated).words
    }
  }
}

/// A fleet of one replica that is told when to begin its steps.
struct Replay: ~Copyable {
  let run: RecordedRun
  let outcomes: UnsafeMutableBufferPointer<Outcome>
  private var fleet: Fleet
  private var watch: PreemptionWatch

  /// `columns` are those of the run's workload and have to outlive it.
  init(_ run: RecordedRun, _ columns: WorkloadColumns) {
    self.run = run
    outcomes = .allocate(capacity: run.workload.count)
    outcomes.initialize(repeating: Outcome())
    watch = PreemptionWatch(outcomes, of: 0)
    let plan = Plan(
      name: run.name, seed: 0, workload: run.workload, replicas: [run.replica],
      router: .roundRobin, objectives: ServiceLevelObjectives(), lines: [])
    fleet = Fleet(
      plan, columns, outcomes: outcomes, paths: columns.content.map { ContentPaths($0) },
      stepByStep: true)
  }

  deinit { outcomes.deallocate() }

  /// Plays what happens up to `start`, where the step before ends, and begins the next one.
  mutating func step(at start: SimTime) -> RecordedStep {
    // A log's clock can go back; the simulated one waits then.
    let time = max(start, SimTime(picoseconds: fleet.instant))
    fleet.endSteps(of: 0, at: time)
    fleet.pause(at: time)
    fleet.beginAll()
    let preempted = watch.preempted(on: fleet.replicas[0])
    let numbers = run.numbers
    return RecordedStep(
      start: start,
      batch: fleet.replicas[0].scheduledSequences().map {
        ScheduledSequence(
          request: numbers[$0.request], tokens: $0.tokens, computed: $0.computed)
      }, preempted: preempted.map { numbers[$0] }.sorted())
  }
}

extension Replica {
  /// The current step's batch in the order it was scheduled in; requests by workload number.
  func scheduledSequences() -> [ScheduledSequence] {
    guard isBusy else { return [] }
    var chunks: [Int32: Int] = [:]
    for i in 0..<batch.chunks.count where batch.chunks[i].tokens > 0 {
      chunks[batch.chunks[i].id] = Int(batch.chunks[i].tokens)
    }
    return batch.running.ids(in: live).compactMap { id in
      let request = live[id]
      let tokens = request.isDecoding ? (pause.resting != nil ? nil : 1) : chunks[id]
      let computed =
        request.isDecoding
        ? Int(decoders.context(of: id, in: live)) : Int(request.computedTokens)
      return tokens.map {
        ScheduledSequence(request: Int(request.number), tokens: $0, computed: computed)
      }
    }
  }
}
