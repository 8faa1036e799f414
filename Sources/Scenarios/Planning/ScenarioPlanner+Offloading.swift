import ServingModel
import ServingSim

/// Tiers that engines share.
extension ScenarioPlanner {
  /// Their names, each once.
  var storeNames: [String] {
    var names: [String] = []
    for tier in remoteTiers {
      guard let name = tier.name?.value, !names.contains(name) else { continue }
      names.append(name)
    }
    return names
  }

  private var remoteTiers: [OffloadingSection.Tier] {
    scenario.fleet.flatMap { $0.kvOffloading?.secondaryTiers ?? [] }
      .filter { $0.locality?.value == .remote }
  }

  /// One store a name. Who shares one keeps the same things in it.
  func sharedStores(_ replicas: [ReplicaPlan]) -> [SharedStorePlan] {
    storeNames.enumerated().compactMap { store, name in
      let tiers = remoteTiers.filter { $0.name?.value == name }
      checkAlike(tiers)
      let users = replicas.filter { replica in
        replica.offloading?.secondaryTiers.contains { $0.store == store } ?? false
      }
      checkUsers(users, of: tiers)
      guard let first = users.first,
        let blocks = first.offloading?.secondaryTiers.first(where: { $0.store == store })?.blocks
      else { return nil }
      let total = tiers.lazy.compactMap(\.totalBandwidth).first?.value.rate ?? 1e18
      return SharedStorePlan(
        blocks: blocks, blockSize: first.blockSize, bandwidth: max(1, Int64(min(total, 1e18))))
    }
  }

  private func checkAlike(_ tiers: [OffloadingSection.Tier]) {
    guard let first = tiers.first else { return }
    for tier in tiers.dropFirst() {
      if tier.bytes?.value != first.bytes?.value { tellUnlike("bytes_to_use", tier, first) }
      if tier.totalBandwidth?.value != first.totalBandwidth?.value {
        tellUnlike("total_bandwidth", tier, first)
      }
    }
  }

  private func tellUnlike(
    _ field: String, _ tier: OffloadingSection.Tier, _ first: OffloadingSection.Tier
  ) {
    issues.add(
      tier.origin, "\(tier.path).\(field)",
      "is not that of \(first.path), which is the same tier")
  }

  private func checkUsers(_ users: [ReplicaPlan], of tiers: [OffloadingSection.Tier]) {
    guard let first = users.first, let tier = tiers.last else { return }
    func check(_ name: String, _ value: (ReplicaPlan) -> String) {
      guard let other = users.first(where: { value($0) != value(first) }) else { return }
      issues.add(
        tier.origin, tier.path,
        "\(first.group) has \(name) \(value(first)) and \(other.group) \(value(other)); engines that "
          + "share a tier have the same")
    }
    check("the model") { $0.model ?? "-" }
    check("block_size") { "\($0.blockSize)" }
    check("KV blocks of") { "\($0.offloading?.blockBytes ?? 0) bytes" }
  }
}
