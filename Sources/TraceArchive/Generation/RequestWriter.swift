import SimKernel
import TextAndBytes

/// Draws and writes the requests of sessions, one session after another.
struct RequestWriter {
  private let profile: TraceProfile
  private let seed: UInt64
  private let sink: any TraceSink
  private let popularity: [ZipfLaw?]
  private(set) var written = 0
  private var sessions: UInt64 = 0
  private var nextBlock: Int64
  private var blocksOfSession = 0
  private var recent = RecentPrompts()

  init(_ profile: TraceProfile, seed: UInt64, sink: any TraceSink) {
    self.profile = profile
    self.seed = seed
    self.sink = sink
    popularity = profile.clients.map { client in
      client.parts.map { ZipfLaw(count: $0.documents, exponent: $0.popularity) }
    }
    // The lowest ids are those that all sessions share.
    nextBlock = 1 << 20
  }

  /// A session of the client, or a request where it has none.
  mutating func write(client index: Int, at time: Double) throws(FileProblem) {
    let client = profile.clients[index]
    var stream = RandomStream(seed: seed, .promptLengths, index: sessions)
    sessions += 1
    if let session = client.session {
      return try write(session, client, at: time, &stream)
    }
    var record = start(client)
    record.arrival = Int64(time * 1e6) * 1000
    if !client.samples.isEmpty {
      try fill(&record, from: client.samples[stream.integer(below: client.samples.count)])
    } else if let parts = client.parts {
      fill(&record, parts, popularity[index], &stream)
    } else {
      record.inputTokens = client.input?.tokens(&stream) ?? 1
      if profile.blockSize != nil { record.prefixIDs = try grown([], to: record.inputTokens) }
    }
    finish(&record, client, &stream)
    try emit(&record)
  }

  private func start(_ client: TraceProfile.Client) -> TraceRecord {
    var record = TraceRecord()
    record[text: .app] = client.app
    record[text: .model] = client.model
    record[text: .sloClass] = client.sloClass
    if profile.clients.count > 1 { record[text: .tenantID] = client.name }
    return record
  }

  /// The answer, images and reasoning.
  private func finish(
    _ record: inout TraceRecord, _ client: TraceProfile.Client, _ stream: inout RandomStream
  ) {
    if !record.has(.outputTokens) { record.outputTokens = client.output?.tokens(&stream) ?? 1 }
    if client.imageShare > 0 {
      let hasImages = stream.uniform() < client.imageShare
      let images = hasImages ? client.images?.tokens(&stream) ?? 1 : 0
      var tokens: Int64 = 0
      for _ in 0..<min(images, 4096) { tokens += client.imageTokens?.tokens(&stream) ?? 0 }
      record[.imageCount] = images
      record[.imageTokens] = tokens
      record.inputTokens += tokens
    }
    if let reasoning = client.reasoning {
      let share = min(max(reasoning.draw(&stream), 0), 1)
      record[.reasoningTokens] = Int64((Double(record.outputTokens) * share).rounded())
    }
  }

  private mutating func emit(_ record: inout TraceRecord) throws(FileProblem) {
    record.id = Int64(written)
    if let fault = record.outOfBounds { throw problem(fault) }
    written += 1
    try sink.take(record)
  }

  private func problem(_ message: String) -> FileProblem {
    FileProblem(file: profile.name, message: "request \(written) of the profile: \(message)")
  }

  /// As many ids as the prompt has full blocks, the first ones being those given.
  private mutating func grown(
    _ ids: [Int64], to tokens: Int64
  ) throws(FileProblem) -> [Int64] {
    guard let size = profile.blockSize else { return [] }
    let count = Int(tokens / Int64(size))
    guard count <= PrefixRuns.most else {
      throw problem(
        "a prompt of \(tokens) tokens has \(count) blocks of \(size); allowed are \(PrefixRuns.most)"
      )
    }
    guard ids.count < count else { return Array(ids.prefix(count)) }
    let first = nextBlock
    nextBlock += Int64(count - ids.count)
    return ids + Array(first..<nextBlock)
  }

  // MARK: Samples

  /// A request like the sample; it shares with an earlier prompt what the sample shared.
  private mutating func fill(
    _ record: inout TraceRecord, from sample: TraceProfile.Sample
  ) throws(FileProblem) {
    record.inputTokens = sample.input
    record.outputTokens = sample.output
    guard let size = profile.blockSize else { return }
    let shared = Int(sample.reused / Int64(size))
    let before = recent.prompt(back: Int(sample.back), atLeast: shared)
    record.prefixIDs = try grown(Array(before.prefix(shared)), to: sample.input)
    recent.append(record.prefixIDs)
  }

  // MARK: Parts

  private mutating func fill(
    _ record: inout TraceRecord, _ parts: TraceProfile.Parts, _ law: ZipfLaw?,
    _ stream: inout RandomStream
  ) {
    var segments: [PromptSegment] = []
    var share = stream.uniform() * parts.systemShares.reduce(0, +)
    var variant = 0
    for (index, part) in parts.systemShares.enumerated() {
      variant = index
      if share < part { break }
      share -= part
    }
    segments.append(
      PromptSegment(kind: "system", id: Int64(variant), tokens: Int32(parts.systemTokens)))
    if parts.dynamicTokens > 0 {
      segments.append(
        PromptSegment(kind: "dynamic", id: Int64(written), tokens: Int32(parts.dynamicTokens)))
    }
    for _ in 0..<parts.passages {
      let document = law?.draw(from: &stream) ?? 0
      // A passage has one length, whoever asks for it.
      var lengths = RandomStream(seed: seed, .groups, index: UInt64(document))
      segments.append(
        PromptSegment(
          kind: "passage", id: Int64(document),
          tokens: Int32(parts.passageTokens.tokens(&lengths))))
    }
    let question = parts.question.tokens(&stream)
    segments.append(
      PromptSegment(kind: "question", id: Int64(written), tokens: Int32(question)))
    record.inputTokens = segments.reduce(0) { $0 + Int64($1.tokens) }
    record[text: .segments] = PromptSegment.text(segments)
  }

