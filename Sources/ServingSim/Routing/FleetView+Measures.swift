package import SimKernel

/// What replicas say of themselves beside their queues.
extension FleetView {
  /// Tokens of the requests that a replica has: of their prompts, and of their answers so far.
  package func outstandingTokens(on replica: Int) -> Int {
    facts.pointee.reports?[replica].tokens ?? replicas[replica].knownTokens(at: now.picoseconds)
  }

  /// The share of a replica's KV blocks that is in use.
  package func kvCacheUtilization(of replica: Int) -> Double {
    let used =
      facts.pointee.reports?[replica].usedBlocks
      ?? replicas[replica].usedBlocks(at: now.picoseconds)
    return Double(used) / Double(replicas[replica].plan.usableBlocks)
  }

  /// Tokens at the beginning of the request's prompt that a replica's KV memory holds now. Engines tell
  /// of each block that they store or evict, so this is fresh.
  package func cachedTokens(on replica: Int) -> Int { prefix(on: replica).tokens }

  /// The same, with how many of its blocks nobody holds.
  package func prefix(on replica: Int) -> FoundPrefix {
    replicas[replica].prefix(
      ofRequest: number, promptTokens: promptTokens, at: now.picoseconds)
  }

  /// Tokens that a KV block of a replica holds.
  package func blockSize(of replica: Int) -> Int { replicas[replica].plan.blockSize }

  /// The chain that the request's prompt lies on; nil: none that is known.
  package var chain: Int? {
    guard let chain = facts.pointee.paths?.takeUnretainedValue().chainOfRequest[number],
      chain >= 0
    else { return nil }
    return Int(chain)
  }

  /// Tokens that text has in common before `chain` begins.
  func start(ofChain chain: Int) -> Int {
    Int(facts.pointee.paths?.takeUnretainedValue().offsets[chain] ?? 0)
  }

  /// The chain that `chain` branches off from; nil: none.
  func parent(ofChain chain: Int) -> Int? {
    let parent = facts.pointee.paths?.takeUnretainedValue().parents[chain] ?? -1
    return parent < 0 ? nil : Int(parent)
  }

  /// Fills `replicas` with those whose KV memory may hold something of `chain`, in no order; nobody
  /// else holds any.
  func list(holdersOf chain: Int, into replicas: inout [Int32]) {
    facts.pointee.holders?.pointee.list(Int32(chain), into: &replicas)
  }

  /// Tokens of the full KV blocks among the first `tokens` tokens of a text; nil: blocks differ.
  func fullBlocks(of tokens: Int) -> Int? {
    facts.pointee.blockSize.map { tokens / $0 * $0 }
  }

  /// What a replica that is up takes for the request if it serves nobody else, until the client has the
  /// first `outputTokens` tokens.
  package func timeAlone(on replica: Int, outputTokens: Int) -> SimDuration {
    replicas[replica].timeAlone(
      promptTokens: promptTokens, cached: cachedTokens(on: replica), outputTokens: outputTokens)
  }

  /// How much of the traffic a replica gets, beside others.
  package func weight(of replica: Int) -> Int { replicas[replica].plan.weight }
}

/// What a router counts itself.
extension FleetView {
  /// Requests sent to a member that have not ended.
  package func inFlight(on replica: Int) -> Int {
    waiting(at: replica) + replicas[replica].batch.running.count
  }

  /// KV blocks that a replica's requests have in use.
  package func usedBlocks(on replica: Int) -> Int {
    replicas[replica].usedBlocks(at: now.picoseconds)
  }

  /// Whether a request is at that replica and has no token of its answer.
  package func awaitsFirstToken(_ request: Int, from replica: Int) -> Bool {
    replicas[replica].log.pointee.awaitsFirstToken(request, from: replica)
  }

  /// The text of the request's prompt.
  func text(of request: RequestView) -> PromptText {
    PromptText(
      chain: chain ?? -1 - request.number, tokens: request.promptTokens,
      facts.pointee.paths?.takeUnretainedValue())
  }

  /// Requests sent to all members that have not ended.
  package var underWay: Int { facts.pointee.underWay }
}
