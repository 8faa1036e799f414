import ServingModel

/// `accelerator`: a catalogue name, or a description of one that the catalogue lacks.
enum AcceleratorSection: Sendable {
  case named(Stated<String>)
  case described(Accelerator, DocumentNode)

  init?(_ group: Fields) {
    guard let node = group.node("accelerator") else { return nil }
    let path = group.path("accelerator")
    if case .mapping = node.content {
      let fields = Fields(node, path: path, issues: group.issues)
      guard let accelerator = Self.accelerator(fields) else { return nil }
      self = .described(accelerator, node)
      return
    }
    let name = group.scalar(node, path: path, expected: "a catalogue name or a mapping") { $0 }
    guard let name else { return nil }
    self = .named(name)
  }

  /// One direction of PCIe 4.0 x16: what joins accelerators and host when nothing else is said.
  static let hostLink = BytesPerSecond.gigabytes(31.5)

  private static func accelerator(_ fields: Fields) -> Accelerator? {
    let name = fields.text("name")?.value ?? "described in the scenario"
    let memory = fields.quantity("memory", .size, atLeast: "1 MiB")
    let bandwidth = fields.quantity("memory_bandwidth", .bandwidth, atLeast: "1 GB/s")
    let compute = NumberFormat.allCases.map { format in
      (format, fields.quantity(format.rawValue, .compute, atLeast: "1 GFLOP/s")?.value)
    }
    let link = fields.quantity("link_bandwidth", .bandwidth, atLeast: "1 MB/s")
    let domain = fields.wholeNumber("link_domain", in: 2...100_000)
    let hostLink = fields.quantity("host_bandwidth", .bandwidth, atLeast: "1 MB/s")
    let power = fields.quantity("power", .power)
    fields.require("memory", "a size like 80 GiB")
    fields.require("memory_bandwidth", "a bandwidth like 3.35 TB/s")
    fields.require("bf16", "the dense rate, like 989 TFLOP/s")
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
