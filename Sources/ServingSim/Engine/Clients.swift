import SimKernel

/// Who sends what when: recorded arrivals, requests that wait for others, and closed loops.
struct Clients: ~Copyable {
  private let columns: WorkloadColumns
  private let closedLoop: ClosedLoop?
  /// The next request with an arrival of its own.
  private var recorded = 0
  private var pending = Heap<PendingArrival>()
  /// How many requests each one still waits for.
  private let waitsFor: Table<Int32>
  /// Whether anybody sends something because something ended.
  let followEnds: Bool
  /// The next request that the closed loop may send.
  private var nextInLoop = 0
  /// When the next request arrives; `Int64.max`: none does unless something ends.
  private(set) var nextArrival = Int64.max

  init(_ workload: Workload, _ columns: WorkloadColumns) {
    self.columns = columns
    closedLoop = workload.closedLoop
    waitsFor = Table(workload.dependencies?.waitsFor ?? [])
    followEnds = !waitsFor.isEmpty || closedLoop != nil
    skipToRecorded()
    if let loop = workload.closedLoop {
      for _ in 0..<loop.concurrency { sendFromLoop(at: 0) }
    }
    refresh()
  }

  /// The request that arrives at `nextArrival`.
  mutating func takeArrival() -> Int {
    defer { refresh() }
    if let next = pending.first, isFirst(next) { return Int(pending.removeFirst().number) }
    defer {
      recorded += 1
      skipToRecorded()
    }
    return recorded
  }

  /// Request `number`, just taken, comes back at `time`.
  mutating func putBack(_ number: Int, until time: Int64) {
    pending.insert(PendingArrival(time: time, number: Int32(number)))
    refresh()
  }

  /// Request `number` has ended: those who waited for it may follow.
  mutating func ended(_ number: Int, at now: Int64) {
    let hasFollowers = releaseDependents(of: number, at: now)
    if !hasFollowers, let loop = closedLoop {
      sendFromLoop(at: now + loop.thinkTime.picoseconds)
    }
    refresh()
  }

  private mutating func releaseDependents(of number: Int, at now: Int64) -> Bool {
    guard let dependencies = columns.dependencies else { return false }
    let first = Int(dependencies.firstDependent[number])
    let end = Int(dependencies.firstDependent[number + 1])
    for place in first..<end {
      let dependent = dependencies.dependents[place]
      waitsFor[Int(dependent)] -= 1
      guard waitsFor[Int(dependent)] == 0 else { continue }
      let think = dependencies.thinkTimes[Int(dependent)].picoseconds
      pending.insert(PendingArrival(time: now + think, number: dependent))
    }
    return first < end
  }

  /// Sends the next request that nothing else sends.
  private mutating func sendFromLoop(at time: Int64) {
    while nextInLoop < columns.count {
      let number = nextInLoop
      nextInLoop += 1
      let waits = columns.dependencies.map { $0.waitsFor[number] > 0 } ?? false
      guard columns.arrivals[number].isNever, !waits else { continue }
      return pending.insert(PendingArrival(time: time, number: Int32(number)))
    }
  }

  private mutating func skipToRecorded() {
    while recorded < columns.count, columns.arrivals[recorded].isNever { recorded += 1 }
  }

  private func isFirst(_ entry: PendingArrival) -> Bool {
    guard recorded < columns.count else { return true }
    let time = columns.arrivals[recorded].picoseconds
    return entry.time < time || (entry.time == time && Int(entry.number) < recorded)
  }

  private mutating func refresh() {
    let time = recorded < columns.count ? columns.arrivals[recorded].picoseconds : Int64.max
    nextArrival = min(time, pending.first?.time ?? Int64.max)
  }
}
