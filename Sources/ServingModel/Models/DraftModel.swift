/// A model that drafts tokens for another one, beside which it stands on the same accelerators.
package struct DraftModel: Hashable, Sendable {
  package var model: ModelArchitecture
  package var parallelism: Parallelism
  package var precision: Precision
  /// Parts of the model that it drafts for which it uses, too.
  private var shared: [WeightMatrix.Part]

  /// A model of its own.
  package init(_ model: ModelArchitecture, parallelism: Parallelism, kvCache: NumberFormat) {
    self.model = model
    self.parallelism = parallelism
    precision = .native(to: model, kvCache: kvCache)
    shared = []
  }

  /// The bf16 head of EAGLE (arXiv 2401.15077): one dense layer as wide as those of `target`. That of
  /// EAGLE-3 (arXiv 2503.01840) has an output head of its own, over `vocabulary` tokens.
  package init(
    eagleFor target: ModelArchitecture, vocabulary: Int? = nil, parallelism: Parallelism,
    kvCache: NumberFormat
  ) {
    model = target.oneLayer(
      vocabulary == nil ? "the EAGLE head of \(target.id)" : "the EAGLE-3 head of \(target.id)",
      .dense(intermediateSize: target.feedForward.activeSize, gated: true),
      vocabulary: vocabulary)
    self.parallelism = parallelism
    precision = Precision(weights: .bfloat16, of: model, kvCache: kvCache)
    shared = vocabulary == nil ? [.embedding, .head] : [.embedding]
  }

  /// `draft_vocab_size` of published EAGLE-3 heads (yuhuili/EAGLE3-LLaMA3.1-Instruct-8B and what the
  /// speculators library makes).
  package static let eagle3Vocabulary = 32_000

  /// One more layer of the target's kind, as DeepSeek-V3 (arXiv 2412.19437, section 2.2) has.
  package init(
    nextTokenLayerOf target: ModelArchitecture, parallelism: Parallelism, precision: Precision
  ) {
    model = target.oneLayer("the MTP layer of \(target.id)", target.feedForward.oneLayer)
    self.parallelism = parallelism
    self.precision = precision
    shared = [.embedding, .head]
  }

  /// Of its weights, on one accelerator.
  package var weightBytes: Bytes {
    let others = model.matrices(parallelism).filter {
      shared.contains($0.part) && !($0.part == .head && model.tiedEmbeddings)
    }
    return model.weightBytes(precision, parallelism)
      - Bytes(others.reduce(0) { $0 + $1.parameters * precision.storedBytes(of: $1.part) })
  }

  /// Of KV entries, on one accelerator.
  package var bytesPerToken: Bytes {
    let size = KVSize(model, format: precision.kvCache, tensorParallel: parallelism.tensor)
    return size.full + size.windowed
  }

  /// What its passes take. The host's work on a step is the model's: it does not come again with each.
  package func stepTime(
    on accelerator: Accelerator, limits: EngineLimits, coefficients: RooflineCoefficients
  ) -> Roofline {
    Roofline(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      maxNumBatchedTokens: limits.maxNumBatchedTokens, maxNumSeqs: limits.maxNumSeqs,
      coefficients: coefficients.scaled(.hostTime, by: 0).scaled(.sequenceTime, by: 0))
  }
}

extension ModelArchitecture {
  /// A single layer that sees the whole context, with embedding and head; these are of one size in what
  /// is counted here, and not one matrix where the head has a `vocabulary` of its own.
  fileprivate func oneLayer(
    _ id: String, _ feedForward: FeedForward, vocabulary: Int? = nil
  ) -> ModelArchitecture {
    ModelArchitecture(
      id: id, layers: 1, hiddenSize: hiddenSize, attention: attention, outputGate: outputGate,
      feedForward: feedForward, vocabularySize: min(vocabulary ?? .max, vocabularySize),
      tiedEmbeddings: tiedEmbeddings && vocabulary == nil,
      layerKinds: LayerKinds(full: 1), maxContext: maxContext, nativeFormat: nativeFormat,
      quantization: quantization, source: source)
  }
}

extension FeedForward {
  /// Of one layer, the mixture if there is one.
  fileprivate var oneLayer: FeedForward {
    guard case .mixture(let experts, let topK, let size, let shared, _, let dense, let gated) = self
    else { return self }
    return .mixture(
      experts: experts, topK: topK, expertSize: size, sharedSize: shared, moeLayers: 1,
      denseSize: dense, gated: gated)
  }

  /// How wide what a token goes through is: of a mixture, the experts that it is routed to.
  fileprivate var activeSize: Int {
    switch self {
    case .dense(let size, _): size
    case .mixture(_, let topK, let size, let shared, _, let dense, _):
      max(dense, topK * size + shared)
    }
  }
}
