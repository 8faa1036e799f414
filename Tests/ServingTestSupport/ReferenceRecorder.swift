import ServingModel
import ServingSim
import SimKernel

/// What a step of the reference did, in totals over its batch.
struct ReferenceStep {
  var start: Instant
  var end: Instant = 0
  var work = StepWork()
  /// Prompts that are finished with the step.
  var finishedPrompts = 0
  /// Requests that run, served or not, and KV blocks in use.
  var running = 0
  var usedBlocks = 0
  var weightBytes = 0
}

/// Something that happens at an instant, by the name of the count that it belongs to.
struct ReferenceEvent {
  var time: Instant
  var count: WritableKeyPath<WindowTotals, Int>
  var amount = 1
}

/// `amount` of something lasted from `start` to `end`.
struct ReferenceStretch {
  var start: Instant
  var end: Instant
  var integral: WritableKeyPath<WindowTotals, Double>
  var amount: Int
}

/// Everything that happened at a replica of the reference, kept one by one.
struct ReferenceRecorder {
  var steps: [ReferenceStep] = []
  var events: [ReferenceEvent] = []
  var stretches: [ReferenceStretch] = []

  /// The window number `index` of those of `length`. Of a step that began before the window or ends
  /// after it, the window has what was done by its end and not by its start: of each total the
  /// share of the step's time that has passed, rounded down. What happens at the run's `end` is in
  /// the window that ends there.
  func window(_ index: Int, length: Instant, end: Instant) -> WindowTotals {
    let (from, to) = (Instant(index) * length, Instant(index + 1) * length)
    var window = WindowTotals()
    var integrals: [WritableKeyPath<WindowTotals, Double>: Instant] = [:]
    for step in steps where step.start < to && step.end > from {
      func part(_ amount: Int) -> Double {
        Double(step.done(amount, by: to) - step.done(amount, by: from))
      }
      let kind: WritableKeyPath<WindowTotals, StepTotals> =
        step.work.prefillTokens > 0 ? \.prefillSteps : \.decodeSteps
      window[keyPath: kind].add(StepTotals(step, part))
      let time = step.passed(by: to) - step.passed(by: from)
      integrals[\.runningTime, default: 0] += time * Instant(step.running)
      integrals[\.usedBlockTime, default: 0] += time * Instant(step.usedBlocks)
    }
    for event in events
    where event.time >= from && (event.time < to || event.time == end && end == to) {
      window[keyPath: event.count] += event.amount
    }
    for stretch in stretches {
      let time = max(0, min(stretch.end, to) - max(stretch.start, from))
      integrals[stretch.integral, default: 0] += time * Instant(stretch.amount)
    }
    // Rounded once: of weeks, the sums need more digits than a Double has.
    for (integral, sum) in integrals { window[keyPath: integral] = Double(sum) }
    return window
  }
}

extension ReferenceStep {
  /// Picoseconds of the step that have passed by `time`.
  fileprivate func passed(by time: Instant) -> Instant { min(max(time, start), end) - start }

  /// The share of `amount` that is done by `time`.
  fileprivate func done(_ amount: Int, by time: Instant) -> Int {
    Int(Int128(amount) * Int128(passed(by: time)) / Int128(end - start))
  }
}

extension StepTotals {
  /// Of a step, each of its totals as `part` of it.
  fileprivate init(_ step: ReferenceStep, _ part: (Int) -> Double) {
    let work = step.work
    self.init()
    steps = part(1)
    busy = part(Int(step.end - step.start))
    prefillTokens = part(work.prefillTokens)
    decodeTokens = part(work.decodeSequences)
    draftTokens = part(work.draftTokens)
    sampledTokens =
      part(work.decodeSequences) + part(work.draftTokens) + part(step.finishedPrompts)
    context = part(work.decodeContext) + part(work.prefillContext)
    // A decoding token sees its context and itself.
    pairs =
      part(work.decodeContext) + part(work.decodeSequences) + part(work.prefillPairs)
      + part(work.draftPairs)
    windowedContext = part(work.decodeWindowedContext)
    windowedPairs =
      part(work.decodeWindowedContext) + part(work.prefillWindowedPairs)
      + part(work.draftWindowedPairs)
    weightBytes = part(step.weightBytes)
  }
}
