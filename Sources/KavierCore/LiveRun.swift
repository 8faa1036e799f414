import Scenarios
import ServingSim
import SimKernel

/// A fleet that runs while requests can come from outside: time goes on when the caller says so.
///
/// It has one owner. `fork()` makes another run in the same state, for what-ifs: both go on with the
/// same bits as long as the same is done to them, and neither knows of the other.
public struct LiveRun: ~Copyable {
  private let plan: Plan
  private var live: LiveSimulation
  /// How far the caller has played it.
  private var played = SimTime.start

  /// The fleet of `plan` and its requests, with room for `capacity` others under way. Without requests
  /// of its own: `LiveRun(plan.replacing(requests: []))`.
  public init(_ plan: ServingPlan, capacity: Int = 10_000) {
    self.plan = plan.loaded.plan
    live = LiveSimulation(plan.loaded.plan, capacity: capacity, chains: 0)
  }

  private init(copying other: borrowing LiveRun) {
    plan = other.plan
    live = other.live.copy()
    played = other.played
  }

  /// Another run in the same state.
  public func fork() -> LiveRun { LiveRun(copying: self) }

  /// Something that a client sees.
  public struct Event: Hashable, Sendable {
    /// What a client can see.
    public enum Kind: Hashable, Sendable {
      /// A token of its answer.
      case token
      /// The end. The request's number can go to another from now on.
      case ended(ServingRun.RequestOutcome)
    }

    /// Seconds from the run's start.
    public var time: Double
    /// What `submit` returned; of the plan's own requests, their places among them, which are the
    /// least numbers.
    public var request: Int
    /// A token, or the end with what came of the request.
    public var kind: Kind
  }

  /// How many requests of its own the plan has; those that are submitted have numbers from there on.
  public var plannedRequests: Int { live.plannedCount }

  /// Whether another request can be submitted: fewer than `capacity` are under way.
  public var hasRoom: Bool { live.hasRoom }

  /// When something is to happen next, in seconds; nil: nothing, unless somebody submits something.
  public var nextEvent: Double? {
    let next = live.nextEvent
    return next.isNever ? nil : next.seconds
  }

  /// A request arrives at its time, which is not before anything that was played, and there is room.
  /// Its session is only for session affinity. Returns its number, its own until it has ended.
  public mutating func submit(_ request: Request) -> Int {
    Int(
      live.submit(
        LiveArrival(
          promptTokens: Int32(clamping: request.promptTokens),
          outputTokens: Int32(clamping: request.outputTokens),
          session: request.session.map { Int32(truncatingIfNeeded: $0) },
          priority: Int32(clamping: request.priority)),
        at: reach(request.arrival)))
  }

  /// The client of a request that has not ended gives up, at the time that the run has been played up
  /// to; the request is dropped when its replica's step ends.
  public mutating func cancel(_ request: Int) {
    live.abort(Int32(truncatingIfNeeded: request), at: played)
  }

  /// Plays everything before `time`, in seconds, and returns what clients see by then.
  public mutating func advance(to time: Double) -> [Event] {
    var events: [Event] = []
    live.advance(to: reach(time)) { event, outcome in
      events.append(
        Event(
          time: event.time.seconds, request: Int(event.request),
          kind: event.kind == .token ? .token : .ended(ServingRun.RequestOutcome(outcome))))
    }
    return events
  }

  /// What a replica holds.
  public struct ReplicaState: Hashable, Sendable {
    /// Requests in the batch.
    public var running: Int
    /// Requests that are not admitted yet.
    public var waiting: Int
    /// KV blocks in use by requests.
    public var usedBlocks: Int
    /// KV blocks that there are.
    public var usableBlocks: Int
  }

  /// Replicas that there are or were, by number.
  public var replicaCount: Int { live.replicaCount }

  /// What a replica holds now.
  public func state(ofReplica replica: Int) -> ReplicaState {
    let gauge = live.gauge(of: replica)
    return ReplicaState(
      running: gauge.running, waiting: gauge.waiting, usedBlocks: gauge.usedBlocks,
      usableBlocks: gauge.usableBlocks)
  }

  /// Another replica like number `example` of the plan is asked for at `time` and is up `startUp`
  /// seconds later. Returns its number. Of a replica whose ranks step together each is added by
  /// itself, all for the same time.
  public mutating func addReplica(like example: Int = 0, startUp: Double, at time: Double) -> Int {
    live.addReplica(
      plan.replicas[example], startUp: SimDuration(seconds: startUp), at: reach(time))
  }

  /// From `time` on a replica gets nothing more; it is gone when it has ended what it has.
  public mutating func drainReplica(_ replica: Int, at time: Double) {
    live.drainReplica(replica, at: reach(time))
  }

  /// At `time` a replica is taken away: what it has is aborted when the step under way ends.
  public mutating func removeReplica(_ replica: Int, at time: Double) {
    live.removeReplica(replica, at: reach(time))
  }

  /// The time of so many seconds, up to which it is about to be played.
  private mutating func reach(_ seconds: Double) -> SimTime {
    let time = SimTime(seconds: seconds)
    played = max(played, time)
    return time
  }
}
