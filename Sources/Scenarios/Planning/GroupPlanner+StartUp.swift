import ServingModel
import ServingSim
import SimKernel

/// How long a new replica takes to be up.
struct PlannedStartUp {
  /// Until its node is there with the image on it.
  var node: SimDuration
  /// From then on.
  var replica: SimDuration
}

extension GroupPlanner {
  /// The parts of `start_up`, with the times that follow from sizes; nil, with a problem, where one is
  /// missing. `checkpoint`: the weights of the model, once; nil: no model is stated.
  func startUp(
    _ section: StartUpSection, checkpoint: Bytes?, lines: inout PlanLines, derived: inout PlanLines
  ) -> PlannedStartUp? {
    state(section, &lines)
    if let whole = section.whole { return PlannedStartUp(node: .zero, replica: whole.value) }
    guard let engine = section.engine else { return nil }
    guard let weights = section.weights?.value ?? checkpoint else {
      issues.add(
        section.origin, "\(section.path).weights",
        "missing; expected the size of the weights, like 16 GB, or a model to derive it from")
      return nil
    }
    let image = section.image.flatMap { image in
      section.networkBandwidth.map { image.value.count / $0.value.rate }
    }
    guard let slower = slower(section) else { return nil }
    let load = weights.count / slower.bandwidth.rate
    let node = section.node?.value.seconds ?? 0
    let all = node + (image ?? 0) + load + engine.value.seconds
    guard all <= SimDuration.longest.seconds else {
      issues.add(
        section.origin, section.path,
        "its parts come to \(Self.seconds(all)); expected at most 53 d together")
      return nil
    }
    let path = "derived.\(section.path)"
    if let image {
      derived.add("\(path).image", Self.seconds(image), "derived: image / network_bandwidth")
    }
    derived.add(
      "\(path).weights", Self.seconds(load),
      "derived: \(weights.text)\(section.weights == nil ? ", each weight of the model once," : "") / "
        + slower.name)
    derived.add("\(path).sum", Self.seconds(all), "derived: node, image, weights and engine")
    return PlannedStartUp(
      node: SimDuration(seconds: node + (image ?? 0)),
      replica: SimDuration(seconds: load + engine.value.seconds))
  }

  private func state(_ section: StartUpSection, _ lines: inout PlanLines) {
    lines.stated(section.whole)
    lines.stated(section.node)
    lines.stated(section.image)
    lines.stated(section.weights)
    lines.stated(section.networkBandwidth)
    lines.stated(section.storageBandwidth)
    lines.stated(section.engine)
  }

  /// What weights are read at; nil: neither is stated.
  private func slower(_ section: StartUpSection) -> (name: String, bandwidth: BytesPerSecond)? {
    let known = [
      section.storageBandwidth.map { (name: "storage_bandwidth", bandwidth: $0.value) },
      section.networkBandwidth.map { (name: "network_bandwidth", bandwidth: $0.value) },
    ].compactMap { $0 }
    return known.min { $0.bandwidth.rate < $1.bandwidth.rate }
  }

  /// To the hundredth.
  private static func seconds(_ seconds: Double) -> String {
    seconds < 1e13 ? "\((seconds * 100).rounded() / 100) s" : "more than 1e13 s"
  }
}

extension GroupPlanner {
  /// What the pool's replicas stand on, `count` of them from the start; nil: the scenario does not say.
  func nodes(
    _ section: ScalingSection, _ startUp: PlannedStartUp, beginning count: Int,
    lines: inout PlanLines
  ) -> NodePlan? {
    guard let nodes = section.nodes else { return nil }
    let size = lines.resolve(
      nodes.replicasPerNode, "\(nodes.path).replicas_per_node", default: 1)
    lines.stated(nodes.quota)
    let minimum = lines.resolve(
      nodes.minimumBilling, "\(nodes.path).minimum_billing", default: .zero, as: "0 s")
    if let quota = nodes.quota {
      let needed = (count + size - 1) / size
      if needed > quota.value {
        issues.add(
          quota.origin, quota.path,
          "found \(quota.value); the \(count) replicas of the beginning take \(needed) nodes")
      }
      if let most = section.maxReplicas, most.value > quota.value * size {
        lines.remark(
          Remark(
            field: most.path, value: most.text,
            reason: "\(quota.value) nodes of \(size) replicas hold \(quota.value * size)"))
      }
    }
    return NodePlan(
      NodeTerms(replicasPerNode: size, minimumBilling: minimum), quota: nodes.quota?.value,
      provisioning: startUp.node)
  }
}
