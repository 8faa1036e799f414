/// The number formats a model is served in. Activations, embeddings, the output head and expert
/// routers stay bf16 (fp32 when the layers are), as in the quantised checkpoints that vLLM loads.
package struct Precision: Hashable, Sendable {
  /// Attention, dense feed-forward, shared experts and linear-attention matrices.
  package var layers: NumberFormat
  /// Matrices of routed experts.
  package var experts: NumberFormat
  /// KV entries (`kv_cache_dtype`).
  package var kvCache: NumberFormat
  /// How quantised weights keep their scales.
  package var scheme: WeightScheme
  /// Parts in bf16 whatever `layers` and `experts` say.
  package var unquantised: Set<WeightMatrix.Part> = []
  /// Parts in fp8 whatever `layers` and `experts` say.
  package var eightBits: Set<WeightMatrix.Part> = []

  /// `scheme` nil: the usual one of the experts' format.
  package init(
    layers: NumberFormat, experts: NumberFormat, kvCache: NumberFormat = .bfloat16,
    scheme: WeightScheme? = nil
  ) {
    self.layers = layers
    self.experts = experts
    self.kvCache = kvCache
    self.scheme = scheme ?? .usual(of: experts)
  }

  /// The formats of `model` with weights quantised to `weights`. Four-bit weights of a mixture
  /// are those of its routed experts alone, the rest stays bf16: so are gpt-oss (MXFP4, arXiv
  /// 2508.10925), Kimi K2.5 (INT4) and the NVFP4 checkpoints of DeepSeek-R1. Every other format
  /// holds for all matrices of the layers.
  package init(
    weights: NumberFormat, of model: ModelArchitecture, kvCache: NumberFormat = .bfloat16,
    scheme: WeightScheme? = nil
  ) {
    let fourBits = weights == .float4 || weights == .int4
    let expertsOnly = fourBits && model.feedForward.isMixture
    self.init(
      layers: expertsOnly ? .bfloat16 : weights, experts: weights, kvCache: kvCache, scheme: scheme)
  }

  /// The formats the weights were published in.
  package static func native(
    to model: ModelArchitecture, kvCache: NumberFormat = .bfloat16
  ) -> Precision {
    guard let published = model.quantization else {
      return Precision(weights: model.nativeFormat, of: model, kvCache: kvCache)
    }
    return Precision(published, kvCache: kvCache)
  }

  /// The formats that a checkpoint says it has.
  package init(_ published: WeightQuantization, kvCache: NumberFormat = .bfloat16) {
    self.init(
      layers: published.format, experts: published.format, kvCache: kvCache,
      scheme: published.scheme)
    unquantised = published.unquantised
    eightBits = published.eightBits
  }

  /// The format a matrix is stored in.
  package func format(of part: WeightMatrix.Part) -> NumberFormat {
    if eightBits.contains(part) { return .float8 }
    if unquantised.contains(part) { return layers == .float32 ? .float32 : .bfloat16 }
    switch part {
    case .embedding, .head, .router: return layers == .float32 ? .float32 : .bfloat16
    case .attention, .linearAttention, .feedForward, .sharedExpert: return layers
    case .expert: return experts
    }
  }

  /// Bytes a value of a matrix takes in memory, scales included.
  package func storedBytes(of part: WeightMatrix.Part) -> Double {
    let format = format(of: part)
    if eightBits.contains(part) { return format.bytes }
    return format.bytes < NumberFormat.bfloat16.bytes ? scheme.bytes(of: format) : format.bytes
  }
}

extension Accelerator {
  /// The format that products with weights in `format` run in: its own where the accelerator has
  /// it, else bf16 after conversion. INT4 weights are always widened (W4A16).
  package func computeFormat(for format: NumberFormat) -> NumberFormat {
    denseCompute[format] != nil && format != .int4 ? format : .bfloat16
  }

  /// The dense peak of products with weights in `format`.
  package func peak(for format: NumberFormat) -> FLOPsPerSecond {
    denseCompute[computeFormat(for: format)] ?? FLOPsPerSecond(0)
  }
}
