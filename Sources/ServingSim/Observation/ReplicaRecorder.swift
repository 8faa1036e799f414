import SimKernel

/// Adds up what a replica does in equal windows of time. A run never has more than
/// `windowLimit` windows: when time goes on, neighbours are merged and windows are twice as long.
struct ReplicaRecorder: ~Copyable {
  let windowLimit: Int
  /// 125 ms; after doubling, still a whole number of microseconds.
  static let shortestWindow: Int64 = 125_000_000_000

  private let windows: UnsafeMutablePointer<WindowSums>
  private(set) var windowLength = Self.shortestWindow
  /// The window that time has reached, and its end, in picoseconds since the fleet's epoch.
  private(set) var open: UnsafeMutablePointer<WindowSums>
  private var openEnd: Int64
  var stepsOutside = 0
  var spans = 0
  var preemptions = 0
  var wakes = 0
  /// Requests that went on elsewhere when it lost what it had.
  var migrations = 0
  /// From each failure to the end of its repair, ascending; a run can be over before that.
  var down: [(start: Instant, end: Instant)] = []
  /// Up to when that is written down as time off.
  private var downRecorded: Instant = 0
  var peakUsedBlocks = 0
  var lookedUpTokens = 0
  var cachedTokens = 0
  private var waitingSince: Int64 = 0

  /// What all windows have together.
  var sums: WindowSums {
    (0..<windowLimit).reduce(into: WindowSums()) { $0.add(windows[$1]) }
  }

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

  /// Of a replica that joins when times count from `epoch`.
  init(windowLimit: Int, epoch: Epoch) {
    self.windowLimit = windowLimit
    openEnd = 0
    windows = zeroedTable(count: windowLimit)
    open = windows
    open(at: epoch.start, epoch)
  }

  deinit { releaseZeroedTable(windows) }

  func copy() -> ReplicaRecorder {
    var copy = ReplicaRecorder(windowLimit: windowLimit, epoch: Epoch())
    let reached = open - windows
    copy.windows.update(from: windows, count: reached + 1)
    copy.open = copy.windows + reached
    copy.openEnd = openEnd
    copy.windowLength = windowLength
    copy.stepsOutside = stepsOutside
    copy.spans = spans
    copy.preemptions = preemptions
    copy.wakes = wakes
    copy.migrations = migrations
    copy.down = down
    copy.downRecorded = downRecorded
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

  /// A request with drafts has been served: `accepted` of them were right, and it got `yielded` tokens.
  mutating func verified(
    _ drafts: Int, accepted: Int, yielded: Int, at time: Int64
  ) {
    let window = window(at: time)
    window.pointee.verifiedDrafts &+= drafts > 0 ? 1 : 0
    window.pointee.acceptedTokens &+= accepted
    window.pointee.surplusTokens &+= yielded &- 1
  }

  /// Whether all from `start` to `end` lies in the open window.
  @inline(__always)
  mutating func holds(from start: Int64, to end: Int64) -> Bool {
    if start >= openEnd { advance(to: start) }
    // An arrival amid a step can have opened a window that the step began before.
    return end <= openEnd && start >= openEnd &- windowLength
  }

  /// Opens the windows up to the one that `time` ends or lies in.
  mutating func reach(_ time: Int64) {
    if time > openEnd { advance(to: time - 1) }
  }

  /// The number of the window that `time` lies in: one that has been reached, or the next one.
  func index(at time: Int64) -> Int {
    let ahead = time - openEnd
    let windows = ahead < 0 ? (ahead + 1) / windowLength : ahead / windowLength + 1
    return reached + Int(windows)
  }

  func end(ofWindow index: Int) -> Int64 { openEnd + Int64(index - reached) * windowLength }

  func window(_ index: Int) -> UnsafeMutablePointer<WindowSums> { windows + index }

  private var reached: Int { open - windows }

  /// Moves what was done by the end of a window from the next window into that one.
  func move(_ sums: SpanSums, running: Int, toWindow index: Int) {
    windows[index].add(sums, running: running)
    windows[index + 1].subtract(sums, running: running)
  }

  /// The replica was off from `start` to `end`, later than all that is recorded.
  mutating func off(from start: Instant, to end: Instant, _ epoch: Epoch) {
    if epoch.time(end) > openEnd { open(at: end - 1, epoch) }
    var from = start
    while from < end {
      let index = from / Instant(windowLength)
      let to = min(end, Instant(windowLength) * (index + 1))
      windows[Int(index)].offTime += Int64(to - from)
      from = to
    }
  }

  /// Writes down that it was off while it was down, in a run that ended at `end`. Returns how often and
  /// how long that was.
  mutating func recordDown(until end: Instant, _ epoch: Epoch) -> (count: Int, time: Instant) {
    let down = down.filter { $0.start <= end }.map { ($0.start, min($0.end, end)) }
    for (start, end) in down where end > downRecorded {
      off(from: max(start, downRecorded), to: end, epoch)
    }
    downRecorded = max(downRecorded, end)
    return (down.count, down.reduce(0) { $0 + $1.1 - $1.0 })
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
    reach(time)
    var from = waitingSince
    var index = index(at: from)
    while from < time {
      // Steps and arrivals may have opened later windows since.
      let to = min(time, end(ofWindow: index))
      windows[index].waitingTime += Int128(count) * Int128(to - from)
      from = to
      index += 1
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
    var index = index(at: time)
    while index >= windowLimit {
      merge()
      index = self.index(at: time)
    }
    openEnd = end(ofWindow: index)
    open = windows + index
  }

  /// Makes every window twice as long.
  private mutating func merge() {
    let half = windowLimit / 2
    for i in 0..<half {
      windows[i] = windows[2 * i]
      windows[i].add(windows[2 * i + 1])
    }
    (windows + half).update(repeating: WindowSums(), count: half)
    // The first of two windows ends where the second does.
    let reached = reached
    if reached % 2 == 0 { openEnd += windowLength }
    open = windows + reached / 2
    windowLength *= 2
  }

  /// The fleet's epoch has moved on to `epoch`, where something happens, by `picoseconds`.
  mutating func epochMoved(to epoch: Epoch, by picoseconds: Int64) {
    waitingSince.epochMoves(by: picoseconds)
    open(at: epoch.start, epoch)
  }

  /// Time has reached `instant`, however far away from the window that it had reached.
  private mutating func open(at instant: Instant, _ epoch: Epoch) {
    while instant >= Instant(windowLength) * Instant(windowLimit) { merge() }
    let index = Int(instant / Instant(windowLength))
    open = windows + index
    openEnd = epoch.time(Instant(windowLength) * Instant(index + 1))
  }

  /// What was recorded up to `end`, after which nothing is, with windows of `length`, which is this
  /// recorder's or a doubling of it, and of which the limit reach there.
  mutating func recording(windowLength length: Int64, end: Instant, usableBlocks: Int)
    -> ReplicaRecording
  {
    while windowLength < length { merge() }
    let count = max(1, Int((end + Instant(windowLength) - 1) / Instant(windowLength)))
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
