import SimKernel

/// Each member gets a score, the weighted sum of what some scorers give it, and a picker takes one: the
/// scheduler of the Gateway API Inference Extension's endpoint picker, and of llm-d. Its filters sort
/// out who cannot serve; members can.
struct Scoring: Router {
  let scorers: [WeightedScorer]
  let picker: PickerName
  private var random: RandomStream
  /// The replica that served each conversation last.
  private var homes: [Int: Int] = [:]
  private let keepsHomes: Bool
  /// Of the members, by place.
  private var scores: [Double] = []

  init(_ scorers: [WeightedScorer], _ picker: PickerName, random: RandomStream) {
    self.scorers = scorers
    self.picker = picker
    self.random = random
    keepsHomes = scorers.contains { $0.scorer == .sessionAffinity }
  }

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    scores.removeAll(keepingCapacity: true)
    scores.append(contentsOf: repeatElement(0, count: fleet.count))
    for weighted in scorers { add(weighted, request, fleet) }
    let replica = fleet.member(picker == .maxScore ? best() : anyByScore())
    if keepsHomes, let session = request.session { homes[session] = replica }
    return replica
  }

  private mutating func add(
    _ weighted: WeightedScorer, _ request: RequestView, _ fleet: FleetView
  ) {
    let weight = weighted.weight
    switch weighted.scorer {
    case .prefixCache:
      add(weight, fleet) {
        Double(fleet.cachedTokens(on: $0)) / Double(request.promptTokens)
      }
    case .queue: addFewest(weight, fleet) { fleet[$0].waiting }
    case .kvCacheUtilization: add(weight, fleet) { 1 - fleet.kvCacheUtilization(of: $0) }
    case .runningRequests: addFewest(weight, fleet) { fleet[$0].running }
    case .activeRequests: addIdlest(weight, fleet)
    case .sessionAffinity:
      guard let home = request.session.flatMap({ homes[$0] }) else { return }
      add(weight, fleet) { $0 == home ? 1 : 0 }
    }
  }

  private mutating func add(_ weight: Double, _ fleet: FleetView, _ score: (Int) -> Double) {
    for place in scores.indices { scores[place] += weight * score(fleet.member(place)) }
  }

  /// 1 for the fewest, 0 for the most; 1 for all where these are the same.
  private mutating func addFewest(_ weight: Double, _ fleet: FleetView, _ count: (Int) -> Int) {
    var (least, most) = (Int.max, Int.min)
    for place in 0..<fleet.count {
      let count = count(fleet.member(place))
      (least, most) = (min(least, count), max(most, count))
    }
    add(weight, fleet) {
      least == most ? 1 : Double(most - count($0)) / Double(most - least)
    }
  }

  private mutating func addIdlest(_ weight: Double, _ fleet: FleetView) {
    var most = 0
    for place in 0..<fleet.count { most = max(most, fleet.inFlight(on: fleet.member(place))) }
    add(weight, fleet) {
      most == 0 ? 1 : Double(most - fleet.inFlight(on: $0)) / Double(most)
    }
  }

  /// The place of the highest score, any of equals.
  private mutating func best() -> Int {
    var (best, equals) = (0, 1)
    for place in scores.indices.dropFirst() {
      if scores[place] > scores[best] {
        (best, equals) = (place, 1)
      } else if scores[place] == scores[best] {
        equals += 1
      }
    }
    guard equals > 1 else { return best }
    var left = random.integer(below: equals)
    for place in scores.indices where scores[place] == scores[best] {
      if left == 0 { return place }
      left -= 1
    }
    return best
  }

  private mutating func anyByScore() -> Int {
    let sum = scores.reduce(0, +)
    guard sum > 0 else { return random.integer(below: scores.count) }
    let wanted = random.uniform() * sum
    var reached = 0.0
    for place in scores.indices {
      reached += scores[place]
      if wanted < reached { return place }
    }
    return scores.count - 1
  }
}
