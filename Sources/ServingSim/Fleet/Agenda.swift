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
  private var epoch = Epoch()
  /// When the next recorded arrival is, and the next event, since the epoch; `Int64.max`: there is
  /// none, or it is further away than 64 bits reach.
  private var nextArrival = Int64.max
  private var nextEvent = Int64.max
  /// The earlier of these.
  private(set) var next = Int64.max

  init(arrivals: UnsafeBufferPointer<SimTime>) {
    self.arrivals = arrivals
    findArrival()
  }

  /// The same over `arrivals`, a copy of its own.
  func copy(arrivals: UnsafeBufferPointer<SimTime>) -> Agenda {
    var copy = Agenda(arrivals: arrivals)
    copy.recorded = recorded
    copy.events = events
    copy.workCount = workCount
    copy.epochMoved(to: epoch)
    return copy
  }

  /// When anything is next; the greatest: nothing is.
  var nextInstant: Instant {
    let arrival = recorded < arrivals.count ? arrivals[recorded].picoseconds : .max
    return min(arrival, events.first?.time ?? .max)
  }

  /// Whether anything is to come for whose sake a run goes on.
  var hasWork: Bool { workCount > 0 || recorded < arrivals.count }

  mutating func add(_ kind: FleetEvent.Kind, _ number: Int, at time: Instant) {
    let event = FleetEvent(time: time, number: Int32(truncatingIfNeeded: number), kind: kind)
    events.insert(event)
    if event.isWork { workCount += 1 }
    findEvent()
  }

  /// Takes out what is at `next`.
  @inline(__always)
  mutating func take() -> FleetEvent { isArrivalFirst ? takeArrival() : takeEvent() }

  @inline(__always)
  private var isArrivalFirst: Bool {
    nextArrival == nextEvent ? arrival < events.elements[0] : nextArrival < nextEvent
  }

  @inline(__always)
  private mutating func takeArrival() -> FleetEvent {
    defer {
      recorded &+= 1
      findArrival()
    }
    return arrival
  }

  private mutating func takeEvent() -> FleetEvent {
    let event = events.removeFirst()
    if event.isWork { workCount -= 1 }
    findEvent()
    return event
  }

  /// The next recorded one.
  @inline(__always)
  private var arrival: FleetEvent {
    FleetEvent(
      time: arrivals[recorded].picoseconds, number: Int32(truncatingIfNeeded: recorded),
      kind: .arrival)
  }

  @inline(__always)
  private mutating func findArrival() {
    while recorded < arrivals.count, arrivals[recorded].isNever { recorded &+= 1 }
    nextArrival = recorded < arrivals.count ? epoch.time(arrivals[recorded].picoseconds) : .max
    next = min(nextArrival, nextEvent)
  }

  private mutating func findEvent() {
    nextEvent = events.first.map { epoch.time($0.time) } ?? .max
    next = min(nextArrival, nextEvent)
  }

  mutating func epochMoved(to epoch: Epoch) {
    self.epoch = epoch
    findArrival()
    findEvent()
  }
}
