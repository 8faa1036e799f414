import ServingModel
import ServingSim
import SimKernel

/// Speculative decoding, spelled out.
extension ReferenceReplica {
  /// The step has verified what was proposed for a request; nil: it left that one out. One token a step
  /// is told, however many it yields.
  mutating func verify(_ i: Int, at now: Instant) -> ReferenceToken? {
    guard running[i].scheduled > 0, let speculation = plan.speculation else { return nil }
    let drafts = running[i].scheduled - 1
    let generated = running[i].known - running[i].promptTokens
    let accepted = speculation.acceptance.accepted(
      drafts, of: running[i].number, after: generated)
    let yielded = min(accepted + 1, running[i].outputTokens - generated)
    func count(_ path: WritableKeyPath<WindowTotals, Int>, _ amount: Int) {
      recorder.events.append(ReferenceEvent(time: now, count: path, amount: amount))
    }
    count(\.verifiedDrafts, drafts > 0 ? 1 : 0)
    count(\.acceptedTokens, accepted)
    count(\.surplusTokens, yielded - 1)
    running[i].computed += yielded
    running[i].known += yielded
    defer { running[i].lastToken = now }
    return ReferenceToken(
      number: running[i].number, previous: running[i].lastToken,
      isLast: generated + yielded == running[i].outputTokens)
  }

  /// The drafter proposes how a request goes on after a step of `served` requests, which served it.
  mutating func propose(_ i: Int, inStepOf served: Int) {
    guard running[i].scheduled > 0, let speculation = plan.speculation else { return }
    let proposed = speculation.schedule.drafts(batch: served)
    running[i].drafts = max(0, min(proposed, plan.maxModelLength - 1 - running[i].known))
  }
}
