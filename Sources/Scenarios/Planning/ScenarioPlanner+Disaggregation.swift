import ServingSim

/// Which pools compute prompts for which others.
extension ScenarioPlanner {
  /// Pairs pools that decode with those that prefill for the same models in the same region. `modes`: of
  /// each pool.
  func pair(
    _ pools: inout [PoolPlan], _ modes: [DisaggregationSection.Mode?],
    _ groups: [(name: String, section: GroupSection)], _ poolOfGroup: [String: Int],
    _ replicas: [ReplicaPlan]
  ) {
    let plain = pools
    for p in pools.indices where modes[p] == .decode {
      let prefill = plain.indices.first { modes[$0] == .prefill && plain[$0] == plain[p] }
      let nonCached = groups.filter { poolOfGroup[$0.name] == p }.compactMap {
        $0.section.disaggregation?.nonCachedTokens
      }
      checkThresholds(nonCached)
      pools[p].prefill = prefill.map {
        PrefillPlan(pool: $0, nonCachedTokens: nonCached.first?.value ?? 0)
      }
    }
    for (name, section) in groups {
      guard let disaggregation = section.disaggregation, let mode = disaggregation.mode,
        let pool = poolOfGroup[name]
      else { continue }
      let other = DisaggregationSection.Mode.allCases.first { $0 != mode.value } ?? .decode
      guard
        let partner = plain.indices.first(where: {
          modes[$0] == other && plain[$0] == plain[pool]
        })
      else {
        issues.add(
          mode.origin, mode.path,
          "found \(mode.value.rawValue); no group with mode: \(other.rawValue) has the same models"
            + (section.region == nil ? "" : " and region"))
        continue
      }
      if mode.value == .decode { checkEntries(name, disaggregation, partner, replicas) }
    }
  }

  private func checkThresholds(_ stated: [Stated<Int>]) {
    guard let first = stated.first else { return }
    for other in stated.dropFirst() where other.value != first.value {
      issues.add(
        other.origin, other.path,
        "found \(other.value); \(first.path), of the same models and region, is \(first.value)")
    }
  }

  /// KV entries mean the same on both sides.
  private func checkEntries(
    _ group: String, _ section: DisaggregationSection, _ partner: Int, _ replicas: [ReplicaPlan]
  ) {
    guard let replica = replicas.first(where: { $0.group == group }),
      let other = replicas.first(where: { $0.pool == partner }),
      let (own, theirs) = difference(replica, other)
    else { return }
    issues.add(
      section.origin, section.path,
      "\(group) has \(own) and \(other.group) \(theirs); expected the same on both sides")
  }

  private func difference(_ a: ReplicaPlan, _ b: ReplicaPlan) -> (String, String)? {
    if a.model != b.model {
      return ("the model \(a.model ?? "-")", "\(b.model ?? "-")")
    }
    if a.blockSize != b.blockSize {
      return ("blocks of \(a.blockSize) tokens", "of \(b.blockSize)")
    }
    guard let own = a.kvTransfer, let theirs = b.kvTransfer, own.blockBytes != theirs.blockBytes
    else { return nil }
    return ("KV blocks of \(own.blockBytes) bytes", "of \(theirs.blockBytes)")
  }
}
