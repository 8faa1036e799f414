import ServingModel

/// Writing down what steps do, exactly: the sums of a span are those of its steps one by one.
extension Replica {
  /// Writes down what the span, which ends at `now`, has done.
  @inline(__always)
  mutating func record(until now: Int64) {
    let used = kv.used
    if used > recorder.peakUsedBlocks { recorder.peakUsedBlocks = used }
    let window =
      recorder.holds(from: span.start, to: now) ? recorder.open : recordEarlier(than: now)
    let duration = now &- span.start
    if batch.hasChunks {
      if settings.speculates {
        recordDrafting(duration, in: window)
      } else {
        window.pointee.prefillSteps.addUndrafted(chunkSums(lasting: duration))
      }
    } else {
      window.pointee.decodeSteps.addDecode(decodeSums(through: span.steps, lasting: duration))
    }
    window.pointee.addOccupancy(
      running: batch.running.count, busy: duration,
      blockTime: spanBlocks.blockTime(in: span, until: duration))
  }

  /// The same of a step with a drafter, which may compute prompts or not.
  @inline(never)
  private func recordDrafting(_ duration: Int64, in window: UnsafeMutablePointer<WindowSums>) {
    let sums = chunkSums(lasting: duration)
    if batch.isPrefilling {
      window.pointee.prefillSteps.add(sums)
    } else {
      window.pointee.decodeSteps.add(sums)
    }
  }

  /// Writes down, for a span that lies in several windows, what was done by the end of each but the
  /// last: it is taken from the window after, so that in the end the whole span is added to the
  /// last. Returns that one.
  @inline(never)
  private mutating func recordEarlier(than now: Int64) -> UnsafeMutablePointer<WindowSums> {
    recorder.reach(now)
    var window = recorder.index(at: span.start)
    var end = recorder.end(ofWindow: window)
    while end < now {
      recorder.move(sums(until: end), running: batch.running.count, toWindow: window)
      window += 1
      end += recorder.windowLength
    }
    return recorder.window(window)
  }

  /// What the span has done by `time`. Of each total of the step that is under way it is the share of
  /// the step's time that has passed, rounded down, and so all of it in the end, however often it is
  /// asked. Recorded steps can take longer than their price; they have done all by then.
  private func sums(until time: Int64) -> SpanSums {
    let count = span.firstBoundary(notBefore: time)
    let begin = span.duration(of: count &- 1)
    let end = span.duration(of: count)
    let elapsed = min(time &- span.start, end)
    let share = TimeShare(elapsed &- begin, of: end &- begin)
    var sums = SpanSums(isPrefill: batch.isPrefilling)
    if batch.hasChunks {
      sums.work = chunkSums(lasting: share.whole).share(share)
    } else {
      sums.work = decodeSums(through: count &- 1, lasting: begin)
      add(share, ofDecodeStep: count, to: &sums.work)
    }
    sums.blockTime = spanBlocks.blockTime(
      in: span, until: elapsed, within: count, for: decoders.demand)
    return sums
  }

  /// Adds what a share of the span's step `count`, which does not prefill, does.
  @inline(__always)
  private func add(_ share: TimeShare, ofDecodeStep count: Int, to sums: inout StepSums) {
    let before = Int64(count &- 1)
    sums.steps &+= share.part == share.whole ? 1 : 0
    sums.busy &+= share.part
    sums.decodeTokens &+= share.of(Int64(decoders.count))
    sums.decodeContext &+= share.of(decoders.context &+ Int64(decoders.count) &* before)
    if settings.window > 0 {
      sums.decodeWindowedContext &+= share.of(
        decoders.windowedContext &+ Int64(decoders.growing) &* before)
    }
    sums.weightBytes &+= share.of(settings.weightBytes(decoders.count))
  }

  /// What the span's first `count` steps do, none of which computes chunks.
  @inline(__always)
  private func decodeSums(through count: Int, lasting duration: Int64) -> StepSums {
    let k = Int64(count)
    let grown = (k &* (k &- 1)) &>> 1
    var sums = StepSums()
    sums.steps = k
    sums.busy = duration
    sums.decodeTokens = Int64(decoders.count) &* k
    sums.decodeContext = decoders.context &* k &+ Int64(decoders.count) &* grown
    if settings.window > 0 {
      sums.decodeWindowedContext = decoders.windowedContext &* k &+ Int64(decoders.growing) &* grown
    }
    sums.weightBytes = settings.weightBytes(decoders.count) &* k
    return sums
  }

  /// What a step does that computes chunks, and is a span of its own.
  @inline(__always)
  private func chunkSums(lasting duration: Int64) -> StepSums {
    var sums = StepSums(batch.work, lasting: duration)
    sums.finishedPrompts = Int64(batch.finishedPrompts)
    sums.weightBytes = settings.weightBytes(batch.work.tokens)
    if settings.speculates { sums.setDrafts(batch.work) }
    return sums
  }
}
