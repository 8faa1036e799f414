import ServingModel
import ServingPolicies
import ServingSim
import SimKernel

/// Replicas that compute prompts for others, or have theirs computed.
extension GroupPlanner {
  /// How replicas like `replica` send or receive KV entries; nil: they do not, or, with problems, cannot.
  func transfer(
    of replica: ReplicaPlan, _ engine: EngineOptions, lines: inout PlanLines,
    derived: inout PlanLines
  ) -> KVTransferPlan? {
    guard let section = group.disaggregation, let mode = section.mode else { return nil }
    lines.stated(mode)
    let isDecode = mode.value == .decode
    guard checkEngine(section, engine), checkMode(section, isDecode) else { return nil }
    let nonCached = "\(section.path).non_cached_tokens"
    if isDecode { _ = lines.resolve(section.nonCachedTokens, nonCached, default: 0) }
    let latency =
      isDecode
      ? lines.resolve(section.latency, "\(section.path).latency", default: .zero, as: "0 s") : .zero
    let bytes = bytesPerToken(
      section.bytesPerToken, in: section.path, section.origin, replica, &lines, &derived)
    guard let bytes, let bandwidth = bandwidth(section, replica, &lines)
    else { return nil }
    return KVTransferPlan(
      blockBytes: max(1, Int64(bytes * Double(replica.blockSize))),
      bandwidth: max(1, Int64(bandwidth)), latency: latency)
  }

  private func checkEngine(_ section: DisaggregationSection, _ engine: EngineOptions) -> Bool {
    guard engine.name == .vllm else {
      issues.add(
        section.origin, section.path,
        "goes with vLLM's batching; how \(engine.name.title) hands prompts over is not known here")
      return false
    }
    guard !(engine.batchPolicy is StaticBatching) else {
      issues.add(
        section.origin, section.path,
        "goes with continuous batching; a static batch takes nobody in whose prompt comes later")
      return false
    }
    return true
  }

  private func checkMode(_ section: DisaggregationSection, _ isDecode: Bool) -> Bool {
    guard !isDecode else { return true }
    let ofDecode: [(Origin, String)] = [
      section.nonCachedTokens.map { ($0.origin, $0.path) },
      section.latency.map { ($0.origin, $0.path) },
    ].compactMap { $0 }
    for (origin, path) in ofDecode { issues.add(origin, path, "goes with mode: decode") }
    return ofDecode.isEmpty
  }

  /// What KV entries take of `replica`'s tokens, as stated in the section at `path` or by its model; nil,
  /// with a problem: neither is known.
  func bytesPerToken(
    _ stated: Stated<Bytes>?, in path: String, _ origin: Origin, _ replica: ReplicaPlan,
    _ lines: inout PlanLines, _ derived: inout PlanLines
  ) -> Double? {
    if let stated {
      lines.stated(stated)
      return stated.value.count
    }
    guard let meter = replica.meter else {
      issues.add(
        origin, "\(path).bytes_per_token",
        "missing; expected what the KV entries of a token take, like 128 KiB, or a model and an "
          + "accelerator to derive it from")
      return nil
    }
    derived.add(
      "derived.\(path).bytes_per_token", Bytes(meter.writtenBytesPerToken).text,
      "derived: what the model's layers write for a token")
    return meter.writtenBytesPerToken
  }

  private func bandwidth(
    _ section: DisaggregationSection, _ replica: ReplicaPlan, _ lines: inout PlanLines
  ) -> Double? {
    bandwidth(
      section.bandwidth, in: section.path, section.origin, "what a replica sends and receives",
      replica, &lines, link: "network bandwidth"
    ) { group.network?.bandwidth?.value ?? $0.network.bandwidth }
  }

  /// Bytes a second over links of all accelerators of `replica`, as stated in the section at `path` or as
  /// `each` has them; nil, with a problem that says `what` is missing: neither is known.
  func bandwidth(
    _ stated: Stated<BytesPerSecond>?, in path: String, _ origin: Origin, _ what: String,
    _ replica: ReplicaPlan, _ lines: inout PlanLines, link: String,
    of each: (Accelerator) -> BytesPerSecond
  ) -> Double? {
    if let stated {
      lines.stated(stated)
      return stated.value.rate
    }
    guard let accelerator = replica.accelerator else {
      issues.add(
        origin, "\(path).bandwidth",
        "missing; expected \(what), like 50 GB/s, or an accelerator to derive it from")
      return nil
    }
    let count = replica.acceleratorCount
    let bandwidth = each(accelerator).rate * Double(count)
    lines.add(
      "\(path).bandwidth", "\(Int(bandwidth / 1e9)) GB/s",
      "default: the \(link) of \(count) accelerator\(count == 1 ? "" : "s")")
    return bandwidth
  }
}
