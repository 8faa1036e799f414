/// Finds the handoffs of attempts at requests.
package struct HandoffFinder: Sendable {
  private var handoffs: [Key: Handoff] = [:]

  private struct Key: Hashable {
    var number: Int32
    var attempt: Int32
  }

  package init(_ handoffs: [Handoff]) {
    for handoff in handoffs {
      self.handoffs[Key(number: handoff.number, attempt: handoff.attempt)] = handoff
    }
  }

  /// The last one of an attempt, from 1, at request `number`; nil: its prompt was not handed over.
  package func last(of number: Int, attempt: Int) -> Handoff? {
    handoffs.isEmpty
      ? nil : handoffs[Key(number: Int32(truncatingIfNeeded: number), attempt: Int32(attempt))]
  }
}
