/// One matrix of a model as one accelerator of a tensor-parallel group holds it: the description
/// that parameter counts, memory and step times are all computed from.
package struct WeightMatrix: Hashable, Sendable {
  /// What the matrix is for, which decides how it is quantised and who multiplies with it.
  package enum Part: String, CaseIterable, Sendable {
    /// Looked up, never multiplied with.
    case embedding
    case attention
    case linearAttention = "linear attention"
    /// The feed-forward part of dense layers.
    case feedForward = "feed-forward"
    case sharedExpert = "shared experts"
    /// One of the experts that a router chooses from.
    case expert = "routed experts"
    case router
    /// Vocabulary projection: multiplied with sampled sequences only.
    case head = "output head"
  }

  package var part: Part
  package var inputs: Int
  package var outputs: Int
  /// Layers that have such a matrix.
  package var layers: Int
  /// Such matrices in a layer: the experts; 1 for all else.
  package var experts: Int

  package init(_ part: Part, _ inputs: Int, _ outputs: Int, layers: Int, experts: Int = 1) {
    self.part = part
    self.inputs = inputs
    self.outputs = outputs
    self.layers = layers
    self.experts = experts
  }

  /// Values in all layers and experts together.
  package var parameters: Double {
    Double(inputs) * Double(outputs) * Double(layers) * Double(experts)
  }
}

extension ModelArchitecture {
  /// The matrices one accelerator holds. Norms, biases, convolutions of embeddings and learned
  /// positions, together below 0.5 % of any model here, are left out.
  package func matrices(_ parallelism: Parallelism = Parallelism()) -> [WeightMatrix] {
    let tensor = parallelism.tensor
    let vocabulary = share(vocabularySize, tensor)
    var all = [WeightMatrix(.embedding, vocabulary, hiddenSize, layers: 1)]
    all += attention.matrices(
      hiddenSize: hiddenSize, layers: layerKinds.full, gate: outputGate, tensor: tensor)
    all += windowedAttention.matrices(
      hiddenSize: hiddenSize, layers: layerKinds.windowed, gate: outputGate, tensor: tensor)
    all.append(
      WeightMatrix(
        .linearAttention, hiddenSize,
        share(layerKinds.linearParameters, tensor * hiddenSize), layers: layerKinds.linear))
    all += feedForward.matrices(
      hiddenSize: hiddenSize, layers: feedForwardLayers, parallelism)
    all.append(WeightMatrix(.head, hiddenSize, vocabulary, layers: 1))
    return all.filter { $0.parameters > 0 }
  }

  /// The attention of windowed layers.
  package var windowedAttention: Attention { layerKinds.windowedAttention ?? attention }

  /// The kinds of attention that some layer has.
  package var attentions: [Attention] {
    (layerKinds.full > 0 ? [attention] : []) + (layerKinds.windowed > 0 ? [windowedAttention] : [])
  }

  /// Layers with attention, a window of it, or a linear stand-in.
  package var mixingLayers: Int { layerKinds.full + layerKinds.windowed + layerKinds.linear }

  /// Layers with a feed-forward part: all, unless attention and feed-forward are blocks of their
  /// own that share the count (Nemotron-H).
  package var feedForwardLayers: Int { mixingLayers < layers ? layers - mixingLayers : layers }
}

extension Attention {
  /// Query heads.
  package var heads: Int {
    switch self {
    case .grouped(let heads, _, _), .latent(let heads, _, _, _, _, _): heads
    }
  }

  func matrices(hiddenSize: Int, layers: Int, gate: Bool, tensor: Int) -> [WeightMatrix] {
    func matrix(_ inputs: Int, _ outputs: Int) -> WeightMatrix {
      WeightMatrix(.attention, inputs, outputs, layers: layers)
    }
    switch self {
    case .grouped(let heads, let kvHeads, let size):
      let queries = share(heads, tensor) * size
      let keysAndValues = 2 * share(kvHeads, tensor) * size
      return [
        matrix(hiddenSize, queries * (gate ? 2 : 1) + keysAndValues), matrix(queries, hiddenSize),
      ]
    case .latent(let heads, let queryRank, let kvRank, let nope, let rope, let value):
      let local = share(heads, tensor)
      let queries =
        queryRank.map { [matrix(hiddenSize, $0), matrix($0, local * (nope + rope))] }
        ?? [matrix(hiddenSize, local * (nope + rope))]
      return queries + [
        matrix(hiddenSize, kvRank + rope), matrix(kvRank, local * (nope + value)),
        matrix(local * value, hiddenSize),
      ]
    }
  }
}

extension FeedForward {
  /// Whether tokens are routed to experts.
  package var isMixture: Bool {
    if case .mixture = self { true } else { false }
  }

  func matrices(
    hiddenSize: Int, layers: Int, _ parallelism: Parallelism
  ) -> [WeightMatrix] {
    func pair(
      _ part: WeightMatrix.Part, _ size: Int, _ gated: Bool, layers: Int, experts: Int = 1
    ) -> [WeightMatrix] {
      let parts = part == .expert ? parallelism.expertTensor : parallelism.tensor
      let local = share(size, parts)
      return [
        WeightMatrix(part, hiddenSize, local * (gated ? 2 : 1), layers: layers, experts: experts),
        WeightMatrix(part, local, hiddenSize, layers: layers, experts: experts),
      ]
    }
    switch self {
    case .dense(let size, let gated):
      return pair(.feedForward, size, gated, layers: layers)
    case .mixture(let experts, _, let size, let shared, let moeLayers, let dense, let gated):
      return pair(.feedForward, dense, gated, layers: layers - moeLayers)
        + [WeightMatrix(.router, hiddenSize, experts, layers: moeLayers)]
        + pair(.sharedExpert, shared, gated, layers: moeLayers)
        + pair(
          .expert, size, gated, layers: moeLayers, experts: share(experts, parallelism.expert))
    }
  }
}

/// The greatest share when `count` is dealt out to `parts`; at least one, so that what is rarer
/// than the parts is replicated.
func share(_ count: Int, _ parts: Int) -> Int { (count + parts - 1) / parts }
