import ServingModel

extension GroupPlanner {
  /// The accelerator in its servers; `derived` says when the `size` of one engine take several.
  func placed(
    _ accelerator: Accelerator, group size: Int, lines: inout PlanLines, derived: inout PlanLines
  ) -> Accelerator {
    var placed = accelerator
    let usual = accelerator.network
    let stated = group.network
    placed.network = Network(
      bandwidth: stated?.bandwidth?.value ?? usual.bandwidth,
      serverSize: stated?.serverSize?.value ?? usual.serverSize)
    lines.stated(stated?.serverSize)
    guard size > placed.reach else {
      if let bandwidth = stated?.bandwidth {
        lines.withoutEffect(
          bandwidth, "the \(size) accelerators of an engine reach each other without a network")
      }
      return placed
    }
    let gigabytes = Int(placed.network.bandwidth.rate / 1e9)
    _ = lines.resolve(
      stated?.bandwidth, "\(group.path).network.bandwidth", default: placed.network.bandwidth,
      as: "\(gigabytes) GB/s", "default: of servers with such accelerators")
    derived.add(
      "derived.\(group.path).network",
      "\(size) accelerators in groups of \(placed.reach)",
      "derived: what one server or link domain holds; between them goes the network")
    return placed
  }

  /// A network joins accelerators.
  func checkNetwork() {
    guard let network = group.network, group.accelerator == nil else { return }
    issues.add(network.origin, network.path, "goes with an accelerator")
  }
}
