/// The number format that a matrix product runs in, or that weights or KV entries are stored in.
package enum NumberFormat: String, CaseIterable, Sendable {
  case float32 = "fp32"
  /// 16-bit brain floating point; float16 runs at the same rate and takes the same room.
  case bfloat16 = "bf16"
  case float8 = "fp8"
  case int8 = "int8"
  case float4 = "fp4"
  case int4 = "int4"

  /// Bytes a value takes, scales of block formats included.
  package var bytes: Double {
    switch self {
    case .float32: 4
    case .bfloat16: 2
    case .float8, .int8: 1
    // 4 bits and one 8-bit scale for every 32 values (OCP MX specification 1.0).
    case .float4, .int4: 0.53125
    }
  }
}

/// One accelerator as its maker describes it: peaks are dense (never the marketed sparse ones) and
/// link bandwidths count one direction.
package struct Accelerator: Hashable, Sendable {
  /// The catalogue name, as a scenario spells it: `h100-sxm`.
  package var id: String
  package var name: String
  package var vendor: String
  package var memory: Bytes
  package var memoryBandwidth: BytesPerSecond
  /// Dense peak by format; a format that is absent runs at bf16's rate after conversion.
  package var denseCompute: [NumberFormat: FLOPsPerSecond]
  /// How much faster its matrix units would be but for a limit of the product: where the dense peak is
  /// held back to a half, neither power nor memory keeps products from all of it. 1: not held back.
  package var headroom: Double
  /// Between accelerators of one scale-up domain; nil when only the host link joins them.
  package var scaleUp: ScaleUpLink?
  /// To the host and, without `scaleUp`, to the neighbours.
  package var hostLink: BytesPerSecond
  /// To other servers.
  package var network: Network
  /// Thermal design power; nil when the maker does not publish one.
  package var thermalDesignPower: Watts?
  /// Where the figures come from.
  package var source: String
  /// What a user has to know before trusting them.
  package var note: String

  package init(
    id: String, name: String, vendor: String, memory: Bytes, memoryBandwidth: BytesPerSecond,
    denseCompute: [NumberFormat: FLOPsPerSecond], scaleUp: ScaleUpLink?,
    hostLink: BytesPerSecond, network: Network? = nil, thermalDesignPower: Watts?, source: String,
    note: String = "", headroom: Double = 1
  ) {
    self.id = id
    self.name = name
    self.vendor = vendor
    self.memory = memory
    self.memoryBandwidth = memoryBandwidth
    self.denseCompute = denseCompute
    self.scaleUp = scaleUp
    self.hostLink = hostLink
    self.network = network ?? .usual(id)
    self.thermalDesignPower = thermalDesignPower
    self.source = source
    self.note = note
    self.headroom = headroom
  }
}

/// The fast link between accelerators of one domain (NVLink, Infinity Fabric, ICI ...).
package struct ScaleUpLink: Hashable, Sendable {
  package var technology: String
  /// One direction, an accelerator.
  package var bandwidth: BytesPerSecond
  /// How many accelerators one domain joins.
  package var domain: Int

  package init(technology: String, bandwidth: BytesPerSecond, domain: Int) {
    self.technology = technology
    self.bandwidth = bandwidth
    self.domain = domain
  }
}
