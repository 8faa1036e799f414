import Impact
import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

/// Where groups and clients are, and which groups serve which requests.
extension ScenarioPlanner {
  /// Regions, how far they are from each other, and in which order requests go to them.
  mutating func regions(_ pools: [PoolPlan]) -> RegionPlan {
    var plan = RegionPlan()
    for section in scenario.regions { state(section) }
    plan.names = regionNames
    checkNames()
    plan.latency = latencies()
    plan.serves = scenario.regions.map { section in
      let served = section.serves.compactMap { place(of: $0) }
      return section.serves.isEmpty ? nil : Set(served)
    }
    if let section = scenario.router?.region {
      state(section, isUseful: pools.count > 1)
      addPolicy(section, to: &plan)
    }
    return plan
  }

  private var regionNames: [String] { scenario.regions.compactMap { $0.name?.value } }

  private mutating func state(_ section: RegionSection) {
    lines.stated(section.name)
    lines.stated(section.latency)
    for link in section.links {
      lines.stated(link.to)
      lines.stated(link.latency)
    }
    for region in section.serves { lines.stated(region) }
  }

  private func checkNames() {
    var known: Set<String> = []
    for case let name? in scenario.regions.map(\.name) where !known.insert(name.value).inserted {
      issues.add(name.origin, name.path, "a second region is named \"\(name.value)\"")
    }
    for case let name? in scenario.impact?.regions.map(\.name) ?? [] { _ = place(of: name) }
  }

  /// The number of a region that something names; nil, with a problem, where there is none.
  private func place(of stated: Stated<String>) -> Int? {
    if let place = regionNames.firstIndex(of: stated.value) { return place }
    let expected =
      regionNames.isEmpty
      ? "the scenario has no regions" : "expected one of \(Spelling.list(regionNames))"
    issues.add(
      stated.origin, stated.path,
      "no region \"\(stated.value)\"; \(expected)"
        + Spelling.hint(for: stated.value, of: regionNames))
    return nil
  }

  /// By the client's region and the pool's.
  private func latencies() -> [[SimDuration]] {
    let count = regionNames.count
    guard count == scenario.regions.count else { return [] }
    var table = Array(repeating: [SimDuration?](repeating: nil, count: count), count: count)
    for (here, section) in scenario.regions.enumerated() {
      table[here][here] = section.latency?.value ?? .zero
      for link in section.links {
        guard let to = link.to, let latency = link.latency, let there = place(of: to) else {
          continue
        }
        if table[here][there] != nil {
          let reason =
            here == there
            ? "the region itself; its own latency is \(section.path).latency"
            : "a second link to \(to.value), which is linked already"
          issues.add(to.origin, to.path, reason)
        }
        table[here][there] = latency.value
        table[there][here] = latency.value
      }
    }
    for here in 0..<count {
      for there in 0..<here where table[here][there] == nil {
        let section = scenario.regions[here]
        issues.add(
          section.origin, "\(section.path).links",
          "no link to \(regionNames[there]); expected one like "
            + "{to: \(regionNames[there]), latency: 80 ms}")
      }
    }
    return table.map { $0.map { $0 ?? .zero } }
  }

  private mutating func state(_ section: RegionRoutingSection, isUseful: Bool) {
    func state<Value>(_ stated: Stated<Value>?) {
      guard let stated else { return }
      if isUseful {
        lines.stated(stated)
      } else {
        lines.withoutEffect(stated, "all replicas are in one pool")
      }
    }
    state(section.policy)
    state(section.spillover)
    state(section.maxLatency)
  }

  private func addPolicy(_ section: RegionRoutingSection, to plan: inout RegionPlan) {
    plan.policy = section.policy?.value ?? .nearest
    plan.spillover = section.spillover?.value
    plan.maxLatency = section.maxLatency?.value
    guard plan.policy == .lowestCarbon || plan.policy == .lowestPrice else { return }
    let isCarbon = plan.policy == .lowestCarbon
    plan.signals = regionNames.map { name in
      let signal = isCarbon ? impact?.grid(in: name) : impact?.tariff(in: name)
      if signal == nil, let stated = section.policy {
        issues.add(
          stated.origin, stated.path,
          "\(stated.value.rawValue) goes by the \(isCarbon ? "grid" : "tariff") of impact.regions, "
            + "which is not stated for \(name)")
      }
      return signal?.value ?? StepSeries(constant: 0)
    }
    if regionNames.isEmpty, let stated = section.policy {
      issues.add(
        stated.origin, stated.path, "\(stated.value.rawValue) chooses among regions; state regions")
    }
  }

  /// Puts the replicas of each group into a pool: those of one region that serve the same models.
  mutating func pools(
    of groups: [(name: String, section: GroupSection)], _ replicas: inout [ReplicaPlan],
    _ scaling: inout [ScalingPlan]
  ) -> [PoolPlan] {
    var pools: [PoolPlan] = []
    var modes: [DisaggregationSection.Mode?] = []
    var poolOfGroup: [String: (pool: Int, region: String?)] = [:]
    let served = groups.map { models(of: $0.section, replicas, $0.name) }
    let isMixed = Set(served).count > 1
    for (group, models) in zip(groups, served) {
      lines.stated(group.section.region)
      for name in group.section.servedModelNames { lines.stated(name) }
      let region = group.section.region.flatMap { self.place(of: $0) }
      if group.section.region == nil, !regionNames.isEmpty {
        issues.add(
          group.section.origin, "\(group.section.path).region",
          "missing; expected one of \(Spelling.list(regionNames))")
      }
      let pool = PoolPlan(models: isMixed ? models : [], region: region)
      let mode = group.section.disaggregation?.mode?.value
      let number = pools.indices.first { pools[$0] == pool && modes[$0] == mode } ?? pools.count
      if number == pools.count {
        pools.append(pool)
        modes.append(mode)
      }
      poolOfGroup[group.name] = (number, group.section.region?.value)
    }
    func settle(_ replica: inout ReplicaPlan) {
      guard let found = poolOfGroup[replica.group] else { return }
      (replica.pool, replica.region) = found
    }
    for i in replicas.indices { settle(&replicas[i]) }
    for s in scaling.indices { settle(&scaling[s].replica) }
    pair(&pools, modes, groups, poolOfGroup.mapValues(\.pool), replicas)
    return pools.isEmpty ? [PoolPlan()] : pools
  }

  private func models(
    of section: GroupSection, _ replicas: [ReplicaPlan], _ group: String
  ) -> Set<String> {
    if !section.servedModelNames.isEmpty { return Set(section.servedModelNames.map(\.value)) }
    let model = replicas.first { $0.group == group }?.model
    return model.map { [$0] } ?? []
  }
}
