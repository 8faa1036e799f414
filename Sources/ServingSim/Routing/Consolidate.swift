/// On as few replicas as hold all requests, so that the others can be off: to the first that is on
/// and has a seat free; if there is none, to the first that is off; if there is none either, to the
/// one with the fewest outstanding requests.
struct Consolidate: Router {
  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    var off: Int?
    for place in 0..<fleet.count {
      let replica = fleet.member(place)
      let view = fleet[replica]
      if view.isOff {
        off = off ?? replica
      } else if view.outstanding < view.maxNumSeqs {
        return replica
      }
    }
    return off ?? fleet.leastOutstanding
  }
}
