/// A queue in which nobody else may wait (`_abort_on_queued_limit` in
/// `python/sglang/srt/managers/scheduler.py`, SGLang 0.5).
extension Replica {
  @inline(__always)
  var isQueueFull: Bool { queue.count >= settings.maxQueuedRequests }

  /// The number of the request that is the last in the queue's order and comes after `rank`; nil: whoever
  /// comes is the last. Those who have run before stay, and those who are to be dropped already.
  func lastWaiting(after rank: Int64) -> Int32? {
    guard queue.waiting.order == .rank else { return nil }
    let dropped = departures.aborting.elements.filter { $0.reason != .sent }.map(\.number)
    let last = queue.all(in: live).filter {
      !dropped.contains(live[$0].number) && !log.pointee.hasRun(Int(live[$0].number))
    }.max {
      let (a, b) = (live[$0], live[$1])
      return (a.rank, a.arrival, a.number) < (b.rank, b.arrival, b.number)
    }
    return last.flatMap { live[$0].rank > rank ? live[$0].number : nil }
  }

  /// Refuses request `number`, which waits.
  mutating func refuseWaiting(_ number: Int32, at now: Int64) {
    guard let id = takeWaiting(number, at: now) else { return }
    kv.forgetOwnText(&live[id].content)
    log.pointee.dropped(
      Int(number), at: now, .rejectedByAdmission, promptTokens: 0, outputTokens: 0)
    live.remove(id)
  }
}
