package import SimKernel

/// Everything that clients ask of the fleet, as columns: request `i` is the i-th entry of each.
///
/// It is fixed before the run and holds no policy, so another router or scheduler meets the very
/// same requests.
package struct Workload: Sendable {
  /// When each request arrives, ascending; `.never` for one that waits (see `dependencies`
  /// and `closedLoop`). Requests that arrive together keep their order.
  package var arrivals: [SimTime]
  /// Tokens of the whole prompt, cached part included; at least 1.
  package var promptTokens: [Int32]
  /// Tokens that the model generates; at least 1. Only the engine knows it, never a policy.
  package var outputTokens: [Int32]
  /// Which prompts share which beginnings; nil when none do.
  package var content: ContentTable?
  /// Which requests wait for others; nil when all have an arrival.
  package var dependencies: Dependencies?
  /// Requests without arrival and dependency are sent in order, one whenever fewer than this
  /// are under way; nil when there are none.
  package var closedLoop: ClosedLoop?
  /// vLLM's order: a lower value is served first. nil: all alike.
  package var priorities: [Int32]?
  /// Conversation each request belongs to, for session affinity; -1: none. nil: none has one.
  package var sessions: [Int32]?
  /// From each request's arrival to when its last token is due; `.longest`: it can take for ever.
  /// nil: all can.
  package var deadlines: [SimDuration]?
  /// From each request's arrival to when its client gives up and it is dropped; `.longest`: it never
  /// does. nil: none does.
  package var patience: [SimDuration]?
  /// Who pays for each request, and its class of service, for bills; nil: the workload does not say.
  package var tenants: RequestLabels?
  package var classes: RequestLabels?
  /// What it is and where it comes from, for reports and plans.
  package var description: String

  package init(
    arrivals: [SimTime], promptTokens: [Int32], outputTokens: [Int32],
    content: ContentTable? = nil, dependencies: Dependencies? = nil,
    closedLoop: ClosedLoop? = nil, priorities: [Int32]? = nil, sessions: [Int32]? = nil,
    deadlines: [SimDuration]? = nil, patience: [SimDuration]? = nil, tenants: RequestLabels? = nil,
    classes: RequestLabels? = nil,
    description: String
  ) {
    precondition(
      arrivals.count == promptTokens.count && arrivals.count == outputTokens.count,
      "a workload's columns differ in length")
    self.arrivals = arrivals
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.content = content
    self.dependencies = dependencies
    self.closedLoop = closedLoop
    self.priorities = priorities
    self.sessions = sessions
    self.deadlines = deadlines
    self.patience = patience
    self.tenants = tenants
    self.classes = classes
    self.description = description
  }

  package var count: Int { arrivals.count }
}

/// Prompt content by reference: which tokens are the same tokens, without any token.
///
/// A chain is a growing text. A chain with a parent begins with the parent's first `offset` tokens
/// and goes its own way after them. A request on a chain has the chain's first `promptTokens` tokens
/// as its prompt, so two requests share exactly what their chains share.
package struct ContentTable: Sendable {
  /// The chain of each request's prompt; -1: text that no other request has.
  package var chainOfRequest: [Int32]
  /// True: a request's answer goes on in its chain, so a later, longer prompt on it contains the
  /// answer (conversations). False: answers belong to nobody else (block-hash traces).
  package var answersExtendChain: Bool
  /// The parent of each chain; -1: none. A parent has a lower number than its children.
  package var parents: [Int32]
  /// Leading tokens each chain shares with its parent; 0 without one. Not less than the
  /// parent's own offset.
  package var offsets: [Int32]

  package init(
    chainOfRequest: [Int32], answersExtendChain: Bool, parents: [Int32], offsets: [Int32]
  ) {
    precondition(parents.count == offsets.count, "chains' columns differ in length")
    self.chainOfRequest = chainOfRequest
    self.answersExtendChain = answersExtendChain
    self.parents = parents
    self.offsets = offsets
  }
}

/// Requests that are sent when others have ended.
package struct Dependencies: Sendable {
  /// How many requests each one waits for; 0: it has an arrival or belongs to the closed loop.
  package var waitsFor: [Int32]
  /// The requests that wait for request i: `dependents[firstDependent[i]..<firstDependent[i+1]]`,
  /// ascending.
  package var firstDependent: [Int32]
  package var dependents: [Int32]
  /// From the end of the last request waited for to this one's arrival.
  package var thinkTimes: [SimDuration]

  package init(
    waitsFor: [Int32], firstDependent: [Int32], dependents: [Int32], thinkTimes: [SimDuration]
  ) {
    precondition(
      firstDependent.count == waitsFor.count + 1 && thinkTimes.count == waitsFor.count,
      "dependencies' columns differ in length")
    self.waitsFor = waitsFor
    self.firstDependent = firstDependent
    self.dependents = dependents
    self.thinkTimes = thinkTimes
  }
}

/// Clients that send their next request when one has ended.
package struct ClosedLoop: Hashable, Sendable {
  package var concurrency: Int
  /// From an end to the next request.
  package var thinkTime: SimDuration

  package init(concurrency: Int, thinkTime: SimDuration = .zero) {
    precondition(concurrency > 0, "a closed loop without clients")
    self.concurrency = concurrency
    self.thinkTime = thinkTime
  }
}
