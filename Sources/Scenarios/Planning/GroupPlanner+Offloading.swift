import ServingModel
import ServingPolicies
import ServingSim
import SimKernel

/// Replicas that keep KV entries outside of their accelerators.
extension GroupPlanner {
  /// What engines like `replica` keep where; nil: nothing, or, with problems, it cannot be.
  func offloading(
    of replica: ReplicaPlan, _ engine: EngineOptions, lines: inout PlanLines,
    derived: inout PlanLines
  ) -> OffloadingPlan? {
    guard let section = group.kvOffloading, let cpuBytes = section.cpuBytes,
      checkEngine(section, engine, replica)
    else { return nil }
    lines.stated(cpuBytes)
    let path = section.path
    let minimum = lines.resolve(section.minLoadTokens, "\(path).min_load_tokens", default: 0)
    let load = lines.resolve(section.load, "\(path).load", default: .always)
    let bytes = bytesPerToken(
      section.bytesPerToken, in: path, section.origin, replica, &lines, &derived)
    let bandwidth = bandwidth(
      section.bandwidth, in: path, section.origin, "what comes from the host's memory", replica,
      &lines, link: "host bandwidth", of: \.hostLink)
    guard let bytes, let bandwidth else { return nil }
    let blockBytes = max(1, Int64(bytes * Double(replica.blockSize)))
    func blocks(_ size: Stated<Bytes>) -> Int? {
      let blocks = Int(min(size.value.count / Double(blockBytes), 1e15))
      guard blocks < 1 else { return blocks }
      issues.add(
        size.origin, size.path,
        "is less than a KV block of \(replica.blockSize) tokens takes, which is \(blockBytes) bytes"
      )
      return nil
    }
    let host = blocks(cpuBytes)
    let tiers = section.secondaryTiers.map { tier($0, blocks, &lines) }
    guard let host, !tiers.contains(where: { $0 == nil }) else { return nil }
    derived.add(
      "derived.\(path).cpu_blocks", "\(host)",
      "derived: \(cpuBytes.value.text), \(blockBytes) bytes a block")
    return OffloadingPlan(
      blockBytes: blockBytes, bandwidth: max(1, Int64(min(bandwidth, 1e18))), hostBlocks: host,
      secondaryTiers: tiers.compactMap { $0 }, minLoadTokens: minimum,
      loadsOnlyIfFaster: load == .ifFaster)
  }

  private func tier(
    _ section: OffloadingSection.Tier, _ blocks: (Stated<Bytes>) -> Int?, _ lines: inout PlanLines
  ) -> SecondaryTier? {
    guard let name = section.name, let bytes = section.bytes, let bandwidth = section.bandwidth,
      let blocks = blocks(bytes)
    else { return nil }
    lines.stated(name)
    lines.stated(bytes)
    lines.stated(bandwidth)
    lines.stated(section.totalBandwidth)
    let locality = lines.resolve(section.locality, "\(section.path).locality", default: .local)
    let latency = lines.resolve(
      section.latency, "\(section.path).latency", default: .zero, as: "0 s")
    if locality == .local, let total = section.totalBandwidth {
      issues.add(total.origin, total.path, "goes with locality: remote")
      return nil
    }
    return SecondaryTier(
      store: locality == .remote ? stores.firstIndex(of: name.value) : nil, blocks: blocks,
      bandwidth: max(1, Int64(min(bandwidth.value.rate, 1e18))), latency: latency)
  }

  private func checkEngine(
    _ section: OffloadingSection, _ engine: EngineOptions, _ replica: ReplicaPlan
  ) -> Bool {
    var reason: String?
    if engine.name != .vllm {
      reason =
        "goes with vLLM's batching; how \(engine.name.title) loads KV entries is not known here"
    } else if engine.batchPolicy is StaticBatching {
      reason = "goes with continuous batching; a static batch waits for nobody"
    } else if !replica.enablePrefixCaching {
      reason = "goes with enable_prefix_caching: true, by which vLLM finds what is kept"
    } else if !replica.enableChunkedPrefill {
      reason = "goes with enable_chunked_prefill: true; without it is not known here"
    }
    if let reason { issues.add(section.origin, section.path, reason) }
    return reason == nil
  }
}
