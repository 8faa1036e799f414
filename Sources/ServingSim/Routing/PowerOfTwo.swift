import SimKernel

/// To the one of two members drawn at random that has fewer outstanding requests, the first drawn among
/// equals (Mitzenmacher, "The power of two choices in randomized load balancing", 2001). The two differ,
/// as they do in nginx (`random two`) and in SGLang's router.
struct PowerOfTwo: Router {
  var random: RandomStream

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    let first = random.integer(below: fleet.count)
    let other = random.integer(below: fleet.count - 1)
    let one = fleet.member(first)
    let two = fleet.member(other < first ? other : other + 1)
    return fleet[two].outstanding < fleet[one].outstanding ? two : one
  }
}
