import ServingModel

/// `accelerator`: a catalogue name, or a description of one that the catalogue lacks.
enum AcceleratorSection: Sendable {
  case named(Stated<String>)
  case described(Accelerator, DocumentNode)

  init?(_ group: Fields) {
    let expected = "a catalogue name or a mapping"
    let node = group.node(
      "accelerator", expected, "A name of `kavier catalog accelerators`, or a description.",
      .needed("unless `step_time` is linear or a table"))
    guard let node else { return nil }
    let path = group.path("accelerator")
    if case .mapping = node.content {
      guard let accelerator = Self.accelerator(group.below("accelerator", node)) else { return nil }
      self = .described(accelerator, node)
      return
    }
    let name = group.scalar(node, path: path, expected: expected) { $0 }
    guard let name else { return nil }
    self = .named(name)
  }

  /// One direction of PCIe 4.0 x16: what joins accelerators and host when nothing else is said.
  static let hostLink = BytesPerSecond.gigabytes(31.5)

  private static let unnamed = "described in the scenario"

  private static func rate(of format: NumberFormat, _ fields: Fields) -> FLOPsPerSecond? {
    let isBase = format == .bfloat16
    return fields.quantity(
      format.rawValue, .compute, atLeast: "1 GFLOP/s",
      isBase ? "The dense rate; float16 counts as this." : "The dense rate in this format.",
      isBase ? .required("the dense rate, like 989 TFLOP/s") : .default("the rate of bf16"))?.value
  }

  private static func accelerator(_ fields: Fields) -> Accelerator? {
    fields.introduce("As a data sheet has them: dense rates, and links in one direction.")
    let name =
      fields.text("name", "What reports call it.", .default(unnamed))?.value ?? unnamed
    let memory = fields.quantity(
      "memory", .size, atLeast: "1 MiB", "The size of its memory.",
      .required("a size like 80 GiB"))
    let bandwidth = fields.quantity(
      "memory_bandwidth", .bandwidth, atLeast: "1 GB/s", "The bandwidth of its memory.",
      .required("a bandwidth like 3.35 TB/s"))
    let compute = NumberFormat.allCases.map { ($0, rate(of: $0, fields)) }
    let link = fields.quantity(
      "link_bandwidth", .bandwidth, atLeast: "1 MB/s",
      "Between the accelerators of one server, in one direction. Without it they share the link to "
        + "the host.")
    let domain = fields.wholeNumber(
      "link_domain", in: 2...100_000, "How many accelerators the link joins.", .default("8"))
    let hostLink = fields.quantity(
      "host_bandwidth", .bandwidth, atLeast: "1 MB/s", "To the host, in one direction.",
      .default("31.5 GB/s, PCIe 4.0 x16"))
    let power = fields.quantity("power", .power, "Thermal design power.")
    if link == nil, let domain {
      fields.issues.add(domain.origin, domain.path, "stated without link_bandwidth")
    }
    fields.finish()
    guard let memory, let bandwidth else { return nil }
    return Accelerator(
      id: name, name: name, vendor: "", memory: memory.value, memoryBandwidth: bandwidth.value,
      denseCompute: Dictionary(
        uniqueKeysWithValues: compute.compactMap { pair in pair.1.map { (pair.0, $0) } }),
      scaleUp: link.map {
        ScaleUpLink(technology: "link", bandwidth: $0.value, domain: domain?.value ?? 8)
      },
      hostLink: hostLink?.value ?? Self.hostLink, thermalDesignPower: power?.value,
      source: "the scenario")
  }
}
