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
    var replay = Replay(run)
    for (index, recorded) in run.steps.enumerated() {
      let simulated = replay.step(at: recorded.start)
      let same = simulated.batch == recorded.batch && simulated.preempted == recorded.preempted
      if same {
        identical += 1
      } else if firstDifference == nil {
        firstDifference = Difference(step: index, recorded: recorded, simulated: simulated).words
      }
    }
  }
}

/// One engine that is told when to begin its steps.
struct Replay: ~Copyable {
  let run: RecordedRun
  let outcomes: UnsafeMutableBufferPointer<Outcome>
  let log: UnsafeMutablePointer<RunLog>
  let replica: UnsafeMutablePointer<Replica>
  var arrived = 0
  /// Of each request, up to the last step with any.
  private var preemptions: [UInt16]

  init(_ run: RecordedRun) {
    self.run = run
    preemptions = [UInt16](repeating: 0, count: run.workload.count)
    outcomes = .allocate(capacity: run.workload.count)
    outcomes.initialize(repeating: Outcome())
    log = .allocate(capacity: 1)
    log.initialize(to: RunLog(outcomes: outcomes))
    replica = .allocate(capacity: 1)
    replica.initialize(
      to: Replica(plan: run.replica, paths: run.workload.content.map { ContentPaths($0) }, log: log)
    )
  }

  deinit {
    replica.deinitialize(count: 1).deallocate()
    log.deinitialize(count: 1).deallocate()
    outcomes.deallocate()
  }

  mutating func step(at start: SimTime) -> RecordedStep {
    if replica.pointee.isBusy { replica.pointee.complete(at: start.picoseconds) }
    while arrived < run.workload.count, run.workload.arrivals[arrived] <= start {
      enqueue(arrived, at: start.picoseconds)
      arrived += 1
    }
    let preemptions = replica.pointee.recorder.preemptions
    replica.pointee.begin(at: start.picoseconds)
    let preempted = replica.pointee.recorder.preemptions > preemptions ? newlyPreempted() : []
    let numbers = run.numbers
    return RecordedStep(
      start: start,
      batch: replica.pointee.batch().map {
        ScheduledSequence(
          request: numbers[$0.request], tokens: $0.tokens, computed: $0.computed)
      }, preempted: preempted.map { numbers[$0] }.sorted())
  }

  private mutating func newlyPreempted() -> [Int] {
    let numbers = (0..<arrived).filter { outcomes[$0].preemptions > preemptions[$0] }
    for number in numbers { preemptions[number] = outcomes[number].preemptions }
    return numbers
  }

  private func enqueue(_ i: Int, at time: Int64) {
    let promptTokens = run.workload.promptTokens[i]
    let outputTokens = run.workload.outputTokens[i]
    log.pointee.arrived(i, at: time, replica: 0, outputTokens: outputTokens)
    let content = replica.pointee.kv.content(of: i, promptTokens: Int(promptTokens))
    let arrival = run.workload.arrivals[i]
    let deadline = run.workload.deadlines?[i] ?? .longest
    let request = RequestView(
      number: i, arrival: arrival, promptTokens: Int(promptTokens),
      priority: Int(run.workload.priorities?[i] ?? 0),
      due: deadline < .longest ? arrival + deadline : .never)
    replica.pointee.enqueue(
      LiveRequest(
        number: Int32(i), promptTokens: promptTokens, outputTokens: outputTokens,
        rank: replica.pointee.policy.rank(of: request), arrival: arrival.picoseconds,
        content: content), at: time)
  }
}

extension Replica {
  /// The current step's batch in the order it was scheduled in; requests by workload number.
  func batch() -> [ScheduledSequence] {
    guard isBusy else { return [] }
    var chunks: [Int32: Int] = [:]
    for i in 0..<prefilling.count { chunks[prefilling[i].id] = Int(prefilling[i].tokens) }
    var batch: [ScheduledSequence] = []
    var id = running.first
    while id >= 0 {
      let request = live[id]
      if request.isDecoding {
        batch.append(
          ScheduledSequence(
            request: Int(request.number), tokens: 1, computed: Int(contextNow(id))))
      } else if let tokens = chunks[id] {
        batch.append(
          ScheduledSequence(
            request: Int(request.number), tokens: tokens, computed: Int(request.computedTokens)))
      }
      id = request.next
    }
    return batch
  }
}
