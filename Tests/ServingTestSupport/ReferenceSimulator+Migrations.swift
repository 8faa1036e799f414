import ServingSim
import SimKernel

/// Requests that go on at another replica, spelled out.
extension ReferenceSimulator {
  func migrate(_ drop: ReferenceDrop, from i: Int, at seen: Instant) {
    replicas[i].migrations += 1
    migrations[drop.number, default: 0] += 1
    carried[drop.number] = ReferenceCarried(
      computed: drop.computed, tokens: drop.tokens, lastToken: drop.lastToken)
    arrivals.append((seen, drop.number))
    wayBack[drop.number] = nil
  }

  /// Its client goes away, or begins anew, before another replica has it.
  func endMigration(_ number: Int, at now: Instant) {
    guard let has = carried.removeValue(forKey: number) else {
      return end(number, .aborted, at: now)
    }
    arrivals.removeAll { $0.number == number }
    endDropped(number, .aborted, has.computed, has.tokens, at: now)
  }

  /// The replica that has it; -1: none has.
  func place(ofRequest number: Int) -> Int {
    carried[number] == nil ? Int(outcomes[number].replica) : -1
  }

  func fits(_ tokens: Int, on i: Int) -> Bool {
    tokens < replicas[i].plan.maxModelLength && tokens <= replicas[i].plan.longestPrompt
  }

  /// The client of a request that is to be dropped goes away: it goes on nowhere.
  func abort(_ number: Int, on i: Int, at now: Instant) {
    for place in replicas[i].aborting.indices where replicas[i].aborting[place].number == number {
      if replicas[i].aborting[place].fate == .moved { replicas[i].aborting[place].fate = .left }
    }
    replicas[i].aborting.append((number, fate: .left))
    if replicas[i].stepEnd == nil { dropAborted(i, at: now) }
  }
}
