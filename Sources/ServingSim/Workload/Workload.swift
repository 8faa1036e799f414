package import ServingModel
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
  /// Tokens that the model generates when nobody cuts its answer; at least 1. Only the engine knows
  /// it, never a policy, and cuts it to the client's limit (`RequestNumber.maxTokens`).
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
  /// What requests say of themselves: policies see it, and reports break down by it.
  package var traits: RequestTraits
  /// What it is and where it comes from, for reports and plans.
  package var description: String

  package init(
    arrivals: [SimTime], promptTokens: [Int32], outputTokens: [Int32],
    content: ContentTable? = nil, dependencies: Dependencies? = nil,
    closedLoop: ClosedLoop? = nil, priorities: [Int32]? = nil, sessions: [Int32]? = nil,
    deadlines: [SimDuration]? = nil, patience: [SimDuration]? = nil,
    traits: RequestTraits = RequestTraits(),
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
    self.traits = traits
    self.description = description
  }

  package var count: Int { arrivals.count }

  /// Each client says that its answer may be as long as it gets, as load generators do. Only some
  /// schedulers ask for it.
  package mutating func limitAnswersToTheirLengths() {
    traits[.maxTokens] = outputTokens.map { Int64($0) }
  }
}
