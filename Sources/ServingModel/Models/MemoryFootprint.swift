/// What the KV cache of one accelerator gets after vLLM has taken what it needs: the sum that
/// vLLM's profile run makes at start-up, line by line.
///
/// Windowed layers are charged like full ones. That is exact for contexts up to the window and
/// pessimistic beyond it, where vLLM's hybrid KV cache manager frees what has left the window.
package struct MemoryFootprint: Hashable, Sendable {
  /// One summand: positive gives memory, negative takes it.
  package struct Line: Hashable, Sendable {
    package var name: String
    package var bytes: Bytes
    /// How the figure came about.
    package var origin: String
  }

  /// In the order of the sum, an accelerator of the fullest pipeline stage.
  package var lines: [Line]
  /// Bytes one KV block takes on one accelerator.
  package var bytesPerBlock: Bytes

  package init(
    model: ModelArchitecture, accelerator: Accelerator, parallelism: Parallelism,
    precision: Precision, engine: EngineLimits
  ) {
    let stages = Double(parallelism.pipeline)
    let kv = KVSize(model, format: precision.kvCache, tensorParallel: parallelism.tensor)
    bytesPerBlock = (kv.full + kv.windowed) * Double(engine.blockSize) / stages
    lines = [
      Self.budget(accelerator, engine),
      Self.weights(model, precision, parallelism),
      Self.activations(model, parallelism, engine),
      Line(
        name: "CUDA context", bytes: .zero - Self.context,
        origin: "driver, kernels and communication buffers: 0.6 GiB"),
      Line(
        name: "CUDA graphs", bytes: .zero - Self.graphs,
        origin: "vLLM counts its captured graphs since 0.21: 0.5 GiB"),
    ]
    if model.layerKinds.linear > 0 {
      lines.append(
        Line(
          name: "linear layers' states",
          bytes: .zero - kv.state * Double(engine.maxNumSeqs) / stages,
          origin: "fp32, for max_num_seqs \(engine.maxNumSeqs) sequences"))
    }
  }

  /// What is left for KV blocks; negative when not even the weights fit.
  package var kvBytes: Bytes { lines.reduce(.zero) { $0 + $1.bytes } }

  /// Blocks that vLLM would print as `num_gpu_blocks`; 0 when nothing is left.
  package var numGPUBlocks: Int {
    guard bytesPerBlock > .zero else { return 0 }
    return max(0, Int(min(kvBytes.count / bytesPerBlock.count, Self.mostBlocks)))
  }

  /// As many as `num_gpu_blocks` may state: tiny models on huge memories have no more.
  private static let mostBlocks = 1e9

  /// Whether at least one block is left for requests beside the one vLLM keeps for itself.
  package var fits: Bool { numGPUBlocks >= 2 }

  /// Of an accelerator's nominal memory, what the driver offers: 79.1 of 80 GiB on an H100, 139.8
  /// of 141 on an H200, 47.5 of 48 on an RTX A6000.
  static let visibleShare = 0.99
  static let context = Bytes.gibibytes(0.6)
  static let graphs = Bytes.gibibytes(0.5)
}

/// The engine's settings that memory and step times depend on, under vLLM's names.
package struct EngineLimits: Hashable, Sendable {
  package var maxNumBatchedTokens: Int
  package var maxNumSeqs: Int
  package var blockSize: Int
  package var gpuMemoryUtilization: Double

  /// The defaults are those of `vllm serve` on data-centre GPUs.
  package init(
    maxNumBatchedTokens: Int = 8192, maxNumSeqs: Int = 256, blockSize: Int = 16,
    gpuMemoryUtilization: Double = 0.9
  ) {
    self.maxNumBatchedTokens = maxNumBatchedTokens
    self.maxNumSeqs = maxNumSeqs
    self.blockSize = blockSize
    self.gpuMemoryUtilization = gpuMemoryUtilization
  }
}

extension MemoryFootprint {
  private static func budget(_ accelerator: Accelerator, _ engine: EngineLimits) -> Line {
    Line(
      name: "gpu_memory_utilization",
      bytes: accelerator.memory * visibleShare * engine.gpuMemoryUtilization,
      origin: "\(engine.gpuMemoryUtilization) of \(accelerator.memory.gibibytes) GiB, of which "
        + "the driver offers \(visibleShare)")
  }

  private static func weights(
    _ model: ModelArchitecture, _ precision: Precision, _ parallelism: Parallelism
  ) -> Line {
    let share =
      model.weightBytes(precision, parallelism)
      / Double(parallelism.pipeline)
    let counted =
      model.declaredExcess == 1 ? "counted from the shape" : "scaled to the declared parameters"
    return Line(
      name: "weights", bytes: .zero - share,
      origin: "\(precision.summary(for: model)), \(parallelism.summary), \(counted)")
  }

  /// The profile run's peak. It is either inside a layer, where `max_num_batched_tokens` tokens
  /// hold the residual stream, its normed copy and the layer's widest intermediate with its input
  /// (a gated product with both its factors), or at the sampler, where `max_num_seqs` rows of
  /// logits exist in fp32 beside their sorted copy, 64-bit indices, probabilities and cumulated
  /// sum: 24 bytes a vocabulary entry.
  private static func activations(
    _ model: ModelArchitecture, _ parallelism: Parallelism, _ engine: EngineLimits
  ) -> Line {
    let width = model.widestIntermediate(parallelism)
    let layer = Double(engine.maxNumBatchedTokens) * Double(2 * model.hiddenSize + width) * 2
    let sampler = Double(engine.maxNumSeqs) * Double(model.vocabularySize) * 24
    return Line(
      name: "activations", bytes: .zero - Bytes(max(layer, sampler)),
      origin: layer > sampler
        ? "peak in a layer at max_num_batched_tokens \(engine.maxNumBatchedTokens)"
        : "peak in the sampler at max_num_seqs \(engine.maxNumSeqs)")
  }
}

extension ModelArchitecture {
  /// Values a token holds at the widest point of a layer, on one accelerator.
  fileprivate func widestIntermediate(_ parallelism: Parallelism) -> Int {
    let tensor = parallelism.tensor
    let queries = attentions.map { 2 * share($0.heads, tensor) * $0.valueWidth }
    let inner: Int =
      switch feedForward {
      case .dense(let size, let gated):
        share(size, tensor) * (gated ? 3 : 2)
      case .mixture(_, let topK, let size, let shared, _, let dense, let gated):
        max(
          topK * (share(size, parallelism.expertTensor) * (gated ? 3 : 2) + hiddenSize),
          share(max(shared, dense), tensor) * (gated ? 3 : 2))
      }
    return max(inner, queries.max() ?? 0)
  }
}

extension Attention {
  /// Values a query head holds for a token.
  fileprivate var valueWidth: Int {
    switch self {
    case .grouped(_, _, let size): size
    case .latent(_, _, let kvRank, _, let ropeSize, _): kvRank + ropeSize
    }
  }
}

extension Parallelism {
  /// `tensor 2, pipeline 1`, and `data 4`, `expert 8` where they are more than one.
  package var summary: String {
    var parts = ["tensor \(tensor)", "pipeline \(pipeline)"]
    if data > 1 { parts.append("data \(data)") }
    if expert > 1 { parts.append("expert \(expert)") }
    return parts.joined(separator: ", ")
  }
}

extension Precision {
  /// `bf16`, or `bf16 with fp4 experts`.
  package func summary(for model: ModelArchitecture) -> String {
    model.feedForward.isMixture && experts != layers
      ? "\(layers.rawValue) with \(experts.rawValue) experts" : layers.rawValue
  }
}
