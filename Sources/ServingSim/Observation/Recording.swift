package import SimKernel

/// What happened in a run: all that reports, bills and comparisons are made of.
package struct Recording: Sendable {
  /// One entry a request, in the workload's order.
  package var outcomes: [Outcome]
  /// One entry a replica: those of the plan, then those that joined while it ran.
  package var replicas: [ReplicaRecording]
  /// What the replicas are that joined.
  package var joined: [ReplicaPlan]
  /// Gaps between neighbouring tokens of one request, over all requests.
  package var interTokenLatencies: LogHistogram
  /// Requests that were not released as they arrived, in order of arrival.
  package var held: [HeldRequest]
  /// Attempts at requests that were worked on in vain, in the order in which they ended.
  package var lost: [LostAttempt]
  /// Prompts that one replica computed for another one, in the order in which that one was told.
  package var handoffs: [Handoff] = []
  /// KV entries that came from tiers, in the order in which that began.
  package var loads: [KVLoad] = []
  /// The run's end: when the last request had ended for its client, be it answered or refused; of a
  /// run that was stopped, when it was. Nothing recorded is later, and the windows of all replicas
  /// reach just so far.
  package var end: SimTime

  package init(
    outcomes: [Outcome], replicas: [ReplicaRecording], joined: [ReplicaPlan] = [],
    interTokenLatencies: LogHistogram,
    held: [HeldRequest] = [], lost: [LostAttempt] = [], end: SimTime
  ) {
    self.outcomes = outcomes
    self.replicas = replicas
    self.joined = joined
    self.interTokenLatencies = interTokenLatencies
    self.held = held
    self.lost = lost
    self.end = end
  }
}

/// A request that waited for a better time before the fleet got it.
package struct HeldRequest: Hashable, Sendable {
  /// Its number in the workload.
  package var number: Int32
  package var release: SimTime

  package init(number: Int32, release: SimTime) {
    self.number = number
    self.release = release
  }
}

/// An attempt at a request that was scheduled and dropped: its client gave up, or its replica was lost.
package struct LostAttempt: Hashable, Sendable {
  /// Its request's number in the workload.
  package var number: Int32
  package var replica: Int32
  package var firstScheduled: SimTime
  /// `.never`: there was none.
  package var firstToken: SimTime
  /// When its replica dropped it.
  package var end: SimTime
  /// Of its prompt, computed when it was dropped and not found in the prefix cache.
  package var promptTokens: Int32
  package var outputTokens: Int32
  /// The attempt's number, from 1.
  package var attempt: Int32

  package init(
    number: Int32, attempt: Int32, replica: Int32, firstScheduled: SimTime, firstToken: SimTime,
    end: SimTime, promptTokens: Int32, outputTokens: Int32
  ) {
    self.number = number
    self.attempt = attempt
    self.replica = replica
    self.firstScheduled = firstScheduled
    self.firstToken = firstToken
    self.end = end
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
  }

  /// `promptTokens`: those that had KV entries when it was dropped.
  init(_ number: Int, _ outcome: Outcome, promptTokens: Int32) {
    self.init(
      number: Int32(truncatingIfNeeded: number), attempt: Int32(outcome.retries) + 1,
      replica: outcome.replica,
      firstScheduled: outcome.firstScheduled, firstToken: outcome.firstToken, end: outcome.finish,
      promptTokens: max(0, promptTokens - outcome.cachedTokens),
      outputTokens: outcome.outputTokens)
  }
}

