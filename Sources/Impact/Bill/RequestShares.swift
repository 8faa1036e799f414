import ServingSim
import SimKernel

/// Divides a bill among requests.
///
/// What a replica spent on prefill in a window is borne by the prompt tokens read in it, what it spent
/// on decode by the tokens written; a request's prompt is taken to be read evenly from its first step
/// to its first token, and its answer written evenly from there to its end. Idle time follows what
/// the replica spent on a request otherwise. Attempts that were dropped bear their part as those that
/// finished do. Where another replica computed the prompt, that one's prefill is borne so, and the one
/// that answers has read the prompt's last token. The shares are fitted so that they add up to the whole
/// exactly.
struct RequestShares {
  private let run: FinishedRun
  private let quantum: Quantum
  private let handoffs: HandoffFinder
  private var accounts: [Account] = []
  /// Idle time of replicas that served nobody, and what else nobody can be held to.
  private(set) var unassigned = Amounts()

  /// One replica's.
  private struct Account {
    var prefill: TokenPrice
    var decode: TokenPrice
    /// What there is to divide, and what was divided up to now, by phase.
    var totals: [Amounts]
    var prefillPool = Pool()
    var decodePool = Pool()
    var idlePool = Pool()
  }

  init(_ run: FinishedRun, cells: BillCells) {
    self.run = run
    handoffs = HandoffFinder(run.recording.handoffs)
    quantum = cells.quantum
    for replica in run.replicas.indices {
      let amounts = cells.amounts[replica]
      accounts.append(
        Account(
          prefill: TokenPrice(amounts, cells.tokens[replica], cells.lengths, phase: 0),
          decode: TokenPrice(amounts, cells.tokens[replica], cells.lengths, phase: 1),
          totals: (0..<3).map { phase in
            stride(from: phase, to: amounts.count, by: 3).reduce(Amounts()) { $0 + amounts[$1] }
          }))
    }
    weigh()
  }

  private mutating func weigh() {
    for i in run.recording.outcomes.indices {
      if let weights = weights(of: i) { weigh(weights) }
    }
    for attempt in run.recording.lost { weigh(weights(of: attempt)) }
    for replica in accounts.indices {
      accounts[replica].prefillPool.open(accounts[replica].totals[0])
      accounts[replica].decodePool.open(accounts[replica].totals[1])
      accounts[replica].idlePool.weight =
        accounts[replica].prefillPool.divided + accounts[replica].decodePool.divided
      accounts[replica].idlePool.open(accounts[replica].totals[2])
      for pool in [
        accounts[replica].prefillPool, accounts[replica].decodePool, accounts[replica].idlePool,
      ] {
        unassigned += pool.left
      }
    }
  }

  private mutating func weigh(_ weights: Weights) {
    if let (replica, prefill) = weights.ahead { accounts[replica].prefillPool.weight += prefill }
    accounts[weights.replica].prefillPool.weight += weights.prefill
    accounts[weights.replica].decodePool.weight += weights.decode
  }

  /// The share of request `i`, nil unless it finished. Requests have to be asked for in their order,
  /// each once.
  mutating func next(_ i: Int) -> Amounts? { weights(of: i).map { take($0) } }

  /// The share of a dropped attempt. They have to be asked for in their order, each once, after all
  /// requests.
  mutating func next(lost attempt: LostAttempt) -> Amounts { take(weights(of: attempt)) }

  private mutating func take(_ weights: Weights) -> Amounts {
    var ahead = Amounts()
    if let (replica, prefill) = weights.ahead {
      ahead = accounts[replica].prefillPool.take(prefill, quantum)
      ahead += accounts[replica].idlePool.take(ahead, quantum)
    }
    let busy =
      accounts[weights.replica].prefillPool.take(weights.prefill, quantum)
      + accounts[weights.replica].decodePool.take(weights.decode, quantum)
    return ahead + busy + accounts[weights.replica].idlePool.take(busy, quantum)
  }

  private struct Weights {
    /// Of the replica that computed the prompt for another one, if one did.
    var ahead: (replica: Int, prefill: Amounts)?
    var replica: Int
    var prefill: Amounts
    var decode: Amounts
  }

