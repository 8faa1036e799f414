import SimKernel

/// Adds up what a replica does in equal windows of time. A run never has more than
/// `windowLimit` windows: when time goes on, neighbours are merged and windows are twice as long.
struct ReplicaRecorder: ~Copyable {
  private let windowLimit: Int
  /// 125 ms; after doubling, still a whole number of microseconds.
  static let shortestWindow: Int64 = 125_000_000_000

  private let windows: UnsafeMutablePointer<WindowTotals>
  private(set) var windowLength = Self.shortestWindow
  /// The window that time has reached, its end, and its steps so far.
  private var open: UnsafeMutablePointer<WindowTotals>
  private var openEnd = Self.shortestWindow
  private var prefillSteps = StepSums()
  private var decodeSteps = StepSums()
  var steps = 0
  var stepsOutside = 0
  var spans = 0
  var preemptions = 0
  var wakes = 0
  var peakUsedBlocks = 0
  var lookedUpTokens = 0
  var cachedTokens = 0
  private var waitingSince: Int64 = 0

  /// How many windows a replica of a fleet of so many has: 512, in large fleets fewer, so that
  /// they take no more memory than a few hundred replicas do.
  static func windowLimit(replicas: Int) -> Int {
    var limit = 512
    while limit > 16, limit * replicas > 1 << 17 { limit /= 2 }
    return limit
  }

  init(windowLimit: Int) {
    self.windowLimit = windowLimit
    windows = .allocate(capacity: windowLimit)
    windows.initialize(repeating: WindowTotals(), count: windowLimit)
    open = windows
  }

  deinit { windows.deallocate() }

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

  /// Whether steps that ran from `start` to `end` lie in one window; if not, `spread` them.
  @inline(__always)
  mutating func isWithinWindow(from start: Int64, to end: Int64) -> Bool {
    if start >= openEnd { advance(to: start) }
    // An arrival amid a step can have opened a window that the step began before.
    return end <= openEnd && start >= openEnd &- windowLength
  }

  /// Adds the sums of steps that lie in one window.
  @inline(__always)
  mutating func add(_ sums: StepSums, _ occupancy: Occupancy) {
    if sums.prefillTokens == 0 { decodeSteps.addDecode(sums) } else { prefillSteps.add(sums) }
    open.pointee.add(occupancy, for: Double(sums.busy))
  }

  /// Adds the sums of steps that ran from `start`, in proportion to the time in each window.
  mutating func spread(_ sums: StepSums, _ occupancy: Occupancy, from start: Int64) {
    var from = start
    let end = start + sums.busy
    while from < end {
      if from >= openEnd { advance(to: from) }
      let index = Int(from / windowLength)
      let stop = min(end, windowLength * Int64(index + 1))
      let time = Double(stop - from)
      let share = time / Double(sums.busy)
      if sums.prefillTokens == 0 {
        windows[index].decodeSteps.add(sums, busy: time, share: share)
      } else {
        windows[index].prefillSteps.add(sums, busy: time, share: share)
      }
      windows[index].add(occupancy, for: time)
      from = stop
    }
  }

  /// The replica was off from `start` to `end`, later than all that is recorded.
  mutating func off(from start: Int64, to end: Int64) {
    var from = start
    while from < end {
      if from >= openEnd { advance(to: from) }
      let to = min(end, openEnd)
      open.pointee.offTime += Double(to - from)
      from = to
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
      if from >= openEnd { advance(to: from) }
      // Time before the open window was spread when it was open, or is merged into it.
      let to = time <= openEnd ? time : openEnd
      open.pointee.waitingTime += count * Double(to - from)
      from = to
    }
  }

  /// The window of `time`, which never goes back.
  @inline(__always)
  private mutating func window(at time: Int64) -> UnsafeMutablePointer<WindowTotals> {
    if time >= openEnd { advance(to: time) }
    return open
  }

  @inline(never)
  private mutating func advance(to time: Int64) {
    flush()
    while time >= windowLength * Int64(windowLimit) { merge() }
    let index = Int(time / windowLength)
    open = windows + index
    openEnd = windowLength * Int64(index + 1)
  }

  /// Writes down the open window's steps so far.
  private mutating func flush() {
    open.pointee.prefillSteps.add(prefillSteps, busy: Double(prefillSteps.busy), share: 1)
    open.pointee.decodeSteps.add(decodeSteps, busy: Double(decodeSteps.busy), share: 1)
    prefillSteps = StepSums()
    decodeSteps = StepSums()
  }

  /// Makes every window twice as long.
  private mutating func merge() {
    let half = windowLimit / 2
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
    flush()
    while windowLength < length { merge() }
    let count = min(max(1, Int((end + windowLength - 1) / windowLength)), windowLimit)
    return ReplicaRecording(
      windows: Array(UnsafeBufferPointer(start: windows, count: count)),
      windowLength: SimDuration(picoseconds: windowLength), steps: steps,
      stepsOutside: stepsOutside, spans: spans, preemptions: preemptions, wakes: wakes,
      peakUsedBlocks: peakUsedBlocks, usableBlocks: usableBlocks, lookedUpTokens: lookedUpTokens,
      cachedTokens: cachedTokens)
  }
}

/// How full a replica was during consecutive steps.
struct Occupancy {
  /// Requests that ran all the while.
  var running: Int
  /// KV blocks in use at the start plus those at the end: used blocks grow steadily between.
  var usedBlocks: Int
}

extension WindowTotals {
  @inline(__always)
  fileprivate mutating func add(_ occupancy: Occupancy, for time: Double) {
    runningTime += Double(occupancy.running) * time
    usedBlockTime += Double(occupancy.usedBlocks) / 2 * time
  }
}
