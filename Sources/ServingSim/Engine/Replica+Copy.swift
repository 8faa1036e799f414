extension Replica {
  /// The same replica in the same state, over copies of the chains and of the log.
  func copy(_ paths: ContentPaths?, log: UnsafeMutablePointer<RunLog>) -> Replica {
    var copy = Replica(
      plan: plan, windowLimit: recorder.windowLimit, paths: nil, log: log, stepByStep: stepByStep)
    copy.live = live.copy()
    copy.waiting = waiting
    copy.inbox = inbox.copy()
    copy.running = running
    copy.partial = partial
    copy.admissions = admissions
    copy.kv = kv.copy(paths)
    copy.recorder = recorder.copy()
    copy.step = step
    copy.blockPhase = blockPhase
    copy.decoding = decoding
    copy.context = context
    copy.windowedContext = windowedContext
    copy.growing = growing
    copy.blockDemand = blockDemand.copy()
    copy.milestones = milestones.copy()
    copy.prefilling = prefilling.copy()
    copy.work = work
    copy.span = span
    copy.lastStepStart = lastStepStart
    copy.isBusy = isBusy
    copy.idleSince = idleSince
    copy.allocatedSteps = allocatedSteps
    copy.grown = grown
    copy.usedBlocksAtStart = usedBlocksAtStart
    copy.closedToNewcomers = closedToNewcomers
    copy.stepsToPolicy = stepsToPolicy
    copy.stalled = stalled.copy()
    copy.late = late.copy()
    copy.ended = ended.copy()
    copy.aborting = aborting.copy()
    copy.needsCare = needsCare
    return copy
  }
}
