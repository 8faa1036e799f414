import ServingModel

/// vLLM's words for number formats, as users paste them.
enum DtypeName: String, CaseIterable, Sendable {
  case auto
  case bfloat16
  case float16
  case half
  case float32
  case float

  /// nil: as the model was published.
  var format: NumberFormat? {
    switch self {
    case .auto: nil
    case .bfloat16, .float16, .half: .bfloat16
    case .float32, .float: .float32
    }
  }
}

/// What the weights are quantised to.
enum QuantizationName: String, CaseIterable, Sendable {
  /// As `dtype` says, even when the published weights are quantised.
  case none
  case fp8
  case int8
  case awq
  case gptq
  case int4
  case mxfp4
  case nvfp4

  var format: NumberFormat? {
    switch self {
    case .none: nil
    case .fp8: .float8
    case .int8: .int8
    case .awq, .gptq, .int4: .int4
    case .mxfp4, .nvfp4: .float4
    }
  }

  /// nil: the usual one of the format.
  var scheme: WeightScheme? {
    switch self {
    case .nvfp4: .nvfp4
    case .none, .fp8, .int8, .awq, .gptq, .int4, .mxfp4: nil
    }
  }

  /// The word for weights that were published in `format`.
  static func name(of format: NumberFormat) -> QuantizationName {
    switch format {
    case .float32, .bfloat16: .none
    case .float8: .fp8
    case .int8: .int8
    case .int4: .int4
    case .float4: .mxfp4
    }
  }
}

/// What KV entries are stored in.
enum KVCacheDtypeName: String, CaseIterable, Sendable {
  case auto
  case bfloat16
  case float16
  case fp8
  case fp8E4M3 = "fp8_e4m3"
  case fp8E5M2 = "fp8_e5m2"

  /// nil: the format of activations.
  var format: NumberFormat? {
    switch self {
    case .auto: nil
    case .bfloat16, .float16: .bfloat16
    case .fp8, .fp8E4M3, .fp8E5M2: .float8
    }
  }
}
