/// A finding about a run that a reader would not guess: something the scenario asks for had no effect
/// on it. A router that goes by prefixes decides nothing where no prompts share any, and its name in
/// a report would say otherwise.
package struct Remark: Hashable, Sendable {
  /// The scenario's field, `fleet.engine.scheduling_policy`.
  package var field: String
  /// As the scenario states it, or its default.
  package var value: String
  /// Why it did nothing, and what happened instead: a clause without a full stop.
  package var reason: String

  package init(field: String, value: String, reason: String) {
    self.field = field
    self.value = value
    self.reason = reason
  }

  /// One sentence.
  package var text: String { "\(field): \(value) had no effect on this run: \(reason)." }
}
