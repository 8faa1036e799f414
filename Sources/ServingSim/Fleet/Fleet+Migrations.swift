import SimKernel

/// Requests that go on at another replica.
extension Fleet {
  /// Replica `i` loses all that it has. What may go on elsewhere does.
  mutating func loseAll(_ i: Int) {
    replicas[i].loseAll(migrations)
    if handovers.areMade { loseHandovers(of: i) }
    dropAborted(i)
  }

  /// Whether request `number`, which replica `i` has just dropped, goes on elsewhere. Its front door sees
  /// at `seen` that it has to.
  mutating func migrates(_ number: Int32, from i: Int, at seen: Instant) -> Bool {
    let moved = replicas[i].departures.moved.elements.first { $0.number == number }
    guard let moved else { return false }
    let lastToken =
      moved.lastToken == LiveRequest.noToken ? .min : epoch.instant(moved.lastToken)
    migrations.begin(
      number,
      with: Migrations.Carried(
        promptTokens: moved.promptTokens, outputTokens: moved.outputTokens, lastToken: lastToken))
    agenda.add(.arrival, Int(number), at: seen)
    return true
  }

  /// The replica that has request `number`; nil: none has.
  func replica(of number: Int) -> Int? {
    migrations.isUnderWay(number) ? nil : log.pointee.replica(of: number)
  }

  /// Request `number` ends before another replica has got it. Whatever it has was made in vain.
  mutating func endMigration(_ number: Int, _ status: OutcomeStatus) {
    let carried = migrations.end(number)
    log.pointee.dropped(
      number, at: now, status, promptTokens: carried?.promptTokens ?? 0,
      outputTokens: carried?.outputTokens ?? 0)
  }
}
