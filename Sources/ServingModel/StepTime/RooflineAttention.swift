import SimKernel

/// The part of a step that grows with its sequences' contexts. Work on a sequence is spread over
/// the pipeline's stages, so each slope is divided by them.
struct AttentionCost {
  /// Whole picoseconds a token of decoding context, so that the engine can sum steps exactly.
  let perContext: Int64
  let perWindowedContext: Int64
  /// What a step with prompt tokens takes beside them, being outside the captured graphs.
  private let prefillLatency: Int64
  /// Picoseconds of arithmetic for each query-key pair of a sequence that decodes.
  private let perDecodePair: Double
  private let perWindowedDecodePair: Double
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
    let decodePair = flops(kinds.full, full.decodePair)
    let windowedDecodePair = flops(kinds.windowed, windowed.decodePair)
    perContext = picosecondsRoundedUp(max(kv.full.count / bandwidth, decodePair))
    perWindowedContext = picosecondsRoundedUp(
      max(kv.windowed.count / bandwidth, windowedDecodePair))
    perDecodePair = decodePair * 1e12
    perWindowedDecodePair = windowedDecodePair * 1e12
    prefillLatency = picosecondsRoundedUp(
      setUp.coefficients[.prefillLatency] * Double(model.layers))
    perPair = flops(kinds.full, full.prefillPair) * 1e12
    perWindowedPair = flops(kinds.windowed, windowed.prefillPair) * 1e12
    expansion = flops(kinds.full, full.prefillContext) * 1e12
    reading = kv.full.count / bandwidth * 1e12
  }

  /// What verifying drafts takes beyond the contexts of their sequences: these are read once for all
  /// their tokens, so it is the arithmetic that takes longer than the reading does.
  func draftPicoseconds(_ work: StepWork) -> Int64 {
    let arithmetic = Double(work.decodeContext + work.draftPairs) * perDecodePair
    let windowed =
      Double(work.decodeWindowedContext + work.draftWindowedPairs) * perWindowedDecodePair
    let excess =
      max(0, arithmetic - Double(work.decodeContext) * Double(perContext))
      + max(0, windowed - Double(work.decodeWindowedContext) * Double(perWindowedContext))
    return Int64(excess.rounded(.up))
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
