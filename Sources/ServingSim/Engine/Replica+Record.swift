/// Writing down what steps do, exactly: the sums of a span are those of its steps one by one.
extension Replica {
  /// Writes down what the span, which ends at `now`, has done.
  @inline(__always)
  mutating func record(until now: Int64) {
    let used = kv.used
    if used > recorder.peakUsedBlocks { recorder.peakUsedBlocks = used }
    guard recorder.isWithinWindow(from: span.start, to: now) else {
      return spreadRecord(until: now)
    }
    recorder.add(sums(through: span.steps, lasting: now &- span.start), running: running.count)
  }

  /// The same for a span that lies in several windows. Each gets what was done by its end.
  @inline(never)
  private mutating func spreadRecord(until now: Int64) {
    var from = span.start
    var done = SpanSums()
    while from < now {
      let to = min(now, recorder.windowEnd(at: from))
      let next = sums(until: to)
      var part = next
      part.subtract(done)
      recorder.add(part, running: running.count, prefilling: !prefilling.isEmpty, at: from)
      done = next
      from = to
    }
  }

  /// What the span has done by `time`, which is after its start.
  private func sums(until time: Int64) -> SpanSums {
    let count = span.firstBoundary(notBefore: time)
    let end = span.start + span.duration(of: count)
    guard end > time else { return sums(through: count) }
    let elapsed = time - span.start - span.duration(of: count - 1)
    return sums(through: count - 1).advanced(by: elapsed, towards: sums(through: count))
  }

  /// What the first `count` steps of the span do.
  @inline(never)
  private func sums(through count: Int) -> SpanSums {
    count > 0 ? sums(through: count, lasting: span.duration(of: count)) : SpanSums()
  }

  @inline(__always)
  private func sums(through count: Int, lasting duration: Int64) -> SpanSums {
    var sums = SpanSums()
    sums.work = work(of: count)
    sums.work.busy = duration
    sums.blockTime = Int128(usedBlocksAtStart) &* Int128(duration)
    if count > 1, kv.used != usedBlocksAtStart {
      sums.blockTime &+= blockTimeTaken(within: count, duration: duration)
    }
    return sums
  }

  @inline(__always)
  private func work(of count: Int) -> StepSums {
    let k = Int64(count)
    let grown = (k &* (k &- 1)) &>> 1
    var sums = StepSums()
    sums.steps = k
    sums.decodeTokens = Int64(decoding) &* k
    sums.decodeContext = context &* k &+ Int64(decoding) &* grown
    if window > 0 {
      sums.decodeWindowedContext = windowedContext &* k &+ Int64(growing) &* grown
    }
    if !weightBytes.isEmpty {
      let tokens = work.prefillTokens &+ decoding
      sums.weightBytes = weightBytes[min(tokens, weightBytes.count &- 1)] &* k
    }
    guard !prefilling.isEmpty else { return sums }
    let isCut = prefilling[prefilling.count &- 1].id == partial
    sums.finishedPrompts = Int64(prefilling.count) &- (isCut ? 1 : 0)
    sums.prefillTokens = Int64(work.prefillTokens)
    sums.prefillContext = Int64(work.prefillContext)
    sums.prefillPairs = Int64(work.prefillPairs)
    sums.prefillWindowedPairs = Int64(work.prefillWindowedPairs)
    return sums
  }

  /// The time integral, over the first `count` steps, which last `duration`, of the KV blocks taken
  /// after the first of them: those of step i + 1 are in use from the end of step i on.
  @inline(__always)
  private func blockTimeTaken(within count: Int, duration: Int64) -> Int128 {
    // In so few steps no request takes more than one block.
    let most = Int64(decoding).multipliedReportingOverflow(by: duration)
    guard count <= blockSize.tokens, !most.overflow else {
      return blockTimeTaken(inRoundsWithin: count, duration: duration)
    }
    var time: Int64 = 0
    var phase = Int(blockPhase)
    var left = duration
    var step = span.first
    for _ in 1..<count {
      phase = nextPhase(phase)
      left &-= step
      step &+= span.growth
      time &+= Int64(blockDemand[phase]) &* left
    }
    return Int128(time)
  }

  /// The same phase by phase, each of which comes round every `blockSize` steps.
  @inline(never)
  private func blockTimeTaken(inRoundsWithin count: Int, duration: Int64) -> Int128 {
    let period = blockSize.tokens
    var taken = StepTimes()
    var phase = Int(blockPhase)
    for first in 1...period {
      phase = nextPhase(phase)
      let demand = Int64(blockDemand[phase])
      guard demand > 0, first < count else { continue }
      let rounds = blockSize.full(count &- 1 &- first) &+ 1
      taken.add(first, every: period, times: rounds, of: demand)
    }
    return Int128(taken.times) * Int128(duration) - taken.duration(in: span)
  }
}
