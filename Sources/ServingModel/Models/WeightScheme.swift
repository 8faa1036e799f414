/// How quantised weights keep their scales, which take room beside them.
package enum WeightScheme: Hashable, Sendable {
  /// None, or one for a row or a large tile: fp8, int8.
  case plain
  /// One of 8 bits for 32 values (OCP MX specification 1.0).
  case mx
  /// One of 8 bits for 16 values (NVFP4).
  case nvfp4
  /// One of 16 bits for so many values, and a zero point as wide as a value (AWQ, GPTQ).
  case grouped(Int)

  /// Bytes a value in `format` takes with its share of the scales.
  package func bytes(of format: NumberFormat) -> Double {
    switch self {
    case .plain: return format == .float4 || format == .int4 ? 0.5 : format.bytes
    case .mx: return bits(of: format) / 8 + 1.0 / 32
    case .nvfp4: return bits(of: format) / 8 + 1.0 / 16
    case .grouped(let size):
      return bits(of: format) / 8 + (2 + bits(of: format) / 8) / Double(max(1, size))
    }
  }

  private func bits(of format: NumberFormat) -> Double {
    switch format {
    case .float32: 32
    case .bfloat16: 16
    case .float8, .int8: 8
    case .float4, .int4: 4
    }
  }

  /// The usual one of a format.
  package static func usual(of format: NumberFormat) -> WeightScheme {
    switch format {
    case .float32, .bfloat16, .float8, .int8: .plain
    case .float4: .mx
    case .int4: .grouped(128)
    }
  }
}

/// What a checkpoint says of its quantised weights (`quantization_config` of a config.json).
package struct WeightQuantization: Hashable, Sendable {
  package var format: NumberFormat
  package var scheme: WeightScheme
  /// Parts that it leaves in 16 bits; embeddings, head and routers are in 16 bits in any case.
  package var unquantised: Set<WeightMatrix.Part>
  /// Parts in 8 bits beside others in 4.
  package var eightBits: Set<WeightMatrix.Part>

  package init(
    format: NumberFormat, scheme: WeightScheme, unquantised: Set<WeightMatrix.Part> = [],
    eightBits: Set<WeightMatrix.Part> = []
  ) {
    self.format = format
    self.scheme = scheme
    self.unquantised = unquantised
    self.eightBits = eightBits
  }
}
