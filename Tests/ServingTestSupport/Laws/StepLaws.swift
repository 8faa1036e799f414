import ServingModel
package import ServingSim
import SimKernel

extension StepTrace {
  /// How the steps break what every engine keeps, in words; nil: they do not.
  package func breach(of plan: Plan) -> String? {
    var audit = StepAudit(plan)
    for (number, step) in steps.enumerated() {
      if let breach = audit.add(step) { return "step \(number): \(breach) (\(step))" }
    }
    for (number, outcome) in outcomes.enumerated() {
      let request = audit.requests[number]
      guard request.firstToken == outcome.firstToken, request.lastToken == outcome.finish,
        request.firstStep == outcome.firstScheduled, !request.isHeld
      else { return "request \(number): \(request), but \(outcome)" }
    }
    return usedBlocksAtEnd == 0 ? nil : "\(usedBlocksAtEnd) blocks are not given back"
  }
}

/// A request as its steps show it.
private struct AuditedRequest {
  /// Prompt and tokens generated; tokens it has when it ends.
  var known: Int
  let final: Int
  var computed = 0
  var isHeld = false
  var firstStep = SimTime.never
  var firstToken = SimTime.never
  var lastToken = SimTime.never
}

/// Follows a trace and keeps its own books.
private struct StepAudit {
  let plan: Plan
  var replica: ReplicaPlan { plan.replicas[0] }
  var requests: [AuditedRequest]
  private var time = SimTime.start

  init(_ plan: Plan) {
    self.plan = plan
    let outputs = plan.workload.traits.limited(plan.workload.outputTokens)
    requests = zip(plan.workload.promptTokens, outputs).map {
      AuditedRequest(known: Int($0), final: Int($0) + Int($1))
    }
  }

  mutating func add(_ step: TracedStep) -> String? {
    guard step.start >= time, step.end > step.start else { return "time goes back" }
    time = step.end
    guard Set(step.batch.map(\.request)).count == step.batch.count, !step.batch.isEmpty,
      step.batch.count <= replica.maxNumSeqs,
      step.batch.reduce(0, { $0 + $1.tokens }) <= replica.maxNumBatchedTokens
    else { return "the batch is not one" }
    for number in step.preempted {
      guard requests[number].isHeld else { return "request \(number) was not running" }
      requests[number].isHeld = false
    }
    for part in step.batch {
      if let breach = schedule(part, in: step) { return breach }
    }
    if let breach = count(step.usedBlocks) { return breach }
    for part in step.batch { complete(part.request, at: step.end) }
    return nil
  }

  private mutating func schedule(_ part: ScheduledSequence, in step: TracedStep) -> String? {
    let number = part.request
    if requests[number].isHeld {
      guard part.computed == requests[number].computed else { return "\(number) loses its place" }
    } else {
      guard part.computed % replica.blockSize == 0, step.start >= plan.workload.arrivals[number],
        replica.enablePrefixCaching || part.computed == 0
      else { return "\(number) cannot be admitted so" }
    }
    requests[number].firstStep = min(requests[number].firstStep, step.start)
    requests[number].isHeld = true
    requests[number].computed = part.computed + part.tokens
    let isInOrder = part.tokens > 0 && requests[number].computed <= requests[number].known
    return isInOrder ? nil : "\(number) computes tokens that are not known"
  }

  /// Without shared text, blocks in use are exactly what the running requests' tokens occupy. A
  /// named block stays as long as somebody runs who has a copy of it, so with shared text each
  /// block can count twice.
  private func count(_ used: Int) -> String? {
    let size = replica.blockSize
    let held = requests.filter(\.isHeld).map { ($0.computed + size - 1) / size }
    let sum = held.reduce(0, +)
    let isShared = replica.enablePrefixCaching && plan.workload.content != nil
    let bounds = isShared ? (held.max() ?? 0)...(2 * sum) : sum...sum
    guard used <= replica.usableBlocks, bounds.contains(used) else {
      return "\(used) blocks are in use, not \(bounds)"
    }
    return nil
  }

  private mutating func complete(_ number: Int, at end: SimTime) {
    guard requests[number].computed == requests[number].known else { return }
    requests[number].known += 1
    requests[number].firstToken = min(requests[number].firstToken, end)
    guard requests[number].known == requests[number].final else { return }
    requests[number].lastToken = end
    requests[number].isHeld = false
  }
}
