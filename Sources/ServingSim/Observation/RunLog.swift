import SimKernel

/// Where a run writes down what happens to requests.
struct RunLog: ~Copyable {
  /// One a request, by number.
  let outcomes: UnsafeMutableBufferPointer<Outcome>
  private(set) var gaps = GapHistogram()
  private(set) var held: [HeldRequest] = []
  private(set) var lost: [LostAttempt] = []
  /// In the order in which they were told to the replicas that answer them.
  var handoffs: [Handoff] = []
  /// KV entries that came from tiers; those that began at one instant in any order.
  var loads: [KVLoad] = []
  /// How long answers travel to clients that are not where their replica is, by request, in picoseconds.
  private var waysBack: [Int32: Int64] = [:]
  /// Where the times that it is told count from.
  private(set) var epoch = Epoch()
  /// When the last request ended since the epoch was moved, and before.
  private var latest: Int64 = 0
  private var earlier: Instant = 0

  init(outcomes: UnsafeMutableBufferPointer<Outcome>) { self.outcomes = outcomes }

  /// The same, going on in `outcomes`.
  func copy(outcomes: UnsafeMutableBufferPointer<Outcome>) -> RunLog {
    var copy = RunLog(outcomes: outcomes)
    copy.epoch = epoch
    copy.latest = latest
    copy.earlier = earlier
    copy.gaps = gaps.copy()
    copy.held = held
    copy.lost = lost
    copy.handoffs = handoffs
    copy.loads = loads
    copy.waysBack = waysBack
    return copy
  }

  /// When the last request up to now ended for its client.
  var lastEnd: Instant { max(earlier, epoch.instant(latest)) }

  /// Returns by how much every time since the epoch becomes less.
  mutating func moveEpoch(to instant: Instant) -> Int64 {
    earlier = lastEnd
    latest = .min / 4
    return epoch.move(to: instant)
  }

  func hasArrived(_ number: Int) -> Bool { outcomes[number].status != .notArrived }

  func isUnderWay(_ number: Int) -> Bool { outcomes[number].status == .underWay }

  /// Where it was sent; nil: nowhere.
  func replica(of number: Int) -> Int? {
    outcomes[number].replica < 0 ? nil : Int(outcomes[number].replica)
  }

  func awaitsFirstToken(_ number: Int, from replica: Int) -> Bool {
    isUnderWay(number) && Int(outcomes[number].replica) == replica
      && outcomes[number].firstToken.isNever
  }

  /// The greatest: it has not arrived.
  func arrival(of number: Int) -> Instant { outcomes[number].arrival.picoseconds }

  /// It arrives at `time` and will be released later.
  mutating func held(_ number: Int, at time: Int64, until release: Instant) {
    waits(number, at: time)
    held.append(
      HeldRequest(
        number: Int32(truncatingIfNeeded: number), release: SimTime(picoseconds: release)))
  }

  /// It arrives at `time`, unless it has, and no replica gets it yet.
  func waits(_ number: Int, at time: Int64) {
    noteArrival(number, at: time)
    outcomes[number].status = .underWay
  }

  /// What its replica answers takes so long to its client, until it is sent elsewhere.
  mutating func travels(_ number: Int, back: Int64) { waysBack[Int32(number)] = back }

  @inline(__always)
  func wayBack(of number: Int) -> Int64 {
    waysBack.isEmpty ? 0 : waysBack[Int32(number)] ?? 0
  }

  /// Of all who are under way.
  var longestWayBack: Int64 { waysBack.values.max() ?? 0 }

  /// Its answer is on its way, or none comes.
  private mutating func forgetWay(of number: Int) { waysBack[Int32(number)] = nil }

  /// The same of all these.
  @inline(__always)
  mutating func forgetWays(of ended: borrowing Stack<Int32>) {
    guard !waysBack.isEmpty else { return }
    for i in 0..<ended.count { forgetWay(of: Int(ended[i])) }
  }

  /// It goes to a replica at `time`, as it arrives unless it was held.
  @inline(__always)
  mutating func arrived(_ number: Int, at time: Int64, replica: Int, outputTokens: Int32) {
    noteArrival(number, at: time)
    outcomes[number].replica = Int32(truncatingIfNeeded: replica)
    outcomes[number].outputTokens = outputTokens
    outcomes[number].status = .underWay
  }

  mutating func rejected(
    _ number: Int, at time: Int64, _ status: OutcomeStatus
  ) {
    noteArrival(number, at: time)
    end(number, at: time, status)
  }

