import ServingModel
import ServingSim
import SimKernel

/// Recordings of any shape that a run can leave.
struct RandomRuns {
  private var random: RandomStream

  init(seed: UInt64) { random = RandomStream(seed: seed, .tests) }

  mutating func next() -> (plan: Plan, recording: Recording) {
    let replicas = 1 + random.integer(below: 12)
    let requests = random.integer(below: 60)
    let plan = Fixtures.plan(
      name: name(),
      promptTokens: (0..<requests).map { _ in Int32(1 + random.integer(below: 9999)) },
      replicas: (0..<replicas).map { _ in
        Fixtures.replica(group: name(), meter: random.integer(below: 2) == 0 ? nil : Fixtures.meter)
      },
      objectives: ServiceLevelObjectives(
        timeToFirstToken: random.integer(below: 2) == 0 ? nil : duration(),
        endToEnd: random.integer(below: 2) == 0 ? nil : duration()))
    let outcomes = (0..<requests).map { _ in outcome(replicas: replicas) }
    let end = outcomes.map(\.finish).filter { $0 != .never }.max() ?? .start
    let windows = 1 + random.integer(below: 4)
    let recording = Fixtures.recording(
      outcomes, replicas: (0..<replicas).map { _ in replica(windows: windows, end: end) },
      gaps: (0..<random.integer(below: 9)).map { _ in duration() }, end: end)
    return (plan, recording)
  }

  /// Of words in any order, some of which no request says.
  mutating func traits(requests: Int) -> RequestTraits {
    var traits = RequestTraits()
    for label in RequestLabel.allCases where random.integer(below: 2) == 0 {
      let names = Set((0..<random.integer(below: 6)).map { _ in name() })
      traits[label] = RequestLabels(
        names: requests == 0 ? [] : names.sorted(),
        ofRequest: (0..<requests).map { _ in Int32(random.integer(below: names.count + 1)) - 1 })
    }
    for number in RequestNumber.allCases where random.integer(below: 2) == 0 {
      traits[number] = (0..<requests).map { _ in
        random.integer(below: 2) == 0 ? RequestTraits.none : Int64(random.integer(below: 1 << 30))
      }
    }
    return traits
  }

  private mutating func name() -> String {
    let words = [
      "a", "\u{1B}[2J", "pool\nof", "größer", "\"x\": #1", String(repeating: "w", count: 99),
    ]
    return (0..<random.integer(below: 12)).map { _ in words[random.integer(below: words.count)] }
      .joined(separator: " ")
  }

  /// Of any magnitude up to two days.
  private mutating func duration() -> SimDuration {
    SimDuration(picoseconds: Int64(1 + random.next() >> (7 + random.next() % 50)))
  }

  private mutating func outcome(replicas: Int) -> Outcome {
    var outcome = Outcome()
    outcome.status = OutcomeStatus.allCases[random.integer(below: OutcomeStatus.allCases.count)]
    guard outcome.status != .notArrived else { return outcome }
    outcome.arrival = .start + duration()
    guard ![.rejectedPromptTooLong, .rejectedByAdmission].contains(outcome.status) else {
      outcome.finish = outcome.arrival
      return outcome
    }
    outcome.replica = Int32(random.integer(below: replicas))
    outcome.firstScheduled = outcome.arrival + duration()
    outcome.cachedTokens = Int32(random.integer(below: 5))
    outcome.preemptions = UInt16(random.integer(below: 65_536))
    guard outcome.status == .finished || random.integer(below: 2) == 0 else { return outcome }
    outcome.firstToken = outcome.firstScheduled + duration()
    outcome.outputTokens = Int32(1 + random.integer(below: 5))
    guard outcome.status == .finished else { return outcome }
    outcome.finish = outcome.firstToken
    if outcome.outputTokens > 1 { outcome.finish = outcome.finish + duration() }
    return outcome
  }

  /// About `windows` windows, which reach to `end`, as all replicas of a run have them.
  private mutating func replica(windows: Int, end: SimTime) -> ReplicaRecording {
    let length = Int64(end.picoseconds) / Int64(windows) + 1
    var replica = Fixtures.idle(
      windows: max(1, Int((Int64(end.picoseconds) + length - 1) / length)))
    replica.windowLength = SimDuration(picoseconds: length)
    for index in replica.windows.indices {
      replica.windows[index].runningTime = random.uniform() * 256 * Double(length)
      replica.windows[index].waitingTime = random.uniform() * 1e5 * Double(length)
      replica.windows[index].decodeSteps.busy = random.uniform() * Double(length)
      replica.windows[index].lookedUpTokens = random.integer(below: 3)
    }
    replica.usableBlocks = 1 + random.integer(below: 3)
    replica.peakUsedBlocks = random.integer(below: replica.usableBlocks + 1)
    replica.lookedUpTokens = random.integer(below: 3)
    replica.cachedTokens = random.integer(below: replica.lookedUpTokens + 1)
    replica.preemptions = random.integer(below: 1_000_000)
    return replica
  }
}
