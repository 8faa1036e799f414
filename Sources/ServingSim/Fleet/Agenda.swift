import SimKernel

/// All that is to happen to a fleet beside the ends of steps, in order of time, kind and number:
/// recorded arrivals, which stand in the workload, and events that a run makes itself.
///
/// An event is never taken back. Who made it looks, when it comes, whether it still means anything.
struct Agenda: ~Copyable {
  /// `.never`: has no arrival of its own.
  private let arrivals: UnsafeBufferPointer<SimTime>
  /// The next request with an arrival of its own.
  private var recorded = 0
  private var events = Heap<FleetEvent>()
  /// Events among them for whose sake a run goes on.
  private var workCount = 0
  /// When the next event is; `Int64.max`: there is none.
  private(set) var next = Int64.max

  init(arrivals: UnsafeBufferPointer<SimTime>) {
    self.arrivals = arrivals
    skipToRecorded()
    refresh()
  }

  /// The same over `arrivals`, a copy of its own.
  func copy(arrivals: UnsafeBufferPointer<SimTime>) -> Agenda {
    var copy = Agenda(arrivals: arrivals)
    copy.recorded = recorded
    copy.events = events
    copy.workCount = workCount
    copy.refresh()
    return copy
  }

  /// Whether anything is to come for whose sake a run goes on.
  var hasWork: Bool { workCount > 0 || recorded < arrivals.count }

  mutating func add(_ kind: FleetEvent.Kind, _ number: Int, at time: Int64) {
    let event = FleetEvent(time: time, number: Int32(truncatingIfNeeded: number), kind: kind)
    events.insert(event)
    if event.isWork { workCount += 1 }
    refresh()
  }

  /// The event that is at `next`.
  mutating func take() -> FleetEvent {
    defer { refresh() }
    if let event = events.first, isFirst(event) {
      if event.isWork { workCount -= 1 }
      return events.removeFirst()
    }
    defer {
      recorded += 1
      skipToRecorded()
    }
    return recordedArrival
  }

  private var recordedArrival: FleetEvent {
    FleetEvent(
      time: arrivals[recorded].picoseconds, number: Int32(truncatingIfNeeded: recorded),
      kind: .arrival)
  }

  private func isFirst(_ event: FleetEvent) -> Bool {
    recorded == arrivals.count || event < recordedArrival
  }

  private mutating func skipToRecorded() {
    while recorded < arrivals.count, arrivals[recorded].isNever { recorded += 1 }
  }

  @inline(__always)
  private mutating func refresh() {
    let time = recorded < arrivals.count ? arrivals[recorded].picoseconds : Int64.max
    next = min(time, events.first?.time ?? Int64.max)
  }
}
