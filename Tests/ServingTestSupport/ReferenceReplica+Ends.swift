import ServingSim
import SimKernel

/// What a step has done, and who leaves.
extension ReferenceReplica {
  /// Applies the step; returns the tokens it yielded, in the order its requests run in.
  mutating func complete(at now: Instant) -> [ReferenceToken] {
    step.end = now
    recorder.steps.append(step)
    stepEnd = nil
    var tokens: [ReferenceToken] = []
    let served = running.count { $0.scheduled > 0 }
    for i in running.indices {
      if plan.speculation != nil, running[i].isDecoding {
        if let token = verify(i, at: now) { tokens.append(token) }
        propose(i, inStepOf: served)
        continue
      }
      running[i].computed += running[i].scheduled
      if !running[i].isDecoding { offload(running[i]) }
      if isPromptsFirst, running[i].scheduled > 0, !running[i].isDecoding { namePrompt(i) }
      guard running[i].scheduled > 0, running[i].computed == running[i].known else { continue }
      if running[i].stage == .prompt {
        handedOver.append(running[i].number)
        continue
      }
      running[i].known += 1
      let isLast = running[i].known - running[i].promptTokens == running[i].outputTokens
      tokens.append(
        ReferenceToken(number: running[i].number, previous: running[i].lastToken, isLast: isLast))
      running[i].lastToken = now
      countToken(of: running[i])
      running[i].isDecoding = true
      propose(i, inStepOf: served)
    }
    let ended = Set(tokens.filter(\.isLast).map(\.number))
    for i in running.indices where ended.contains(running[i].number) {
      var request = running[i]
      release(&request, ended: true)
    }
    running.removeAll { ended.contains($0.number) }
    parkHandedOver()
    if !ended.isEmpty { hasLost = true }
    return tokens
  }

  /// Drops the requests whose clients have gone or that are lost. One that has just ended is no longer
  /// there.
  mutating func dropAborted(at now: Instant) -> [ReferenceDrop] {
    defer { aborting = [] }
    // It has idled since somebody last was here, be it for an instant.
    if !wasBusy, wakeEnd == nil, !aborting.isEmpty { idleSince = now }
    return aborting.compactMap { number, fate in
      hasLost = true
      if fate == .sent {
        releaseKept(number)
        return nil
      }
      if let i = running.firstIndex(where: { $0.number == number }) {
        var request = running.remove(at: i)
        let computed = min(request.computed, request.promptTokens)
        release(&request, ended: true)
        return ReferenceDrop(request, fate, computed: computed)
      }
      return (dropWaiting(number) ?? dropParked(number)).map { request in
        for block in 0..<blocks(request.known) { cache.forgetOwn(request.keys[block]) }
        return dropOutsideBatch(request, fate)
      }
    }
  }

  mutating func dropWaiting(_ number: Int) -> ReferenceRequest? {
    guard let dropped = takeWaiting(number) else { return nil }
    lastToLeave = dropped.tenant
    return dropped
  }

  private mutating func takeWaiting(_ number: Int) -> ReferenceRequest? {
    if let i = waiting.firstIndex(where: { $0.number == number }) { return waiting.remove(at: i) }
    if let i = inbox.firstIndex(where: { $0.number == number }) { return inbox.remove(at: i) }
    return nil
  }
}
