import ServingModel
import ServingSim
import SimKernel

/// The requests of a case that one of its ranks gets, or of its gangs of ranks that step together.
struct CaseRequests {
  var workload: Workload
  /// Of them at most so many are under way at once.
  var mostAtOnce: Int
  /// How many such shares the whole system serves: fewer than it could where some get nothing.
  var shares: Double

  private static let seed: UInt64 = 1
  /// More change no figure by a percent.
  private static let most = 30_000

  init(_ measured: MeasuredCase, _ setUp: CaseSetUp) throws(Unsupported) {
    let laws = try LengthLaws(measured)
    switch measured.load {
    case .clients(let clients):
      self.init(clients: clients, laws, setUp)
    case .meanBatch(let size, _):
      self.init(clients: max(1, Int(size.rounded())), laws, setUp)
    case .batch(let size):
      let share = Self.share(size, setUp.shares)
      self.init(atOnce: share, laws, shares: Double(size) / Double(share))
    case .atOnce:
      let count = Self.saturating(measured, laws, setUp)
      self.init(atOnce: count, laws, shares: Double(setUp.shares))
    case .rate(let rate):
      try self.init(rate: rate / Double(setUp.shares), laws, measured, setUp)
    case .recorded(let requests):
      self.init(requests, setUp)
    }
    recyclePrompts(measured, setUp)
    if setUp.tokensPerStep > 1 {
      workload.outputTokens = workload.outputTokens.map {
        Int32(max(1, (Double($0) / setUp.tokensPerStep).rounded()))
      }
    }
    workload.limitAnswersToTheirLengths()
  }

  /// Ten requests a client, as the load generators of vLLM and SGLang are run.
  private init(clients: Int, _ laws: LengthLaws, _ setUp: CaseSetUp) {
    let share = Self.share(clients, setUp.shares)
    let requests = max(20, 2 * share, min(10 * share, Self.most))
    workload = laws.workload(
      .closed(ClosedLoop(concurrency: share), requests: requests), seed: Self.seed)
    mostAtOnce = share
    shares = Double(clients) / Double(share)
    let isInStep = setUp.engine.batchPolicy.steps == .promptsFirst
    if !isInStep, workload.outputTokens.allSatisfy({ $0 == workload.outputTokens[0] }) {
      stagger(first: share)
    }
  }

  /// Answers of one length would end together for ever. Measured clients of engines that compute
  /// prompts beside answers do not stay in step, so the first answers are cut to end one after the
  /// other. Where all prompts are computed before anybody decodes on, clients do.
  private mutating func stagger(first count: Int) {
    for i in 0..<min(count, workload.count) {
      let whole = Int(workload.outputTokens[i])
      workload.outputTokens[i] = Int32(max(1, whole * (i + 1) / count))
    }
  }

  private init(atOnce count: Int, _ laws: LengthLaws, shares: Double) {
    workload = laws.workload(
      .closed(ClosedLoop(concurrency: count), requests: count), seed: Self.seed)
    mostAtOnce = count
    self.shares = shares
  }

  /// As many requests as were measured, or a minute of them.
  private init(
    rate: Double, _ laws: LengthLaws, _ measured: MeasuredCase, _ setUp: CaseSetUp
  ) throws(Unsupported) {
    let stated = measured.requests.flatMap { $0 > 1 ? $0 / setUp.shares : nil }
    let count = max(100, min(stated ?? max(500, Int(rate * 60)), Self.most))
    // Drawn arrivals may take twice as long as expected ones.
    guard Double(count) / rate < SimTime.last.seconds / 2 else {
      throw Unsupported(
        "\(count) requests at rate_rps \(rate) take longer than the four years that a run can have")
    }
    workload = laws.workload(.open(.poisson(rate: rate), .requests(count)), seed: Self.seed)
    mostAtOnce = count
    shares = Double(setUp.shares)
  }

  /// Dealt out to them in turn.
  private init(_ requests: RecordedRequests, _ setUp: CaseSetUp) {
    let own = stride(from: 0, to: requests.arrivals.count, by: setUp.shares)
    workload = Workload(
      arrivals: own.map { requests.arrivals[$0] },
      promptTokens: own.map { requests.promptTokens[$0] },
      outputTokens: own.map { requests.outputTokens[$0] }, description: "recorded requests")
    mostAtOnce = workload.count
    shares = Double(setUp.shares)
  }

  /// As many as were measured; where that is not stated, six full batches, so that filling and
  /// draining the batch weighs little.
  private static func saturating(
    _ measured: MeasuredCase, _ laws: LengthLaws, _ setUp: CaseSetUp
  ) -> Int {
    let ofRank = min(setUp.limits.maxNumSeqs, setUp.kvTokens / max(1, laws.tokens))
    let batch = ofRank * setUp.ranksTogether
    let stated = measured.requests.flatMap { $0 > 1 ? $0 / setUp.shares : nil }
    return max(1, min(stated ?? 6 * batch, most))
  }

  private static func share(_ count: Int, _ parts: Int) -> Int { (count + parts - 1) / parts }

  /// Requests with one chain have the same prompt.
  private mutating func recyclePrompts(_ measured: MeasuredCase, _ setUp: CaseSetUp) {
    guard measured.isPrefixCached else { return }
    let chains: [Int32]
    if case .recorded = measured.load {
      let lengths = Set(workload.promptTokens).sorted()
      let chainOfLength = Dictionary(
        uniqueKeysWithValues: lengths.enumerated().map { ($0.element, Int32($0.offset)) })
      chains = workload.promptTokens.map { chainOfLength[$0] ?? -1 }
    } else {
      var stream = RandomStream(seed: Self.seed, .groups)
      chains = workload.promptTokens.map { _ in
        Int32(stream.integer(below: AssumedPrompts.recycled))
      }
    }
    let count = Int(chains.max() ?? -1) + 1
    workload.content = ContentTable(
      chainOfRequest: chains, answersExtend: false,
      parents: [Int32](repeating: -1, count: count), offsets: [Int32](repeating: 0, count: count))
  }
}

/// The laws that a case's lengths follow.
struct LengthLaws {
  var prompt: TokenLengths
  var output: TokenLengths
  /// Of prompt and answer at most.
  var tokens: Int

  init(_ measured: MeasuredCase) throws(Unsupported) {
    if case .recorded = measured.load {
      (prompt, output, tokens) = (.fixed(1), .fixed(1), 2)
      return
    }
    guard let prompt = measured.meanPrompt else {
      throw Unsupported("prompt lengths are not stated")
    }
    guard let output = measured.meanOutput else {
      throw Unsupported("output lengths are not stated")
    }
    self.prompt = Self.law(measured.prompt, mean: prompt)
    self.output = Self.law(measured.output, mean: output)
    tokens = measured.longestRequest
  }

  /// A mean of 0.9 of what was asked for comes from a load generator that draws uniformly from 0.8
  /// to 1.0 of it (`--random-range-ratio 0.8`); every other length is fixed.
  private static func law(_ stated: StatedLength, mean: Double) -> TokenLengths {
    if let nominal = stated.nominal, abs(mean / nominal - 0.9) < 0.005 {
      let least = max(1, Int((nominal * 0.8).rounded()))
      return TokenLengths(.uniform(min: least, max: max(least, Int(nominal))))
    }
    return .fixed(max(1, Int(mean.rounded())))
  }

  func workload(_ load: SyntheticWorkload.Load, seed: UInt64) -> Workload {
    SyntheticWorkload(load: load, promptTokens: prompt, outputTokens: output)
      .workload(seed: seed, description: "requests of a measured case")
  }
}
