import SimKernel

/// Adds up what a replica does in equal windows of time. A run never has more than
/// `windowLimit` windows: when time goes on, neighbours are merged and windows are twice as long.
struct ReplicaRecorder: ~Copyable {
  static let windowLimit = 512
  /// 125 ms; after doubling, still a whole number of microseconds.
  static let shortestWindow: Int64 = 125_000_000_000

  private let windows: UnsafeMutablePointer<WindowTotals>
  private(set) var windowLength = Self.shortestWindow
  /// The window that time has reached, and its end.
  private var current = 0
  private var currentEnd = Self.shortestWindow
  var steps = 0
  var preemptions = 0
  var peakUsedBlocks = 0
  var lookedUpTokens = 0
  var cachedTokens = 0
  private var waitingSince: Int64 = 0

  init() {
    windows = .allocate(capacity: Self.windowLimit)
    windows.initialize(repeating: WindowTotals(), count: Self.windowLimit)
  }

  deinit { windows.deallocate() }

  @inline(__always)
  mutating func arrived(at time: Int64) { window(at: time).pointee.arrived += 1 }

  @inline(__always)
  mutating func finished(_ count: Int, at time: Int64) {
    window(at: time).pointee.finished += count
  }

  mutating func preempted(at time: Int64) {
    preemptions += 1
    window(at: time).pointee.preemptions += 1
  }

  /// A request scheduled for the first time had `tokens` of prompt and found `cached` of them.
  @inline(__always)
  mutating func lookedUp(_ tokens: Int, found cached: Int, at time: Int64) {
    lookedUpTokens += tokens
    cachedTokens += cached
    let window = window(at: time)
    window.pointee.lookedUpTokens += tokens
    window.pointee.cachedTokens += cached
  }

  /// Adds totals of steps that ran from `start` to `end`, in proportion to the time in each window.
  @inline(__always)
  mutating func add(
    _ totals: borrowing SpanTotals, prefills: Bool, from start: Int64, to end: Int64
  ) {
    if start >= currentEnd { advance(to: start) }
    if end <= currentEnd {
      totals.add(to: windows + current, prefills: prefills, time: Double(end &- start), share: 1)
    } else {
      spread(totals, prefills: prefills, from: start, to: end)
    }
  }

  private mutating func spread(
    _ totals: borrowing SpanTotals, prefills: Bool, from start: Int64, to end: Int64
  ) {
    var from = start
    while from < end {
      if from >= currentEnd { advance(to: from) }
      let time = Double(min(end, currentEnd) - from)
      totals.add(
        to: windows + current, prefills: prefills, time: time, share: time / Double(end - start))
      from = min(end, currentEnd)
    }
  }

  /// `count` requests have waited since the last change.
  @inline(__always)
  mutating func waitingChanged(at time: Int64, was count: Int) {
    if count > 0 { addWaiting(until: time, count: Double(count)) }
    waitingSince = time
  }

  private mutating func addWaiting(until time: Int64, count: Double) {
    var from = waitingSince
    while from < time {
      if from >= currentEnd { advance(to: from) }
      // Time before the current window was spread when it was current, or is merged into it.
      let to = time <= currentEnd ? time : currentEnd
      windows[current].waitingTime += count * Double(to - from)
      from = to
    }
  }

  /// The window of `time`, which never goes back.
  @inline(__always)
  private mutating func window(at time: Int64) -> UnsafeMutablePointer<WindowTotals> {
    if time >= currentEnd { advance(to: time) }
    return windows + current
  }

  private mutating func advance(to time: Int64) {
    while time >= windowLength * Int64(Self.windowLimit) { merge() }
    current = Int(time / windowLength)
    currentEnd = windowLength * Int64(current + 1)
  }

  /// Makes every window twice as long.
  private mutating func merge() {
    let half = Self.windowLimit / 2
    for i in 0..<half {
      windows[i] = windows[2 * i]
      windows[i].add(windows[2 * i + 1])
    }
    (windows + half).update(repeating: WindowTotals(), count: half)
    windowLength *= 2
  }

  /// What was recorded up to `end`, with windows of `length`, which is this recorder's or a
  /// doubling of it.
  mutating func recording(windowLength length: Int64, end: Int64, usableBlocks: Int)
    -> ReplicaRecording
  {
    while windowLength < length { merge() }
    let count = min(max(1, Int((end + windowLength - 1) / windowLength)), Self.windowLimit)
    return ReplicaRecording(
      windows: Array(UnsafeBufferPointer(start: windows, count: count)),
      windowLength: SimDuration(picoseconds: windowLength), steps: steps, preemptions: preemptions,
      peakUsedBlocks: peakUsedBlocks, usableBlocks: usableBlocks, lookedUpTokens: lookedUpTokens,
      cachedTokens: cachedTokens)
  }
}

/// Totals of one span of steps, on their way to the windows.
struct SpanTotals {
  var steps: Int64 = 0
  var prefillTokens: Int64 = 0
  var decodeTokens: Int64 = 0
  var sampledSequences: Int64 = 0
  var pairs: Int64 = 0
  var windowedPairs: Int64 = 0
  var context: Int64 = 0
  var windowedContext: Int64 = 0
  var weightBytes = 0.0
  /// Requests that ran all the while.
  var running: Int64 = 0
  /// KV blocks in use at the start plus those at the end: used blocks grow steadily between.
  var usedBlocks: Int64 = 0

  /// Adds the `share` of the span that ran for `time` picoseconds in this window.
  @inline(__always)
  func add(
    to window: UnsafeMutablePointer<WindowTotals>, prefills: Bool, time: Double, share: Double
  ) {
    if prefills {
      add(to: &window.pointee.prefillSteps, time: time, share: share)
    } else {
      add(to: &window.pointee.decodeSteps, time: time, share: share)
    }
    window.pointee.runningTime += Double(running) * time
    window.pointee.usedBlockTime += Double(usedBlocks) / 2 * time
  }

  @inline(__always)
  private func add(to totals: inout StepTotals, time: Double, share: Double) {
    totals.steps += Double(steps) * share
    totals.busy += time
    totals.prefillTokens += Double(prefillTokens) * share
    totals.decodeTokens += Double(decodeTokens) * share
    totals.sampledSequences += Double(sampledSequences) * share
    totals.pairs += Double(pairs) * share
    totals.context += Double(context) * share
    totals.weightBytes += weightBytes * share
    guard windowedContext | windowedPairs != 0 else { return }
    totals.windowedPairs += Double(windowedPairs) * share
    totals.windowedContext += Double(windowedContext) * share
  }
}
