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

  /// Of the last attempt at request `number`; nil: its prompt was not handed over, or that came to
  /// nothing and was made good where the request went on.
  package func handoff(of number: Int, _ outcome: Outcome) -> Handoff? {
    let last = last(of: Int32(truncatingIfNeeded: number), attempt: Int32(outcome.retries) + 1)
    return last.flatMap { $0.arrived.isNever && !outcome.firstToken.isNever ? nil : $0 }
  }

  /// Of an attempt that was dropped; nil: its prompt was not handed over.
  package func handoff(of attempt: LostAttempt) -> Handoff? {
    last(of: attempt.number, attempt: attempt.attempt)
  }

  private func last(of number: Int32, attempt: Int32) -> Handoff? {
    handoffs.isEmpty ? nil : handoffs[Key(number: number, attempt: attempt)]
  }
}
