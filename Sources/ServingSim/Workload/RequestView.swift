package import SimKernel

/// What a policy may know of a request: not how long its answer will be.
package struct RequestView: Sendable {
  package var number: Int
  /// When it reaches the fleet; when it is released, if it was held.
  package var arrival: SimTime
  package var promptTokens: Int
  /// The conversation it belongs to; nil: none.
  package var session: Int?
  /// vLLM's sense: lower is served first.
  package var priority: Int
  /// When its last token is due; `.never`: it can take for ever.
  package var due: SimTime
  /// What it says of itself: its model, adapter, tenant, class and region, the client's limit of its
  /// answer, and its objectives.
  package var traits: TraitView

  package init(
    number: Int, arrival: SimTime, promptTokens: Int, session: Int? = nil, priority: Int = 0,
    due: SimTime = .never, traits: TraitView = TraitView()
  ) {
    self.number = number
    self.arrival = arrival
    self.promptTokens = promptTokens
    self.session = session
    self.priority = priority
    self.due = due
    self.traits = traits
  }
}