/// How one request fared. 80 bytes: a run keeps one for each request and nothing for each step.
package struct Outcome: Hashable, Sendable {
  /// `.never` when it did not arrive.
  package var arrival: SimTime
  /// The start of the first step that worked on it; `.never` when it was refused. This and what follows
  /// is of its last attempt.
  package var firstScheduled: SimTime
  /// When its first token reached the client: the end of the step that yielded it, and the
  /// frontend's latency.
  package var firstToken: SimTime
  /// When its last token reached the client; for a refused one, when it was refused; for an aborted
  /// one, when its replica dropped it.
  package var finish: SimTime
  /// Prompt tokens found in the prefix cache when it was first scheduled.
  package var cachedTokens: Int32
  /// Tokens generated: the workload's, unless `max_model_len` or an abort cut them.
  package var outputTokens: Int32
  package var replica: Int32
  /// Of all attempts.
  package var preemptions: UInt16
  /// Attempts after the first.
  package var retries: UInt8
  package var status: OutcomeStatus

  package init() {
    arrival = .never
    firstScheduled = .never
    firstToken = .never
    finish = .never
    cachedTokens = 0
    outputTokens = 0
    replica = -1
    preemptions = 0
    retries = 0
    status = .notArrived
  }
}

package enum OutcomeStatus: UInt8, CaseIterable, Sendable {
  case notArrived
  /// Arrived and not ended: only in a run that was stopped early.
  case underWay
  case finished
  /// Its prompt leaves no room for a token within `max_model_len`, or is longer than the engine takes.
  case rejectedPromptTooLong
  /// Its client went away before it had finished.
  case aborted
  /// The gate let it in to no replica.
  case rejectedByAdmission
  /// Its replica was lost before it had finished.
  case failed

  /// Whether its replica dropped it, with what it had up to then.
  package var isDropped: Bool { self == .aborted || self == .failed }
}

/// What one replica did.
package struct ReplicaRecording: Sendable {
  /// Work and occupancy in equal windows of time, the first one from the run's start.
  package var windows: [WindowTotals]
  package var windowLength: SimDuration
  package var steps: Int
  /// Those of them outside the range of the step-time model.
  package var stepsOutside: Int
  /// Events that the simulation took for the steps: a run of steps with one batch is one.
  package var spans: Int
  package var preemptions: Int
  /// How often it came back from being off.
  package var wakes: Int
  /// How often it lost what it had, and picoseconds in which it was down after that.
  package var failures = 0
  package var downTime: Instant = 0
  /// Requests that went on elsewhere when it lost what it had.
  package var migrations = 0
  /// Most KV blocks in use by requests at once, of `usableBlocks`.
  package var peakUsedBlocks: Int
  package var usableBlocks: Int
  /// Prompt tokens looked up in the prefix cache and found there, by requests first scheduled.
  package var lookedUpTokens: Int
  package var cachedTokens: Int
  /// From when on it was part of the fleet, and until when; `.never`: it still is.
  package var joined = SimTime.start
  package var gone = SimTime.never
  /// KV blocks that went to the host's memory when they were computed.
  package var offloadedBlocks = 0
  /// The node of its group that it stood on; nil: the plan tells of none.
  package var node: Int?

  package init(
    windows: [WindowTotals], windowLength: SimDuration, steps: Int, stepsOutside: Int = 0,
    spans: Int = 0, preemptions: Int, wakes: Int = 0, peakUsedBlocks: Int, usableBlocks: Int,
    lookedUpTokens: Int,
    cachedTokens: Int
  ) {
    self.windows = windows
    self.windowLength = windowLength
    self.steps = steps
    self.stepsOutside = stepsOutside
    self.spans = spans
    self.preemptions = preemptions
    self.wakes = wakes
    self.peakUsedBlocks = peakUsedBlocks
    self.usableBlocks = usableBlocks
    self.lookedUpTokens = lookedUpTokens
    self.cachedTokens = cachedTokens
  }
}

