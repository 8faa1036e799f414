import SimKernel
import ServingModel

/// Draws a synthetic workload session by session; a request that stands alone is a session of one
/// turn.
struct SyntheticDraw {
  private let laws: SyntheticWorkload
  private let seed: UInt64
  private let groups: ZipfLaw?
  private var arrivals: [SimTime] = []
  private var promptTokens: [Int32] = []
  private var outputTokens: [Int32] = []
  private var sessions: [Int32] = []
  private var groupOfSession: [Int32] = []
  /// Before each request, from its predecessor's end; only kept with sessions.
  private var thinkTimes: [SimDuration] = []

  init(_ laws: SyntheticWorkload, seed: UInt64) {
    self.laws = laws
    self.seed = seed
    groups = laws.sharedPrefix.map { ZipfLaw(count: $0.groups, exponent: $0.zipfExponent) }
  }

  mutating func workload(description: String) -> Workload {
    var closedLoop: ClosedLoop?
    switch laws.load {
    case .closed(let loop, let requests):
      closedLoop = loop
      reserve(requests)
      while arrivals.count < requests { addSession(at: .never, limit: requests) }
    case .open(let process, .requests(let requests)):
      var sequence = ArrivalSequence(process, seed: seed)
      reserve(requests)
      while arrivals.count < requests { addSession(at: sequence.next(), limit: requests) }
    case .open(let process, .duration(let duration)):
      var sequence = ArrivalSequence(process, seed: seed)
      var arrival = sequence.next()
      while arrival < duration {
        addSession(at: arrival, limit: .max)
        arrival = sequence.next()
      }
    }
    return Workload(
      arrivals: arrivals, promptTokens: promptTokens, outputTokens: outputTokens,
      content: content(), dependencies: dependencies(), closedLoop: closedLoop,
      sessions: laws.sessions == nil ? nil : sessions, description: description)
  }

  private mutating func reserve(_ requests: Int) {
    arrivals.reserveCapacity(requests)
    promptTokens.reserveCapacity(requests)
    outputTokens.reserveCapacity(requests)
    sessions.reserveCapacity(requests)
  }

  private mutating func addSession(at arrival: SimTime, limit: Int) {
    let session = groupOfSession.count
    groupOfSession.append(drawGroup(of: session))
    var prompts = RandomStream(seed: seed, .promptLengths, index: UInt64(session))
    var outputs = RandomStream(seed: seed, .outputLengths, index: UInt64(session))
    let shared = Int64(laws.sharedPrefix?.tokens ?? 0)
    let first = min(shared + Int64(laws.promptTokens.draw(from: &prompts)), Int64(Int32.max))
    addRequest(
      session: session, arrival: arrival, prompt: Int32(first),
      output: laws.outputTokens.draw(from: &outputs))
    guard let law = laws.sessions else { return }
    thinkTimes.append(.zero)

    var turns = RandomStream(seed: seed, .turns, index: UInt64(session))
    var thinks = RandomStream(seed: seed, .thinkTimes, index: UInt64(session))
    let longest = Int64(min(law.maxPromptTokens ?? .max, Int(Int32.max)))
    for _ in stride(from: 1, to: law.turns.draw(from: &turns), by: 1) {
      let last = promptTokens.count - 1
      let prompt =
        Int64(promptTokens[last]) + Int64(outputTokens[last])
        + Int64(laws.promptTokens.draw(from: &prompts))
      guard prompt <= longest, arrivals.count < limit else { return }
      addRequest(
        session: session, arrival: .never, prompt: Int32(prompt),
        output: laws.outputTokens.draw(from: &outputs))
      thinkTimes.append(law.thinkTimes.draw(from: &thinks))
    }
  }

  private func drawGroup(of session: Int) -> Int32 {
    guard let groups else { return -1 }
    var stream = RandomStream(seed: seed, .groups, index: UInt64(session))
    return Int32(groups.draw(from: &stream))
  }

  private mutating func addRequest(
    session: Int, arrival: SimTime, prompt: Int32, output: Int32
  ) {
    arrivals.append(arrival)
    promptTokens.append(prompt)
    outputTokens.append(output)
    sessions.append(Int32(session))
  }

  /// Chains 0..<groups are the groups' beginnings, then comes one chain a session.
  private func content() -> ContentTable? {
    guard laws.sharedPrefix != nil || laws.sessions != nil else { return nil }
    let groups = Int32(laws.sharedPrefix?.groups ?? 0)
    let tokens = Int32(laws.sharedPrefix?.tokens ?? 0)
    var parents = [Int32](repeating: -1, count: Int(groups))
    parents.append(contentsOf: groupOfSession)
    var offsets = [Int32](repeating: 0, count: Int(groups))
    offsets.append(contentsOf: groupOfSession.map { $0 < 0 ? 0 : tokens })
    return ContentTable(
      chainOfRequest: sessions.map { $0 + groups }, answersExtend: laws.sessions != nil,
      parents: parents, offsets: offsets)
  }

  /// Every turn but a session's first waits for the request before it.
  private func dependencies() -> Dependencies? {
    guard laws.sessions != nil else { return nil }
    var waitsFor = [Int32](repeating: 0, count: sessions.count)
    var firstDependent = [Int32](repeating: 0, count: sessions.count + 1)
    var dependents: [Int32] = []
    for row in sessions.indices {
      firstDependent[row] = Int32(dependents.count)
      let next = row + 1
      guard next < sessions.count, sessions[next] == sessions[row] else { continue }
      waitsFor[next] = 1
      dependents.append(Int32(next))
    }
    firstDependent[sessions.count] = Int32(dependents.count)
    return Dependencies(
      waitsFor: waitsFor, firstDependent: firstDependent, dependents: dependents,
      thinkTimes: thinkTimes)
  }
}
