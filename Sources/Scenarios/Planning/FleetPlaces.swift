import ServingSim

/// The groups, replicas and zones of a fleet, by which failures name whom they hit.
struct FleetPlaces {
  /// Why nobody is hit.
  struct Refusal: Error {
    /// What names nobody: `group`, `replica` or `zone`.
    var field: String
    var message: String
  }

  private let replicas: [ReplicaPlan]
  private let scaling: [ScalingPlan]

  init(_ replicas: [ReplicaPlan], _ scaling: [ScalingPlan]) {
    self.replicas = replicas
    self.scaling = scaling
  }

  /// Whom these names are for; without any, all.
  func target(
    group: String?, replica: Int?, zone: String?
  ) throws(Refusal) -> FailureRule.Target {
    if let zone {
      let zones = Set(replicas.compactMap(\.zone)).sorted()
      guard zones.contains(zone) else {
        throw nobody(zone, "zone", of: zones, "state fleet.zone")
      }
      return .zone(zone)
    }
    let groups = replicas.reduce(into: [String]()) {
      if $0.last != $1.group { $0.append($1.group) }
    }
    if let group, !groups.contains(group) {
      throw nobody(group, "group", of: groups, "the fleet has none")
    }
    guard let replica else { return group.map { .group($0) } ?? .all }
    guard let group = group ?? (groups.count == 1 ? groups[0] : nil) else {
      throw Refusal(
        field: "replica",
        message: "goes with group, which says in which of them: "
          + groups.joined(separator: ", "))
    }
    let most = size(of: group)
    guard replica < most else {
      throw Refusal(
        field: "replica",
        message: "found \(replica); group \(group) has replicas 0 to \(most - 1)")
    }
    return .replica(group: group, place: replica)
  }

  /// The most replicas that a group has.
  private func size(of group: String) -> Int {
    let there = replicas.filter { $0.group == group }
    return scaling.first { $0.group == group }?.bounds.upperBound
      ?? there.count / (there.first?.dataParallelSize ?? 1)
  }

  private func nobody(
    _ name: String, _ what: String, of names: [String], _ otherwise: String
  ) -> Refusal {
    let known = names.isEmpty ? otherwise : "expected one of \(names.joined(separator: ", "))"
    return Refusal(field: what, message: "found \"\(name)\", no \(what) of the fleet; \(known)")
  }
}
