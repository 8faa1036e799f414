import ServingModel
import ServingPolicies
import ServingSim
import SimKernel

struct ReferenceRefusal {
  /// 0: its client is told nothing.
  var retryAfter: Instant
}

/// Who is refused, spelled out.
extension ReferenceSimulator {
  /// Of the first gate that refuses; nil: none does.
  func refusal(_ number: Int, at now: Instant) -> ReferenceRefusal? {
    while letIn.count < plan.admission.count { letIn.append([:]) }
    for place in plan.admission.indices {
      switch plan.admission[place] {
      case let gate as QueueLimitGate where isFull(gate.limit): return said(gate.retryAfter)
      case let gate as TokenBucketGate:
        if let seconds = secondsToEnough(number, gate, place, at: now) {
          guard gate.retryAfter != nil, seconds < .max else { return said(nil) }
          return ReferenceRefusal(
            retryAfter: max(seconds * 1_000_000_000_000, said(gate.retryAfter).retryAfter))
        }
      case let gate as SaturationGate where isShed(number, gate): return said(gate.retryAfter)
      case let gate as DeadlineSheddingGate where isTooLate(number, gate, at: now):
        return said(nil)
      default: continue
      }
    }
    return nil
  }

  private func said(_ retryAfter: SimDuration?) -> ReferenceRefusal {
    ReferenceRefusal(retryAfter: Instant((retryAfter ?? .zero).picoseconds))
  }

  /// Whether the member with the fewest requests, if there is any, has so many waiting.
  private func isFull(_ limit: Int) -> Bool {
    let least = members.map { replicas[$0] }.min { $0.count < $1.count }
    return least.map { $0.count - $0.running.count >= limit } ?? false
  }

  /// Fills and empties the bucket from the start; nil: there is enough now; the greatest: never.
  private func secondsToEnough(
    _ number: Int, _ gate: TokenBucketGate, _ place: Int, at now: Instant
  ) -> Instant? {
    let label = gate.scope.label.flatMap { workload.traits[$0] }
    let owner = Int(label?.ofRequest[number] ?? -1)
    let amount = gate.unit == .requests ? 1 : Double(workload.promptTokens[number])
    var level = gate.burst
    var last: Instant?
    func fill(until time: Instant) {
      let seconds = Double(time - (last ?? time)) / 1e12
      level = min(gate.burst, level + seconds * gate.rate)
      last = time
    }
    for earlier in letIn[place][owner] ?? [] {
      fill(until: earlier.time)
      level -= earlier.amount
    }
    fill(until: now)
    if level < amount {
      guard amount <= gate.burst else { return .max }
      var seconds: Instant = 1
      while level + Double(seconds) * gate.rate < amount { seconds += 1 }
      return seconds
    }
    letIn[place][owner, default: []].append((now, amount))
    return nil
  }

  private func isShed(_ number: Int, _ gate: SaturationGate) -> Bool {
    let members = members.map { replicas[$0] }
    guard !members.isEmpty, -Int(workload.priorities?[number] ?? 0) < gate.priorityBelow else {
      return false
    }
    return members.allSatisfy { replica in
      let used = Double(replica.plan.usableBlocks - replica.cache.free)
      return replica.count - replica.running.count > gate.queueDepthThreshold
        || used / Double(replica.plan.usableBlocks) > gate.kvCacheUtilThreshold
    }
  }

  private func isTooLate(_ number: Int, _ gate: DeadlineSheddingGate, at now: Instant) -> Bool {
    let members = members
    let due = due(number)
    guard due < .max, !members.isEmpty else { return false }
    return members.allSatisfy { now + timeAlone(number, on: $0, gate.outputTokens, at: now) > due }
  }

  private func timeAlone(_ number: Int, on i: Int, _ outputTokens: Int, at now: Instant) -> Instant
  {
    let plan = replicas[i].plan
    let window = plan.stepTime.attentionWindow
    let prompt = Int(workload.promptTokens[number])
    var time = Instant(plan.frontendLatency.picoseconds)
    var computed = found(number, on: i, at: now).blocks * plan.blockSize
    while computed < prompt {
      var work = StepWork()
      work.prefillSequences = 1
      work.prefillContext = computed
      let chunk = min(plan.maxNumBatchedTokens, plan.longPrefillTokenThreshold ?? .max)
      while computed < prompt, work.prefillTokens < chunk {
        computed += 1
        work.prefillTokens += 1
        work.prefillPairs += computed
        if let window { work.prefillWindowedPairs += min(computed, window) }
      }
      time += Instant(plan.stepTime.duration(of: work).picoseconds)
    }
    guard outputTokens > 1 else { return time }
    let ends = [prompt, prompt + outputTokens - 2].map { context in
      var work = StepWork()
      work.decodeSequences = 1
      work.decodeContext = context
      if let window { work.decodeWindowedContext = min(context, window) }
      return Instant(plan.stepTime.duration(of: work).picoseconds)
    }
    return time + (ends[0] + ends[1]) / 2 * Instant(outputTokens - 1)
  }
}
