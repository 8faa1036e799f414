import ServingSim
import SimKernel

/// What one pass over the outcomes counts.
struct OutcomeTally {
  var counts = RequestCounts()
  /// Of finished requests.
  var promptTokens = 0
  var outputTokens = 0
  /// The objectives stated, by the run or its requests.
  var objectives: [ObjectiveTally]
  /// Finished requests that met all that they have.
  var metAll = 0
  /// Attempts after the first.
  var retries = 0
  /// Requests that went to each replica.
  var requestsOfReplica: [Int]
  var hash = OutcomeHash()

  init(_ run: FinishedRun) {
    let outcomes = run.recording.outcomes
    let limits = RequestLimits(run)
    objectives = limits.objectives.map {
      ObjectiveTally(objective: $0, ofRun: $0.limit(in: run.objectives))
    }
    requestsOfReplica = [Int](repeating: 0, count: run.replicas.count)
    for i in 0..<outcomes.count {
      let outcome = outcomes[i]
      hash.combine(outcome)
      counts.add(outcome.status)
      retries += Int(outcome.retries)
      if outcome.replica >= 0 { requestsOfReplica[Int(outcome.replica)] += 1 }
      if outcome.status == .finished {
        promptTokens += Int(run.promptTokens[i])
        outputTokens += Int(outcome.outputTokens)
      }
      if outcome.status.isJudged { judge(outcome, i, limits) }
    }
    // Whoever computed a prompt had the request, too.
    for handoff in run.recording.handoffs { requestsOfReplica[Int(handoff.replica)] += 1 }
  }

  /// A request that was refused or given up misses whatever it is held to.
  private mutating func judge(_ outcome: Outcome, _ request: Int, _ limits: RequestLimits) {
    let isFinished = outcome.status == .finished
    var metAll = isFinished
    for index in objectives.indices {
      let objective = objectives[index].objective
      guard let met = limits.isMet(objective, by: outcome, of: request) else { continue }
      objectives[index].judged += 1
      if limits.hasOwn(objective, of: request) { objectives[index].own += 1 }
      objectives[index].met += isFinished && met ? 1 : 0
      metAll = metAll && met
    }
    self.metAll += metAll ? 1 : 0
  }
}

/// How many requests met one objective.
struct ObjectiveTally {
  var objective: Objective
  /// nil: only requests have a limit of their own.
  var ofRun: SimDuration?
  /// Requests that ended and have a limit, and of these those with one of their own.
  var judged = 0
  var own = 0
  var met = 0
}

/// How many requests came to which end.
package struct RequestCounts: Hashable, Sendable {
  /// By `OutcomeStatus.rawValue`.
  private var counts = [Int](repeating: 0, count: OutcomeStatus.allCases.count)

  init() {}

  @inline(__always)
  mutating func add(_ status: OutcomeStatus) { counts[Int(status.rawValue)] += 1 }

  package var total: Int { counts.reduce(0, +) }
  package var notArrived: Int { count(.notArrived) }
  package var arrived: Int { total - notArrived }
  package var underWay: Int { count(.underWay) }
  package var finished: Int { count(.finished) }
  package var rejected: Int { rejections.reduce(0) { $0 + $1.count } }
  /// Requests whose clients went away before they had finished.
  package var aborted: Int { count(.aborted) }
  /// Requests whose replicas were lost before they had finished.
  package var failed: Int { count(.failed) }
  package var dropped: Int { aborted + failed }
  /// Refused requests by reason, every reason once.
  package var rejections: [(reason: RejectionReason, count: Int)] {
    OutcomeStatus.allCases.compactMap { status in
      status.rejection.map { ($0, count(status)) }
    }
  }
  /// True: the run was stopped before every request had ended.
  package var isPartial: Bool { notArrived + underWay > 0 }

  private func count(_ status: OutcomeStatus) -> Int { counts[Int(status.rawValue)] }
}

/// Why requests are refused, as files spell it.
package enum RejectionReason: String, CaseIterable, Sendable {
  case promptTooLong = "prompt_too_long"
  case admission = "admission"
}

extension OutcomeStatus {
  /// Whether objectives are met or missed: it finished or was refused.
  var isJudged: Bool { self == .finished || isDropped || rejection != nil }

  /// nil: the request was not refused.
  fileprivate var rejection: RejectionReason? {
    switch self {
    case .rejectedPromptTooLong: .promptTooLong
    case .rejectedByAdmission: .admission
    case .notArrived, .underWay, .finished, .aborted, .failed: nil
    }
  }
}

/// A 64-bit fingerprint of outcomes in their order: FNV-1a over 64-bit words instead of bytes.
struct OutcomeHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  mutating func combine(_ outcome: Outcome) {
    combine(Int64(clamping: outcome.arrival.picoseconds))
    combine(Int64(clamping: outcome.firstScheduled.picoseconds))
    combine(Int64(clamping: outcome.firstToken.picoseconds))
    combine(Int64(clamping: outcome.finish.picoseconds))
    combine(Int64(outcome.cachedTokens) << 32 | Int64(UInt32(bitPattern: outcome.outputTokens)))
    combine(
      Int64(outcome.replica) << 32 | Int64(outcome.retries) << 24 | Int64(outcome.preemptions) << 8
        | Int64(outcome.status.rawValue))
  }

  @inline(__always)
  private mutating func combine(_ word: Int64) {
    value = (value ^ UInt64(bitPattern: word)) &* 0x0000_0100_0000_01b3
    // A product carries upwards only, so the high half is folded back.
    value ^= value >> 32
  }
}
