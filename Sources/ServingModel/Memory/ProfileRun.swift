/// The most memory that vLLM's profile run takes beside the weights: a forward pass over
/// `max_num_batched_tokens` tokens, then the sampler over `max_num_seqs` of them (`profile_run`,
/// `_dummy_run` and `_dummy_sampler_run` in vllm/v1/worker/gpu_model_runner.py, 0.10 to 0.15).
/// The two follow each other, so the larger counts.
struct ProfileRun {
  let model: ModelArchitecture
  let parallelism: Parallelism
  let precision: Precision
  let engine: EngineLimits

  /// The peak, and where it is.
  var peak: (bytes: Bytes, origin: String) {
    layer > sampler
      ? (layer, "peak in a layer at max_num_batched_tokens \(engine.maxNumBatchedTokens)")
      : (sampler, "peak in the sampler at max_num_seqs \(sequences)")
  }

  private var tokens: Int { engine.maxNumBatchedTokens }

  /// A dummy batch has no more requests than tokens.
  private var sequences: Int { min(engine.maxNumSeqs, engine.maxNumBatchedTokens) }

  /// Bytes of an activation or a logit as the model computes it.
  private var activation: Double {
    precision.layers == .float32 ? NumberFormat.float32.bytes : NumberFormat.bfloat16.bytes
  }

  // MARK: The sampler

  /// Logits of all sequences beside the hidden states of the whole batch, which live on. Every rank
  /// gathers the whole vocabulary.
  var sampler: Bytes {
    let logits = Double(sequences) * Double(model.vocabularySize)
    let states = Double(tokens + sequences) * Double(model.hiddenSize) * activation
    return Bytes(logits * (activation + Self.sorting) + states)
  }

  /// Bytes a logit takes while top-k and top-p sort the vocabulary (`apply_top_k_top_p` in
  /// vllm/v1/sample/ops/topk_topp_sampler.py, 0.15; PyTorch's aten/src/ATen/native/cuda/Sort.cu).
  static let sorting: Double = {
    let copy = 4.0
    let values = 4.0
    let places = 8.0
    // The places again, by which segments are sorted, and the radix sort's second buffers.
    return copy + (values + places) + places + (values + places)
  }()

  // MARK: A layer

  /// The widest point of a layer beside what lives through all of it.
  var layer: Bytes {
    Bytes(Double(tokens) * Double(stream + widest) * activation) + contextWorkspace
  }

  /// Values a token holds throughout: the residual stream, its normed copy, what attention returned
  /// and the embedding, which the caller keeps.
  private var stream: Int { 4 * model.hiddenSize }

  private var widest: Int { max(attention, feedForward) }

  /// Queries, keys, values and what attention returns.
  private var attention: Int {
    let tensor = parallelism.tensor
    return model.attentions.map { attention in
      switch attention {
      case .grouped(let heads, let kvHeads, let size):
        (2 * share(heads, tensor) + 2 * share(kvHeads, tensor)) * size
      case .latent(let heads, let queryRank, let kvRank, let nope, let rope, let value):
        share(heads, tensor) * (nope + rope + value) + (queryRank ?? 0) + kvRank + rope
      }
    }.max() ?? 0
  }

  private var feedForward: Int {
    switch model.feedForward {
    case .dense(let size, let gated): return dense(size, gated: gated)
    case .mixture(_, let topK, let size, let shared, _, let denseSize, let gated):
      return max(
        mixture(topK: topK, size: size, gated: gated),
        dense(max(shared, denseSize), gated: gated))
    }
  }

  /// Both factors of a gated product with the product; one intermediate with its activation.
  private func dense(_ size: Int, gated: Bool) -> Int {
    share(size, parallelism.tensor) * (gated ? 3 : 2)
  }

  /// Fused experts (`fused_experts_impl` in vllm/model_executor/layers/fused_moe/fused_moe.py, 0.10 to
  /// 0.15): a token has rows of each of its experts. One cache serves the first product and, after
  /// it, the second; another holds the activation; the output is a hidden state.
  private func mixture(topK: Int, size: Int, gated: Bool) -> Int {
    let inner = share(size, parallelism.expertTensor)
    let products = max(inner * (gated ? 2 : 1), model.hiddenSize)
    return topK * (products + inner) + model.hiddenSize
  }

  /// With a latent, the largest part of a context that prefill expands at once: keys without their
  /// rotary part and values of 65,536 tokens (`MLACommonImpl` in
  /// vllm/v1/attention/backends/mla/common.py, 0.10), which the profile run takes instead of
  /// attention.
  private var contextWorkspace: Bytes {
    guard case .latent(let heads, _, _, let nope, _, let value) = model.attention else {
      return .zero
    }
    return Bytes(65_536 * Double(share(heads, parallelism.tensor) * (nope + value)) * activation)
  }
}
