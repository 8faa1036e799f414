/// The number formats a model is served in. Activations, embeddings, the output head and expert
/// routers stay bf16 (fp32 when the layers are), as in the quantised checkpoints that vLLM loads.
package struct Precision: Hashable, Sendable {
  /// Attention, dense feed-forward, shared experts and linear-attention matrices.
  package var layers: NumberFormat
  /// Matrices of routed experts.
  package var experts: NumberFormat
  /// KV entries (`kv_cache_dtype`).
  package var kvCache: NumberFormat

  package init(layers: NumberFormat, experts: NumberFormat, kvCache: NumberFormat = .bfloat16) {
    self.layers = layers
    self.experts = experts
    self.kvCache = kvCache
  }

  /// The formats of `model` with weights quantised to `weights`. Four-bit weights of a mixture
  /// are those of its routed experts alone, the rest stays bf16: so are gpt-oss (MXFP4, arXiv
  /// 2508.10925), Kimi K2.5 (INT4) and the NVFP4 checkpoints of DeepSeek-R1. Every other format
  /// holds for all matrices of the layers.
  package init(
    weights: NumberFormat, of model: ModelArchitecture, kvCache: NumberFormat = .bfloat16
  ) {
    let fourBits = weights == .float4 || weights == .int4
    let expertsOnly = fourBits && model.feedForward.isMixture
    self.init(layers: expertsOnly ? .bfloat16 : weights, experts: weights, kvCache: kvCache)
  }

  /// The formats the weights were published in.
  package static func native(to model: ModelArchitecture) -> Precision {
    Precision(weights: model.nativeFormat, of: model)
  }

  /// The format a matrix is stored in.
  package func format(of part: WeightMatrix.Part) -> NumberFormat {
    switch part {
    case .embedding, .head, .router: layers == .float32 ? .float32 : .bfloat16
    case .attention, .linearAttention, .feedForward, .sharedExpert: layers
    case .expert: experts
    }
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
