/// Smooth weighted round robin as nginx has it (`ngx_http_upstream_get_peer` in
/// src/http/ngx_http_upstream_round_robin.c): at each request every member gains its weight, the first of
/// those with the most is taken, and loses the weights of all. When members come or go it begins anew.
///
/// After `turn` requests of which a member got `taken`, it has `turn` times its weight less `taken` times
/// the weights of all. So among members of one weight it is the turn of the next one, and only the
/// weights that differ are compared: a request costs the same whatever the number of replicas.
struct WeightedRoundRobin: Router {
  private var membership = -1
  private var classes: [WeightClass] = []
  /// Of all members together.
  private var weights = 0
  /// Requests since all gains were last 0, which they are again when there were as many as `weights`.
  private var turn = 0

  /// The members of one weight.
  private struct WeightClass {
    let weight: Int
    var members: [Int] = []
    /// Requests that they got since.
    var taken = 0

    var next: Int { members[taken % members.count] }
    /// How often its next member was taken.
    var rounds: Int { taken / members.count }
  }

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    if membership != fleet.membership { look(at: fleet) }
    turn += 1
    var best = 0
    for other in classes.indices.dropFirst() {
      let (gain, most) = (gain(of: other), gain(of: best))
      if gain > most || gain == most && classes[other].next < classes[best].next { best = other }
    }
    let replica = classes[best].next
    classes[best].taken += 1
    if turn == weights { rewind() }
    return replica
  }

  private func gain(of place: Int) -> Int {
    turn * classes[place].weight - classes[place].rounds * weights
  }

  private mutating func look(at fleet: FleetView) {
    membership = fleet.membership
    let members = (0..<fleet.count).map { fleet.member($0) }
    // Who came may have gone since.
    guard members != classes.flatMap(\.members).sorted() else { return }
    classes = []
    weights = 0
    rewind()
    for replica in members {
      let weight = fleet.weight(of: replica)
      weights += weight
      let known = classes.firstIndex { $0.weight == weight } ?? classes.count
      if known == classes.count { classes.append(WeightClass(weight: weight)) }
      classes[known].members.append(replica)
    }
  }

  private mutating func rewind() {
    turn = 0
    for place in classes.indices { classes[place].taken = 0 }
  }
}
