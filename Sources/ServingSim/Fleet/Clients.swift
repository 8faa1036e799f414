import SimKernel

/// Who sends something because something ended: requests that wait for others, and closed loops.
struct Clients: ~Copyable {
  private let columns: WorkloadColumns
  private let closedLoop: ClosedLoop?
  /// How many requests each one still waits for.
  private let waitsFor: Table<Int32>
  /// Whether anybody sends something because something ended.
  let followEnds: Bool
  /// The next request that the closed loop may send.
  private var nextInLoop = 0

  init(_ workload: Workload, _ columns: WorkloadColumns) {
    self.columns = columns
    closedLoop = workload.closedLoop
    waitsFor = Table(workload.dependencies?.waitsFor ?? [])
    followEnds = !waitsFor.isEmpty || closedLoop != nil
  }

  private init(copying other: borrowing Clients, _ columns: WorkloadColumns) {
    self.columns = columns
    closedLoop = other.closedLoop
    waitsFor = other.waitsFor.copy()
    followEnds = other.followEnds
    nextInLoop = other.nextInLoop
  }

  /// The same over `columns`, a copy of its own.
  func copy(_ columns: WorkloadColumns) -> Clients { Clients(copying: self, columns) }

  /// The closed loop's first requests.
  mutating func start(_ agenda: inout Agenda) {
    for _ in 0..<(closedLoop?.concurrency ?? 0) { sendFromLoop(at: 0, &agenda) }
  }

  /// Request `number` has ended for its client: those who waited for it may follow. Nobody follows a
  /// request that is not the plan's.
  mutating func ended(_ number: Int, at now: Instant, _ agenda: inout Agenda) {
    guard number < columns.count else { return }
    let hasFollowers = releaseDependents(of: number, at: now, &agenda)
    if !hasFollowers, let loop = closedLoop {
      sendFromLoop(at: now + Instant(loop.thinkTime.picoseconds), &agenda)
    }
  }

  private mutating func releaseDependents(
    of number: Int, at now: Instant, _ agenda: inout Agenda
  ) -> Bool {
    guard let dependencies = columns.dependencies else { return false }
    let first = Int(dependencies.firstDependent[number])
    let end = Int(dependencies.firstDependent[number + 1])
    for place in first..<end {
      let dependent = Int(dependencies.dependents[place])
      waitsFor[dependent] -= 1
      guard waitsFor[dependent] == 0 else { continue }
      let think = Instant(dependencies.thinkTimes[dependent].picoseconds)
      agenda.add(.arrival, dependent, at: now + think)
    }
    return first < end
  }

  /// Sends the next request that nothing else sends.
  private mutating func sendFromLoop(at time: Instant, _ agenda: inout Agenda) {
    while nextInLoop < columns.count {
      let number = nextInLoop
      nextInLoop += 1
      let waits = columns.dependencies.map { $0.waitsFor[number] > 0 } ?? false
      guard columns.arrivals[number].isNever, !waits else { continue }
      return agenda.add(.arrival, number, at: time)
    }
  }
}
