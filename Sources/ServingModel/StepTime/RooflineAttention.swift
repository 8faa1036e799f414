import SimKernel

/// The part of a step that grows with its sequences' contexts. Work on a sequence is spread over
/// the pipeline's stages, so each slope is divided by them.
struct AttentionCost {
  /// Whole picoseconds a token of decoding context, so that the engine can sum steps exactly.
  let perContext: Int64
  let perWindowedContext: Int64
  /// What a step with prompt tokens takes beside them, being outside the captured graphs.
  private let prefillLatency: Int64
  /// Picoseconds of arithmetic for each query-key pair of a prompt, and of arithmetic and traffic
  /// for each token of its context.
  private let perPair: Double
  private let perWindowedPair: Double
  private let expansion: Double
  private let reading: Double

  init(_ setUp: RooflineSetUp) {
    let model = setUp.model
    let kinds = model.layerKinds
    let kv = KVSize(model, format: setUp.precision.kvCache, tensorParallel: setUp.tensor)
    let compute = setUp.attentionCompute * setUp.stages
    let bandwidth = setUp.bandwidth(.attentionBandwidth) * setUp.stages
    func flops(_ layers: Int, _ perLayer: Double) -> Double { Double(layers) * perLayer / compute }

    let full = model.attention.operations(tensorParallel: setUp.tensor)
    let windowed = model.windowedAttention.operations(tensorParallel: setUp.tensor)
    perContext = picosecondsRoundedUp(
      max(kv.full.count / bandwidth, flops(kinds.full, full.decodePair)))
    perWindowedContext = picosecondsRoundedUp(
      max(kv.windowed.count / bandwidth, flops(kinds.windowed, windowed.decodePair)))
    prefillLatency = picosecondsRoundedUp(
      setUp.coefficients[.prefillLatency] * Double(model.layers))
    perPair = flops(kinds.full, full.prefillPair) * 1e12
    perWindowedPair = flops(kinds.windowed, windowed.prefillPair) * 1e12
    expansion = flops(kinds.full, full.prefillContext) * 1e12
    reading = kv.full.count / bandwidth * 1e12
  }

  /// Arithmetic or KV traffic, whichever is longer, after the step's latency.
  func prefillPicoseconds(_ work: StepWork) -> Int64 {
    let compute =
      Double(work.prefillPairs) * perPair + Double(work.prefillWindowedPairs) * perWindowedPair
      + Double(work.prefillContext) * expansion
    return prefillLatency + Int64(max(compute, Double(work.prefillContext) * reading).rounded(.up))
  }
}

/// Operations of one layer's attention on one accelerator.
struct AttentionOperations {
  /// For each query-key pair while decoding and while prefilling.
  var decodePair: Double
  var prefillPair: Double
  /// For each token of context that a prompt chunk attends to, beside the pairs.
  var prefillContext: Double
}

extension Attention {
  /// Grouped attention multiplies queries with keys and weights with values. A latent is
  /// multiplied as it is while decoding (its up-projections absorbed into the query and the
  /// output), but unpacked into keys and values for prompts, which vLLM does anew for each chunk.
  func operations(tensorParallel: Int) -> AttentionOperations {
    let local = Double(share(heads, tensorParallel))
    switch self {
    case .grouped(_, _, let size):
      let pair = 4 * local * Double(size)
      return AttentionOperations(decodePair: pair, prefillPair: pair, prefillContext: 0)
    case .latent(_, _, let kvRank, let nope, let rope, let value):
      return AttentionOperations(
        decodePair: 2 * local * Double(2 * kvRank + rope),
        prefillPair: 2 * local * Double(nope + rope + value),
        prefillContext: 2 * local * Double(kvRank * (nope + value)))
    }
  }
}