  /// Of `tokens` of a prompt that are read from `start` to `end`: by the replica that answers alone, or
  /// but for the last of them by another one.
  private func prefill(
    of tokens: Double, _ handoff: Handoff?, on replica: Int, from start: SimTime, to end: Double
  ) -> (ahead: (replica: Int, prefill: Amounts)?, own: Amounts) {
    guard let handoff else {
      return (nil, accounts[replica].prefill.price(of: tokens, from: start.seconds, to: end))
    }
    let first = Int(handoff.replica)
    let ahead = accounts[first].prefill.price(
      of: tokens, from: start.seconds, to: handoff.prefilled.seconds)
    guard !handoff.arrived.isNever else { return ((first, ahead), Amounts()) }
    let own = accounts[replica].prefill.price(of: 1, from: handoff.arrived.seconds, to: end)
    return ((first, ahead), own)
  }

  private func weights(of i: Int) -> Weights? {
    let outcome = run.recording.outcomes[i]
    guard outcome.status == .finished, outcome.replica >= 0 else { return nil }
    let replica = Int(outcome.replica)
    let read = Double(run.promptTokens[i] - outcome.cachedTokens)
    let first = outcome.firstToken.seconds
    let prefill = prefill(
      of: read, handoffs.handoff(of: i, outcome), on: replica, from: outcome.firstScheduled,
      to: first)
    return Weights(
      ahead: prefill.ahead, replica: replica, prefill: prefill.own,
      decode: accounts[replica].decode.price(
        of: Double(outcome.outputTokens - 1), from: first, to: outcome.finish.seconds))
  }

  private func weights(of attempt: LostAttempt) -> Weights {
    let replica = Int(attempt.replica)
    let end = attempt.end.seconds
    let first = min(end, attempt.firstToken.isNever ? end : attempt.firstToken.seconds)
    let prefill = prefill(
      of: Double(attempt.promptTokens),
      handoffs.handoff(of: attempt), on: replica, from: attempt.firstScheduled, to: first)
    return Weights(
      ahead: prefill.ahead, replica: replica, prefill: prefill.own,
      decode: accounts[replica].decode.price(
        of: Double(max(0, attempt.outputTokens - 1)), from: first, to: end))
  }
}

/// An amount that is divided by weights, one share after the other.
private struct Pool {
  /// Of all shares together; set before `open`.
  var weight = Amounts()
  /// What is there for the weights, and what is left where there is none.
  private(set) var divided = Amounts()
  private(set) var left = Amounts()
  private var perWeight = SIMD16<Double>(repeating: 0)
  private var taken = Amounts()
  private var weightTaken = Amounts()

  mutating func open(_ total: Amounts) {
    let isShared = weight.values .> 0
    divided = Amounts(total.values.replacing(with: 0, where: .!isShared))
    left = Amounts(total.values.replacing(with: 0, where: isShared))
    perWeight = (divided.values / weight.values).replacing(with: 0, where: .!isShared)
  }

  /// The share of `weight`: what is due up to it, less what was taken before.
  mutating func take(_ weight: Amounts, _ quantum: Quantum) -> Amounts {
    weightTaken += weight
    let due = quantum.rounded(Amounts(weightTaken.values * perWeight))
    let share = Amounts(due.values - taken.values)
    taken = due
    return share
  }
}

/// What a token of one phase costs at any time on one replica, summed up over time.
private struct TokenPrice {
  /// At the end of each window: the integral of the price over time.
  private var integral: [Amounts] = [Amounts()]
  private var prices: [Amounts] = []
  private let length: Double

  init(_ amounts: [Amounts], _ tokens: [SIMD2<Double>], _ lengths: [Double], phase: Int) {
    length = lengths.first ?? 1
    prices.reserveCapacity(lengths.count)
    integral.reserveCapacity(lengths.count + 1)
    for window in lengths.indices {
      let count = tokens[window][phase]
      let price = Amounts(count > 0 ? amounts[3 * window + phase].values / count : .zero)
      prices.append(price)
      integral.append(Amounts(integral[window].values + price.values * length))
    }
  }

  /// Of `tokens` spread evenly from `start` to `end`, in seconds.
  func price(of tokens: Double, from start: Double, to end: Double) -> Amounts {
    guard tokens > 0, !prices.isEmpty else { return Amounts() }
    guard end > start else { return Amounts(prices[window(at: start)].values * tokens) }
    let mean = (until(end).values - until(start).values) / (end - start)
    // The difference of two integrals may come out below zero by rounding.
    return Amounts(mean.replacing(with: 0, where: mean .< 0) * tokens)
  }

  private func window(at time: Double) -> Int { min(max(0, Int(time / length)), prices.count - 1) }

  private func until(_ time: Double) -> Amounts {
    let window = window(at: time)
    return Amounts(
      integral[window].values + prices[window].values * (time - Double(window) * length))
  }
}
