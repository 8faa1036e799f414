import SimKernel

/// Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam, 2018): each replica stands
/// on a ring many times, and a request goes to the first replica from its own place on, unless that one
/// would then have more than `factor` times the mean of the requests under way, rounded up; then to the
/// next that would not.
///
/// The place is that of the conversation; without one, that of the chain that the prompt lies on; else
/// that of the request. The router counts by itself what it has sent, so its counts are always fresh.
struct ConsistentHashing: Router {
  let factor: Double
  private var membership = -1
  /// Ascending.
  private var ring: [Point] = []

  /// How often each replica stands on the ring: libketama's figure, and nginx's for `hash consistent`.
  static let points = 160

  private struct Point: Comparable {
    var hash: UInt64
    var replica: Int32

    static func < (a: Self, b: Self) -> Bool { (a.hash, a.replica) < (b.hash, b.replica) }
  }

  init(factor: Double) { self.factor = factor }

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    if membership != fleet.membership { place(fleet) }
    let most = Int((factor * Double(fleet.underWay + 1) / Double(fleet.count)).rounded(.up))
    let first = self.place(of: Self.hash(of: request, chain: fleet.chain))
    for step in ring.indices {
      let place = first + step
      let replica = Int(ring[place < ring.count ? place : place - ring.count].replica)
      if fleet.inFlight(on: replica) < most { return replica }
    }
    // Together they may have no fewer than there are with this one.
    preconditionFailure("replicas that have more requests than are under way")
  }

  /// Of the first point that is not before `hash`; their count: there is none.
  private func place(of hash: UInt64) -> Int {
    var (low, high) = (0, ring.count)
    while low < high {
      let middle = (low + high) / 2
      if ring[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func place(_ fleet: FleetView) {
    membership = fleet.membership
    ring.removeAll(keepingCapacity: true)
    for place in 0..<fleet.count {
      let replica = fleet.member(place)
      for point in 0..<Self.points {
        let hash = Self.mixed(UInt64(replica) << 16 | UInt64(point))
        ring.append(Point(hash: hash, replica: Int32(replica)))
      }
    }
    ring.sort()
  }

  private static func hash(of request: RequestView, chain: Int?) -> UInt64 {
    if let session = request.session { return mixed(1 << 60 | UInt64(session)) }
    if let chain { return mixed(2 << 60 | UInt64(chain)) }
    return mixed(3 << 60 | UInt64(request.number))
  }

  private static func mixed(_ number: UInt64) -> UInt64 {
    var mixer = SplitMix64(state: number)
    return mixer.next()
  }
}