  // MARK: Sessions

  /// Turns of a session, and calls of a sub-agent, at most. More is no conversation.
  private static let mostTurns: Int64 = 10_000
  /// Block ids in all prompts of a session together, at most: each turn repeats those before.
  private static let mostBlocks = 50_000_000

  private func checked(_ turns: Int64, _ name: String) throws(FileProblem) -> Int64 {
    guard turns <= Self.mostTurns else {
      throw problem("\(name) drew \(turns) for one session; allowed are \(Self.mostTurns)")
    }
    return turns
  }

  /// Where a session's agent stands.
  private struct Context {
    var ids: [Int64] = []
    var tokens: Int64 = 0
    var last: Int64?
    var turn: Int64 = 0
  }

  private mutating func write(
    _ session: TraceProfile.Session, _ client: TraceProfile.Client, at time: Double,
    _ stream: inout RandomStream
  ) throws(FileProblem) {
    let name = "s\(sessions)"
    var context = Context()
    let turns = try checked(session.turns.tokens(&stream), "session.turns")
    blocksOfSession = 0
    for _ in 0..<turns {
      var record = start(client)
      record.session = name
      let agent = try writeAgent(session, client, name, context, &stream)
      try writeTurn(
        &record, session, client, &context, first: session.first, waitingFor: agent, &stream
      ) { record in
        record.arrival = Int64(time * 1e6) * 1000
        record[text: .link] = "root"
      }
    }
  }

  /// Perhaps a sub-agent's requests; returns the last one.
  private mutating func writeAgent(
    _ session: TraceProfile.Session, _ client: TraceProfile.Client, _ name: String,
    _ context: Context, _ stream: inout RandomStream
  ) throws(FileProblem) -> Int64? {
    guard session.agentShare > 0, let spawner = context.last,
      stream.uniform() < session.agentShare, let calls = session.agentCalls,
      let first = session.agentFirst
    else { return nil }
    var inner = Context()
    for _ in 0..<(try checked(calls.tokens(&stream), "session.agent_calls")) {
      var record = start(client)
      record.session = name
      record.agent = "agent_\(context.turn)"
      try writeTurn(
        &record, session, client, &inner, first: first, waitingFor: nil, &stream
      ) { record in
        record.dependsOn = [spawner]
        record[text: .link] = "spawn"
        record[.think] = 0
      }
    }
    return inner.last
  }

  private mutating func writeTurn(
    _ record: inout TraceRecord, _ session: TraceProfile.Session, _ client: TraceProfile.Client,
    _ context: inout Context, first: Law, waitingFor agent: Int64?,
    _ stream: inout RandomStream, begin: (inout TraceRecord) -> Void
  ) throws(FileProblem) {
    record[.turn] = context.turn
    let isReset = context.last != nil && stream.uniform() < session.resetShare
    if let last = context.last {
      record[.parentID] = last
      record[text: .link] = agent == nil ? "turn" : "join"
      if let agent { record.dependsOn = [last, agent] }
      let isTool = agent != nil || stream.uniform() < session.toolShare
      let think = isTool ? session.toolThink ?? session.think : session.think
      // No longer than thirty years.
      record[.think] = Int64(min(max(0, think.draw(&stream)), 1e9) * 1e6)
      record[text: .trigger] = isTool ? "tool" : "user"
    } else {
      begin(&record)
      record[text: .trigger] = "user"
    }
    if context.last == nil || isReset {
      record.inputTokens = max(first.tokens(&stream), Int64(session.sharedTokens) + 1)
      context.ids = shared(session)
    } else {
      record.inputTokens = context.tokens + session.added.tokens(&stream)
    }
    finish(&record, client, &stream)
    if profile.blockSize != nil {
      record.prefixIDs = try grown(context.ids, to: record.inputTokens)
      blocksOfSession += record.prefixIDs.count
      guard blocksOfSession <= Self.mostBlocks else {
        throw problem(
          "the prompts of its session have more than \(Self.mostBlocks) blocks together; fewer or "
            + "shorter turns have fewer")
      }
    }
    try emit(&record)
    context.ids = record.prefixIDs
    context.tokens = record.inputTokens + record.outputTokens
    context.last = record.id
    context.turn += 1
  }

  private func shared(_ session: TraceProfile.Session) -> [Int64] {
    guard let size = profile.blockSize else { return [] }
    return Array(0..<Int64(session.sharedTokens) / Int64(size))
  }
}

/// The last prompts' block ids.
private struct RecentPrompts {
  private static let kept = 4096
  private var prompts: [[Int64]] = []
  private var count = 0

  mutating func append(_ ids: [Int64]) {
    if prompts.count < Self.kept { prompts.append(ids) } else { prompts[count % Self.kept] = ids }
    count += 1
  }

  /// The prompt so many requests before, or the next one to it that has enough blocks.
  func prompt(back: Int, atLeast blocks: Int) -> [Int64] {
    guard blocks > 0 else { return [] }
    var best: [Int64] = []
    for step in 0..<prompts.count {
      for place in step == 0 ? [back] : [back + step, back - step]
      where place >= 1 && place <= prompts.count {
        let ids = prompts[(count - place) % Self.kept]
        if ids.count >= blocks { return ids }
        if ids.count > best.count { best = ids }
      }
    }
    return best
  }
}
