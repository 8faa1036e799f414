import NIOCore
import ServingSim
import SimKernel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The fleet behind an endpoint: a live simulation in real time, or at the speed asked for. All of
/// it belongs to one event loop.
final class LiveService {
  /// Chains of text that there is room for; memory is only used as they come.
  private static let chainCapacity = 1 << 20

  private let plan: Plan
  private let options: EndpointOptions
  private let loops: [any EventLoop]
  private let loop: any EventLoop
  private let clock: ServiceClock
  private let lengths: AnswerLengths
  private var live: LiveSimulation
  private var chains: PromptChains
  /// nil: no replica caches prefixes.
  private let isCaching: Bool
  /// By number.
  private var requests: [ServedRequest?]
  private var metrics: [EngineMetrics]
  private var frontend = FrontendMetrics()
  private var log = ServedLog()
  /// Requests that have reached the fleet, and that were turned away.
  private var served = 0
  private var turnedAway = 0
  private var underWay = 0
  private var events: [(event: LiveEvent, outcome: Outcome)] = []
  /// What is to be told, by event loop.
  private var deliveries: [[Delivery]]
  private var turn = 0
  private var wakeUp: (deadline: NIODeadline, task: Scheduled<Void>)?
  private var drained: EventLoopPromise<Void>?

  /// Serves with the fleet of `plan` from now on, on the first of `loops`.
  init(_ plan: Plan, _ options: EndpointOptions, loops: [any EventLoop]) {
    self.plan = plan
    self.options = options
    self.loops = loops
    loop = loops[0]
    clock = ServiceClock(start: .now(), speed: options.speed)
    lengths = AnswerLengths(plan)
    isCaching = plan.replicas.contains(where: \.enablePrefixCaching)
    let capacity = options.limits.concurrency
    live = LiveSimulation(
      plan.withoutRequests, capacity: capacity, chains: isCaching ? Self.chainCapacity : 0)
    chains = PromptChains(
      blockTokens: Self.blockTokens(of: plan), capacity: isCaching ? Self.chainCapacity : 0)
    requests = [ServedRequest?](repeating: nil, count: capacity)
    let longest = plan.replicas.map(\.maxModelLength).max() ?? 0
    metrics = plan.replicas.map { EngineMetrics(EngineConfiguration($0), longest: longest) }
    deliveries = loops.map { _ in [] }
  }

  /// Tokens in the largest block of which all replicas' blocks are made.
  static func blockTokens(of plan: Plan) -> Int {
    plan.replicas.map(\.blockSize).reduce(0) { a, b in
      var (a, b) = (a, b)
      while b > 0 { (a, b) = (b, a % b) }
      return a
    }
  }

  /// The clock's start, for clients that compare times.
  var startNanoseconds: UInt64 { clock.startNanoseconds }

  /// Sends a request to the fleet, once for each of its answers, which hear at once whether it was
  /// taken: all are or none.
  func submit(_ request: CompletionRequest, _ scripts: [AnswerScript], for answers: [Answer]) {
    let now = clock.time(at: .now())
    if let refusal = refusal(of: answers.count, at: now) {
      turnedAway += 1
      tell(answers[0], AnswerUpdate(ending: .failed(refusal)))
      return deliver()
    }
    let groups = request.prompts.map { _ in AnswerGroup(count: request.answersPerPrompt) }
    for answer in answers {
      let group = groups[answer.place / request.answersPerPrompt]
      submit(request, scripts[answer.place], for: answer, group, at: now)
    }
    play()
  }

  private func submit(
    _ request: CompletionRequest, _ script: AnswerScript, for answer: Answer,
    _ group: AnswerGroup, at now: SimTime
  ) {
    let prompt = request.prompts[answer.place / request.answersPerPrompt]
    let index = served
    served += 1
    let room = max(1, (plan.replicas.map(\.maxModelLength).max() ?? 0) - prompt.tokens)
    let length = lengths.draw(request, script, index: UInt64(index), room: room)
    let chain = useChain(of: prompt, key: script.key)
    let arrival = LiveArrival(
      promptTokens: Int32(prompt.tokens), outputTokens: Int32(length.tokens), chain: chain,
      session: request.session, priority: request.priority, traits: request.traits)
    if options.keepsOutcomes { log.add(arrival) }
    let number = live.submit(arrival, at: now)
    answer.number = number
    requests[Int(number)] = ServedRequest(
      index: index, answer: answer, prompt: prompt, script: script, chain: chain, length: length,
      fault: options.faults.draw(
        seed: plan.seed, index: UInt64(index), outputTokens: length.tokens),
      group: group, limit: min(request.maxTokens ?? room, room), lastToken: now)
    underWay += 1
    tell(answer, AnswerUpdate(time: now))
  }