  /// Returns whether it is scheduled for the first time.
  @inline(__always)
  mutating func admitted(_ number: Int, cachedTokens: Int32, at time: Int64) -> Bool {
    guard outcomes[number].firstScheduled.isNever else { return false }
    outcomes[number].firstScheduled.picoseconds = epoch.instant(time)
    outcomes[number].cachedTokens = cachedTokens
    return true
  }

  /// Whether its present attempt has been in a batch.
  func hasRun(_ number: Int) -> Bool { !outcomes[number].firstScheduled.isNever }

  /// The number of its present attempt, from 1.
  func attempt(of number: Int) -> Int { Int(outcomes[number].retries) + 1 }

  /// Another attempt at it follows the one that has just ended: nothing of that one counts.
  mutating func comesAgain(_ number: Int) {
    var outcome = Outcome()
    outcome.arrival = outcomes[number].arrival
    outcome.preemptions = outcomes[number].preemptions
    outcome.retries = outcomes[number].retries + 1
    outcome.status = .underWay
    outcomes[number] = outcome
    forgetWay(of: number)
  }

  /// The first one stands.
  @inline(__always)
  private func noteArrival(_ number: Int, at time: Int64) {
    guard outcomes[number].status == .notArrived else { return }
    outcomes[number].arrival.picoseconds = epoch.instant(time)
  }

  /// `replica` has computed its prompt for another one. Returns the handoff's number.
  mutating func handedOver(_ number: Int, replica: Int, prefilled: SimTime) -> Int {
    handoffs.append(
      Handoff(
        number: Int32(truncatingIfNeeded: number), attempt: Int32(attempt(of: number)),
        replica: Int32(truncatingIfNeeded: replica), prefilled: prefilled))
    return handoffs.count - 1
  }

  /// `tokens` of it, by tier, begin to come to `replica`. Returns the record's number.
  mutating func loads(_ number: Int, _ tokens: [Int], replica: Int, at time: Instant) -> Int {
    loads.append(
      KVLoad(
        number: Int32(truncatingIfNeeded: number), attempt: Int32(attempt(of: number)),
        replica: Int32(truncatingIfNeeded: replica), hostTokens: Int32(tokens[0]),
        secondaryTokens: Int32(tokens.dropFirst().reduce(0, +)), started: SimTime(picoseconds: time)
      ))
    return loads.count - 1
  }

  mutating func preempted(_ number: Int) {
    // Saturates: a request preempted 65,535 times is known to be thrashing.
    if outcomes[number].preemptions < .max { outcomes[number].preemptions += 1 }
  }

  @inline(__always)
  mutating func firstToken(_ number: Int, at time: Int64) {
    outcomes[number].firstToken.picoseconds = epoch.instant(time &+ wayBack(of: number))
  }

  @inline(__always)
  mutating func finished(_ number: Int, at time: Int64) {
    end(number, at: time &+ wayBack(of: number), .finished)
  }

  /// It is dropped, as `status` says, when it had `outputTokens` tokens and `promptTokens` of its prompt
  /// had KV entries.
  mutating func dropped(
    _ number: Int, at time: Int64, _ status: OutcomeStatus, promptTokens: Int32,
    outputTokens: Int32
  ) {
    outcomes[number].outputTokens = outputTokens
    end(number, at: time, status)
    let outcome = outcomes[number]
    if !outcome.firstScheduled.isNever {
      lost.append(LostAttempt(number, outcome, promptTokens: promptTokens))
    }
    // A token that was under way to it still comes.
    let token = outcomes[number].firstToken
    if !token.isNever { latest = max(latest, epoch.time(token.picoseconds)) }
  }

  @inline(__always)
  private mutating func end(_ number: Int, at time: Int64, _ status: OutcomeStatus) {
    outcomes[number].finish.picoseconds = epoch.instant(time)
    outcomes[number].status = status
    if time > latest { latest = time }
  }

  /// `count` requests yielded a token in each step of the span and in the step before it.
  @inline(__always)
  mutating func tokenGaps(_ span: StepSpan, of count: Int) {
    guard count > 0 else { return }
    gaps.addRun(first: span.first, growth: span.growth, steps: span.steps, times: count)
  }

  /// `count` requests yielded a token `gap` picoseconds after their last one, having been preempted or
  /// left out between.
  mutating func tokenGaps(_ gap: Int64, of count: Int) {
    gaps.addRun(first: gap, growth: 0, steps: 1, times: count)
  }
}
