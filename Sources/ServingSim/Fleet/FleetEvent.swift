import SimKernel

/// Something that happens to a fleet beside the ends of its replicas' steps.
struct FleetEvent: BitwiseCopyable, Comparable {
  /// In the order in which they happen at one instant. Each comes after the steps that end then.
  enum Kind: UInt8, BitwiseCopyable {
    /// A replica that was waking or starting is up: the first, since who arrives is served by it.
    case up
    /// A replica may have idled so long that it goes off: before arrivals, which then find it off.
    case idled
    /// The client of a request gives up: before arrivals, since it makes room for them.
    case left
    /// Replicas say how they are, for routers: before anybody arrives, and before the fleet changes.
    case report
    /// Something goes wrong: before scalers look and anybody arrives, who then find less.
    case failure
    /// A replica whose machine is taken back loses what it still has.
    case lost
    /// A replica that nobody reached can be reached again: before it is known that it cannot.
    case reconnected
    /// It is known that nobody reaches a replica.
    case noticed
    /// A replica that was slow is as fast as before.
    case recovered
    /// The scaler looks at the fleet as it was before anybody arrives.
    case tick
    /// The KV entries of a request have reached the replica that answers it: before others come there.
    case transferred
    /// A tier begins to send what was asked of it.
    case loading
    /// A replica is told that another one has computed a prompt for it.
    case handover
    /// A request has reached the pool that it was sent to: before those who arrive later.
    case delivery
    /// A request arrives, or comes again after the gate held it: after all that changes the fleet.
    case arrival
  }

  var time: Instant
  /// Of a replica, a request, a scaler or a source of failures, by the kind.
  var number: Int32
  var kind: Kind

  /// Whether a run goes on for its sake. The others only matter while something else goes on.
  var isWork: Bool { kind == .arrival || kind == .delivery }

  @inline(__always)
  static func < (a: Self, b: Self) -> Bool {
    a.time < b.time || (a.time == b.time && a.order < b.order)
  }

  private var order: Int64 { Int64(kind.rawValue) << 32 | Int64(number) }
}