  /// The client of `answers` has gone.
  func abort(_ answers: [Answer]) {
    for answer in answers {
      if let number = answer.number { detach(Int(number), reason: .abort) }
    }
    play()
  }

  /// The text of /metrics.
  func metricsText(_ server: ServerFigures) -> String {
    play()
    for engine in metrics.indices { metrics[engine].closeStep() }
    return MetricsPage.render(
      metrics.indices.map { (metrics[$0], live.gauge(of: $0)) }, modelName: options.modelName,
      frontend: options.tellsDynamoMetrics ? frontend : nil, server: server, time: time(nil))
  }

  /// A client has been told all of its answer, or why it gets none.
  func told(_ api: CompletionRequest.API, isStream: Bool, _ status: FrontendMetrics.Status) {
    frontend.count(api, isStream: isStream, status)
  }

  /// The text of /load.
  func loadText() -> String { #"{"server_load":\#(underWay)}"# }

  /// Takes no more requests. The future is fulfilled when those under way have ended.
  func drain() -> EventLoopFuture<Void> {
    let promise = drained ?? loop.makePromise(of: Void.self)
    drained = promise
    if underWay == 0 { promise.succeed() }
    return promise.futureResult
  }

  /// Ends what is still under way, and says what was served.
  func finish() -> ServedRun {
    wakeUp?.task.cancel()
    for request in requests {
      guard let request, let answer = request.answer else { continue }
      tell(answer, AnswerUpdate(ending: .failed(.stopping)))
    }
    deliver()
    var (plan, outcomes) = log.run(of: plan)
    // They were found about the scenario's workload, and another one was served.
    plan.remarks = []
    return ServedRun(
      plan: plan, recording: live.recording(outcomes: outcomes), turnedAway: turnedAway)
  }

  private func refusal(of count: Int, at now: SimTime) -> APIError? {
    guard drained == nil, now < .last else {
      return .stopping
    }
    let limits = options.limits
    guard underWay + count <= limits.concurrency, live.hasRoom else {
      return .overloaded("\(underWay) requests are under way", retryAfter: limits.retryAfter)
    }
    guard let most = limits.waiting else { return nil }
    let waiting = metrics.indices.reduce(0) { $0 + live.gauge(of: $1).waiting }
    guard waiting >= most else { return nil }
    return .overloaded("\(waiting) requests are waiting", retryAfter: limits.retryAfter)
  }

  private func useChain(of prompt: PromptDigest, key: UInt64) -> Int32? {
    guard isCaching, let (chain, branch) = chains.use(prompt, key: key) else { return nil }
    if let branch {
      live.setChain(
        branch.chain, parent: branch.parent, offset: branch.offset, answersExtend: true)
    }
    return chain
  }

  /// Plays the simulation up to now, tells clients what they see by now, and sets the alarm.
  private func play() {
    turn += 1
    live.advance(to: clock.time(at: .now())) { events.append(($0, $1)) }
    for (event, outcome) in events {
      switch event.kind {
      case .token: token(event, outcome)
      case .ended: ended(Int(event.request), outcome)
      }
    }
    events.removeAll(keepingCapacity: true)
    deliver()
    setAlarm()
    if underWay == 0 { drained?.succeed() }
  }

  private func token(_ event: LiveEvent, _ outcome: Outcome) {
    let number = Int(event.request)
    guard let request = requests[number] else { return }
    request.generated += 1
    let replica = Int(outcome.replica)
    if request.generated == 1 {
      metrics[replica].firstToken(
        promptTokens: request.prompt.tokens, cachedTokens: Int(outcome.cachedTokens),
        after: event.time.since(outcome.arrival), at: event.time)
    } else {
      metrics[replica].token(after: event.time.since(request.lastToken), at: event.time)
    }
    request.lastToken = event.time
    guard let answer = request.answer else { return }
    if let (fault, tokens) = request.fault, request.generated > tokens {
      return fail(number, fault)
    }
    tell(
      answer,
      AnswerUpdate(
        tokens: request.generated, time: event.time, cachedTokens: Int(outcome.cachedTokens)),
      of: number)
  }

  private func fail(_ number: Int, _ fault: Fault) {
    guard let answer = requests[number]?.answer else { return }
    switch fault {
    case .error: tell(answer, AnswerUpdate(ending: .failed(.injected)))
    case .reset: tell(answer, AnswerUpdate(ending: .reset))
    case .stall:
      answer.number = nil
      requests[number]?.answer = nil
      return
    }
    detach(number, reason: .error)
  }

  /// Nobody waits for the request any more, and the engine drops it.
  private func detach(_ number: Int, reason: FinishedReason) {
    requests[number]?.answer?.number = nil
    requests[number]?.answer = nil
    requests[number]?.abortReason = reason
    live.abort(Int32(number), at: clock.time(at: .now()))
  }

  private func ended(_ number: Int, _ outcome: Outcome) {
    guard let request = requests[number] else { return }
    requests[number] = nil
    underWay -= 1
    if let chain = request.chain {
      chains.release(chain, text: request.text) { live.isResident(chain: $0) }
    }
    if options.keepsOutcomes { log.set(request.index, to: outcome) }
    let reason = request.reason(outcome)
    if outcome.replica >= 0 {
      let replica = Int(outcome.replica)
      metrics[replica].finished(
        outcome, promptTokens: request.prompt.tokens, limit: request.limit, reason: reason)
      let isWhole = outcome.status == .finished
      if request.group.end(tokens: isWhole ? Int(outcome.outputTokens) : 0),
        request.group.longest > 0
      {
        metrics[replica].finished(answers: request.group.count, longest: request.group.longest)
      }
    }
    guard let answer = request.answer else { return }
    answer.number = nil
    if outcome.status == .rejectedPromptTooLong {
      let refusal = APIError.badRequest(
        "the prompt has \(request.prompt.tokens) tokens and leaves no room for an answer")
      return tell(answer, AnswerUpdate(ending: .failed(refusal)))
    }
    tell(
      answer,
      AnswerUpdate(
        tokens: request.generated, time: request.lastToken,
        cachedTokens: Int(outcome.cachedTokens), ending: .finished(reason)), of: number,
      earlier: request.delivery(in: turn))
  }

  /// Puts news for `answer` on the way. Those of a request of `number` replace earlier ones of the
  /// same turn, at place `earlier`: a client that was told late is told once.
  private func tell(
    _ answer: Answer, _ update: AnswerUpdate, of number: Int? = nil, earlier: Int? = nil
  ) {
    let place = answer.loopIndex
    if let known = earlier ?? number.flatMap({ requests[$0]?.delivery(in: turn) }) {
      deliveries[place][known].update = update
      return
    }
    if let number { requests[number]?.noteDelivery(deliveries[place].count, in: turn) }
    deliveries[place].append(Delivery(answer: answer, update: update))
  }

  private func deliver() {
    for place in deliveries.indices.reversed() where !deliveries[place].isEmpty {
      let batch = deliveries[place]
      deliveries[place] = []
      loops[place].runNowOrSoon {
        for item in batch { item.answer.connection?.take(item.update, of: item.answer) }
      }
    }
  }

  private func setAlarm() {
    let next = live.nextEvent
    guard next != .never else { return }
    let deadline = clock.deadline(after: next)
    if let wakeUp, wakeUp.deadline <= deadline { return }
    wakeUp?.task.cancel()
    let service = NIOLoopBound(self, eventLoop: loop)
    let task = loop.scheduleTask(deadline: deadline) {
      service.value.wakeUp = nil
      service.value.play()
    }
    wakeUp = (deadline, task)
  }
}
