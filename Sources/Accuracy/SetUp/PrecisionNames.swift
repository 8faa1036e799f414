package import ServingModel

/// The number formats of measurements by their words.
package enum PrecisionNames {
  /// The formats that `word` stands for, and what it leaves to be assumed.
  package static func precision(
    _ word: String, of model: ModelArchitecture
  ) throws(Unsupported) -> (precision: Precision, assumption: String?) {
    switch word.lowercased() {
    case "fp32": return (Precision(weights: .float32, of: model), nil)
    case "bf16", "fp16": return (Precision(weights: .bfloat16, of: model), nil)
    case "fp8": return (Precision(weights: .float8, of: model, kvCache: .float8), nil)
    case "fp8_kv16": return (Precision(weights: .float8, of: model), nil)
    case "int8": return (Precision(weights: .int8, of: model), nil)
    case "int4": return (Precision(weights: .int4, of: model), nil)
    case "mxfp4": return (Precision(weights: .float4, of: model), "KV cache in bf16")
    case "fp4":
      return (Precision(weights: .float4, of: model, kvCache: .float8), "KV cache in fp8")
    case "fp4_dense":
      return (Precision(layers: .float4, experts: .float4, kvCache: .float8), "KV cache in fp8")
    default:
      throw Unsupported(
        "no precision \(word.debugDescription); known are bf16, fp16, fp8, fp8_kv16, fp4, "
          + "fp4_dense, mxfp4, int8, int4 and fp32")
    }
  }
}
