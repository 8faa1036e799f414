import SimKernel

/// Adds up what a replica does in equal windows of time. A run never has more than
/// `windowLimit` windows: when time goes on, neighbours are merged and windows are twice as long.
struct ReplicaRecorder: ~Copyable {
  let windowLimit: Int
  /// 125 ms; after doubling, still a whole number of microseconds.
  static let shortestWindow: Int64 = 125_000_000_000

  private let windows: UnsafeMutablePointer<WindowSums>
  private(set) var windowLength = Self.shortestWindow
  /// The window that time has reached, and its end.
  private(set) var open: UnsafeMutablePointer<WindowSums>
  private var openEnd = Self.shortestWindow
  var stepsOutside = 0
  var spans = 0
  var preemptions = 0
  var wakes = 0
  var peakUsedBlocks = 0
  var lookedUpTokens = 0
  var cachedTokens = 0
  private var waitingSince: Int64 = 0

  /// Steps that have ended.
  var steps: Int {
    (0..<windowLimit).reduce(0) {
      $0 + Int(windows[$1].prefillSteps.steps + windows[$1].decodeSteps.steps)
    }
  }

  /// How many windows a replica of a fleet of so many has: 512, in large fleets fewer, so that
  /// they take no more memory than a few hundred replicas do.
  static func windowLimit(replicas: Int) -> Int {
    var limit = 512
    while limit > 16, limit * replicas > 1 << 17 { limit /= 2 }
    return limit
  }

  init(windowLimit: Int) {
    self.windowLimit = windowLimit
    windows = zeroedTable(count: windowLimit)
    open = windows
  }

  deinit { releaseZeroedTable(windows) }

  func copy() -> ReplicaRecorder {
    var copy = ReplicaRecorder(windowLimit: windowLimit)
    let reached = open - windows
    copy.windows.update(from: windows, count: reached + 1)
    copy.open = copy.windows + reached
    copy.openEnd = openEnd
    copy.windowLength = windowLength
    copy.stepsOutside = stepsOutside
    copy.spans = spans
    copy.preemptions = preemptions
    copy.wakes = wakes
    copy.peakUsedBlocks = peakUsedBlocks
    copy.lookedUpTokens = lookedUpTokens
    copy.cachedTokens = cachedTokens
    copy.waitingSince = waitingSince
    return copy
  }

  @inline(__always)
  mutating func arrived(at time: Int64) { window(at: time).pointee.arrived &+= 1 }

  @inline(__always)
  mutating func finished(_ count: Int, at time: Int64) {
    window(at: time).pointee.finished &+= count
  }

  mutating func preempted(at time: Int64) {
    preemptions += 1
    window(at: time).pointee.preemptions += 1
  }

  /// A request scheduled for the first time had `tokens` of prompt and found `cached` of them.
  @inline(__always)
  mutating func lookedUp(_ tokens: Int, found cached: Int, at time: Int64) {
    lookedUpTokens &+= tokens
    cachedTokens &+= cached
    let window = window(at: time)
    window.pointee.lookedUpTokens &+= tokens
    window.pointee.cachedTokens &+= cached
  }

  /// Whether all from `start` to `end` lies in the open window.
  @inline(__always)
  mutating func holds(from start: Int64, to end: Int64) -> Bool {
    if start >= openEnd { advance(to: start) }
    // An arrival amid a step can have opened a window that the step began before.
    return end <= openEnd && start >= openEnd &- windowLength
  }

  /// The end of the window that `time` lies in, which is there from now on.
  mutating func windowEnd(at time: Int64) -> Int64 {
    if time >= openEnd { advance(to: time) }
    return windowLength * (time / windowLength + 1)
  }

  /// The window in which time is just before `time`.
  mutating func window(before time: Int64) -> UnsafeMutablePointer<WindowSums> {
    if time > openEnd { advance(to: time - 1) }
    return windows + Int((time - 1) / windowLength)
  }

  /// Moves what was done before `time`, the end of a window, from the next window into that one.
  mutating func move(_ sums: SpanSums, running: Int, before time: Int64) {
    window(before: time).pointee.add(sums, running: running)
    windows[Int(time / windowLength)].subtract(sums, running: running)
  }

  /// The replica was off from `start` to `end`, later than all that is recorded.
  mutating func off(from start: Int64, to end: Int64) {
    var from = start
    while from < end {
      if from >= openEnd { advance(to: from) }
      let to = min(end, openEnd)
      open.pointee.offTime += to - from
      from = to
    }
  }

  /// `count` requests have waited since the last change.
  @inline(__always)
  mutating func waitingChanged(at time: Int64, was count: Int) {
    if count > 0 {
      if time <= openEnd, waitingSince >= openEnd &- windowLength {
        open.pointee.waitingTime &+= Int128(count) &* Int128(time &- waitingSince)
      } else {
        spreadWaiting(until: time, count: count)
      }
    }
    waitingSince = time
  }

  @inline(never)
  private mutating func spreadWaiting(until time: Int64, count: Int) {
    var from = waitingSince
    while from < time {
      // Steps and arrivals may have opened later windows since.
      let to = min(time, windowEnd(at: from))
      windows[Int(from / windowLength)].waitingTime += Int128(count) * Int128(to - from)
      from = to
    }
  }

  /// The window of `time`, which never goes back.
  @inline(__always)
  private mutating func window(at time: Int64) -> UnsafeMutablePointer<WindowSums> {
    if time >= openEnd { advance(to: time) }
    return open
  }

  @inline(never)
  private mutating func advance(to time: Int64) {
    while time >= windowLength * Int64(windowLimit) { merge() }
    let index = Int(time / windowLength)
    open = windows + index
    openEnd = windowLength * Int64(index + 1)
  }

  /// Makes every window twice as long.
  private mutating func merge() {
    let half = windowLimit / 2
    for i in 0..<half {
      windows[i] = windows[2 * i]
      windows[i].add(windows[2 * i + 1])
    }
    (windows + half).update(repeating: WindowSums(), count: half)
    windowLength *= 2
  }

  /// What was recorded up to `end`, after which nothing is, with windows of `length`, which is this
  /// recorder's or a doubling of it, and of which the limit reach there.
  mutating func recording(windowLength length: Int64, end: Int64, usableBlocks: Int)
    -> ReplicaRecording
  {
    while windowLength < length { merge() }
    let count = max(1, Int((end + windowLength - 1) / windowLength))
    // What happens at the very end belongs to the window that ends there.
    if count < windowLimit {
      windows[count - 1].add(windows[count])
      windows[count] = WindowSums()
    }
    return ReplicaRecording(
      windows: UnsafeBufferPointer(start: windows, count: count).map { WindowTotals($0) },
      windowLength: SimDuration(picoseconds: windowLength), steps: steps,
      stepsOutside: stepsOutside, spans: spans, preemptions: preemptions, wakes: wakes,
      peakUsedBlocks: peakUsedBlocks, usableBlocks: usableBlocks, lookedUpTokens: lookedUpTokens,
      cachedTokens: cachedTokens)
  }
}