/// Totals of one replica over one window of time. Integrals over time are in picoseconds times the
/// quantity. Work is split by whether the step prefilled anything, since power depends on it.
///
/// All figures of a recorded window are whole numbers. A window has what was done by its end and not
/// by its start: of each total of a step that goes on after it, the share of the step's time that has
/// passed, rounded down.
package struct WindowTotals: Hashable, Sendable {
  package var prefillSteps = StepTotals()
  package var decodeSteps = StepTotals()
  /// Time integrals of running requests, waiting requests and used KV blocks.
  package var runningTime = 0.0
  package var waitingTime = 0.0
  package var usedBlockTime = 0.0
  /// Time in which the replica was off, or not part of the fleet.
  package var offTime = 0.0
  package var arrived = 0
  package var finished = 0
  package var preemptions = 0
  /// Prompt tokens looked up in and found in the prefix cache.
  package var lookedUpTokens = 0
  package var cachedTokens = 0
  /// How often a drafter's tokens were verified, how many of these were accepted, and tokens of answers
  /// beyond one for each sequence and step that decoded: accepted ones that an answer's end did not cut
  /// off.
  package var verifiedDrafts = 0
  package var acceptedTokens = 0
  package var surplusTokens = 0

  package init() {}
}

/// Totals over steps of one kind: the sums of their `StepWork` and what the meter needs beside.
package struct StepTotals: Hashable, Sendable {
  /// Steps that ended.
  package var steps = 0.0
  /// Time in which such steps ran.
  package var busy = 0.0
  package var prefillTokens = 0.0
  /// Sequences that decoded, each with a token of its own.
  package var decodeTokens = 0.0
  /// Tokens of a drafter that were verified, right or wrong.
  package var draftTokens = 0.0
  /// Tokens that the output head was asked for what follows them: of sequences that decoded, of finished
  /// prompts and of drafts.
  package var sampledTokens = 0.0
  package var pairs = 0.0
  package var windowedPairs = 0.0
  /// Context read: of decoding and of prefilling sequences.
  package var context = 0.0
  package var windowedContext = 0.0
  package var weightBytes = 0.0

  package init() {}
}

extension Recording {
  /// The windows that every replica has, as lengths in picoseconds: the last one ends with the run.
  package var windowLengths: [Int64] {
    guard let replica = replicas.first, end > .start else { return [] }
    let length = Instant(replica.windowLength.picoseconds)
    return replica.windows.indices.map {
      Int64(min(length, end.picoseconds - Instant($0) * length))
    }
  }
}

extension StepTotals {
  /// Tokens that went through the model's layers.
  package var tokens: Double { prefillTokens + decodeTokens + draftTokens }

  /// Adds `other`.
  package mutating func add(_ other: StepTotals) {
    steps += other.steps
    busy += other.busy
    prefillTokens += other.prefillTokens
    decodeTokens += other.decodeTokens
    draftTokens += other.draftTokens
    sampledTokens += other.sampledTokens
    pairs += other.pairs
    windowedPairs += other.windowedPairs
    context += other.context
    windowedContext += other.windowedContext
    weightBytes += other.weightBytes
  }
}

extension WindowTotals {
  /// Tokens of answers that it yielded.
  package var outputTokens: Double {
    [prefillSteps, decodeSteps].reduce(Double(surplusTokens)) {
      $0 + $1.sampledTokens - $1.draftTokens
    }
  }

  /// Those of them that came from decoding, not from a prompt.
  package var decodedTokens: Double {
    prefillSteps.decodeTokens + decodeSteps.decodeTokens + Double(surplusTokens)
  }

  /// Adds `other`, a later window or the same one of another replica.
  package mutating func add(_ other: WindowTotals) {
    prefillSteps.add(other.prefillSteps)
    decodeSteps.add(other.decodeSteps)
    runningTime += other.runningTime
    waitingTime += other.waitingTime
    usedBlockTime += other.usedBlockTime
    offTime += other.offTime
    arrived += other.arrived
    finished += other.finished
    preemptions += other.preemptions
    lookedUpTokens += other.lookedUpTokens
    cachedTokens += other.cachedTokens
    verifiedDrafts += other.verifiedDrafts
    acceptedTokens += other.acceptedTokens
    surplusTokens += other.surplusTokens
  }
}
