import SimKernel

/// Adds up what a replica does in equal windows of time. A run never has more than
/// `windowLimit` windows: when time goes on, neighbours are merged and windows are twice as long.
struct ReplicaRecorder: ~Copyable {
  static let windowLimit = 512
  /// 125 ms; after doubling, still a whole number of microseconds.
  static let shortestWindow: Int64 = 125_000_000_000

  private(set) var windows: UnsafeMutablePointer<WindowTotals>
  private(set) var windowLength = Self.shortestWindow
  private var usedWindows = 1
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

  /// The window of `time`, which never goes back.
  @inline(__always)
  mutating func window(at time: Int64) -> UnsafeMutablePointer<WindowTotals> {
    if time >= currentEnd { advance(to: time) }
    return windows + current
  }

  /// Adds totals of steps that ran from `start` to `end`, in proportion to the time in each window.
  mutating func add(_ totals: borrowing SpanTotals, from start: Int64, to end: Int64) {
    if start >= currentEnd { advance(to: start) }
    if end <= currentEnd {
      totals.add(to: windows + current, share: 1)
      return
    }
    var from = start
    while from < end {
      if from >= currentEnd { advance(to: from) }
      let to = min(end, currentEnd)
      totals.add(to: windows + current, share: Double(to - from) / Double(end - start))
      from = to
    }
  }

  /// `count` requests have waited since the last change.
  mutating func waitingChanged(at time: Int64, was count: Int) {
    defer { waitingSince = time }
    guard count > 0 else { return }
    var from = waitingSince
    if time <= currentEnd {
      windows[current].waitingTime += Double(count) * Double(time - from)
      return
    }
    while from < time {
      if from >= currentEnd { advance(to: from) }
      let to = min(time, currentEnd)
      windows[current].waitingTime += Double(count) * Double(to - from)
      from = to
    }
  }

  /// A request scheduled for the first time had `tokens` of prompt and found `cached` of them.
  mutating func lookedUp(_ tokens: Int, found cached: Int, at time: Int64) {
    lookedUpTokens += tokens
    cachedTokens += cached
    let window = window(at: time)
    window.pointee.lookedUpTokens += tokens
    window.pointee.cachedTokens += cached
  }

  private mutating func advance(to time: Int64) {
    while time >= windowLength * Int64(Self.windowLimit) { merge() }
    current = Int(time / windowLength)
    currentEnd = windowLength * Int64(current + 1)
    usedWindows = max(usedWindows, current + 1)
  }

  /// Makes every window twice as long.
  private mutating func merge() {
    let half = Self.windowLimit / 2
    for i in 0..<half {
      windows[i] = windows[2 * i]
      windows[i].add(windows[2 * i + 1])
    }
    (windows + half).update(repeating: WindowTotals(), count: half)
    usedWindows = (usedWindows + 1) / 2
    windowLength *= 2
  }

  /// What was recorded, with windows of `length`, which is this recorder's or a doubling of it.
  mutating func recording(windowLength length: Int64, end: Int64, usableBlocks: Int)
    -> ReplicaRecording
  {
    while windowLength < length { merge() }
    let count = max(1, Int((end + windowLength - 1) / windowLength))
    return ReplicaRecording(
      windows: Array(UnsafeBufferPointer(start: windows, count: min(count, Self.windowLimit))),
      windowLength: SimDuration(picoseconds: windowLength), steps: steps, preemptions: preemptions,
      peakUsedBlocks: peakUsedBlocks, usableBlocks: usableBlocks, lookedUpTokens: lookedUpTokens,
      cachedTokens: cachedTokens)
  }
}

/// Totals of one span of steps, on their way to the windows.
struct SpanTotals {
  var steps = StepTotals()
  var prefills = false
  var runningTime = 0.0
  var usedBlockTime = 0.0

  @inline(__always)
  func add(to window: UnsafeMutablePointer<WindowTotals>, share: Double) {
    if prefills {
      window.pointee.prefillSteps.add(steps, share: share)
    } else {
      window.pointee.decodeSteps.add(steps, share: share)
    }
    window.pointee.runningTime += runningTime * share
    window.pointee.usedBlockTime += usedBlockTime * share
  }
}

extension StepTotals {
  /// Adds `share` of `other`.
  @inline(__always)
  package mutating func add(_ other: StepTotals, share: Double = 1) {
    steps += other.steps * share
    busy += other.busy * share
    prefillTokens += other.prefillTokens * share
    decodeTokens += other.decodeTokens * share
    sampledSequences += other.sampledSequences * share
    pairs += other.pairs * share
    windowedPairs += other.windowedPairs * share
    context += other.context * share
    windowedContext += other.windowedContext * share
    weightBytes += other.weightBytes * share
  }
}

extension WindowTotals {
  /// Adds `other`, a later window.
  package mutating func add(_ other: WindowTotals) {
    prefillSteps.add(other.prefillSteps)
    decodeSteps.add(other.decodeSteps)
    runningTime += other.runningTime
    waitingTime += other.waitingTime
    usedBlockTime += other.usedBlockTime
    arrived += other.arrived
    finished += other.finished
    preemptions += other.preemptions
    lookedUpTokens += other.lookedUpTokens
    cachedTokens += other.cachedTokens
  }
}
