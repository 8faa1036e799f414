extension WorkMeter {
  /// The arithmetic and traffic that `model` cannot do without: no step can take less time than
  /// either at its peak. MLA attention counts as unpacked, the cheaper way, and MoE layers read
  /// the experts they are expected to reach. States of linear layers count as arithmetic alone.
  ///
  /// `maxTokens` is the largest step that weight traffic is tabulated for.
  package init(
    model: ModelArchitecture, accelerator: Accelerator, parallelism: Parallelism = Parallelism(),
    precision: Precision? = nil, maxTokens: Int
  ) {
    let precision = precision ?? .native(to: model)
    let kinds = model.layerKinds
    let tensor = parallelism.tensor
    let group = Double(tensor)
    let count = ParameterCount(model)
    let head = Double(model.hiddenSize * model.vocabularySize)
    let inLayers =
      count.total - count[.embedding] - count[.head]
      - count[.expert] * (1 - model.feedForward.activeShare)
    let kv = KVSize(model, format: precision.kvCache, tensorParallel: tensor)
    let full = model.attention.operations(tensorParallel: 1)
    let windowed = model.windowedAttention.operations(tensorParallel: 1)
    let formats = Set([precision.layers, precision.experts]).map { accelerator.peak(for: $0) }
    self.init(
      flopsPerToken: 2 * inLayers + model.linearStateOperations,
      flopsPerSampledSequence: 2 * head,
      flopsPerPair: Double(kinds.full) * full.prefillPair,
      flopsPerWindowedPair: Double(kinds.windowed) * windowed.prefillPair,
      readBytesPerContext: kv.full.count * group,
      readBytesPerWindowedContext: kv.windowed.count * group,
      writtenBytesPerToken: (kv.full + kv.windowed).count * group,
      weightBytes: Self.weightBytes(model, precision, parallelism, maxTokens: maxTokens),
      peakCompute: (formats.max() ?? FLOPsPerSecond(0)) * Double(parallelism.accelerators),
      peakBandwidth: accelerator.memoryBandwidth * Double(parallelism.accelerators))
  }

  /// Each micro-batch of a pipeline reads the weights anew.
  private static func weightBytes(
    _ model: ModelArchitecture, _ precision: Precision, _ parallelism: Parallelism, maxTokens: Int
  ) -> [Double] {
    let matrices = model.matrices(parallelism)
    func bytes(_ matrix: WeightMatrix) -> Double {
      matrix.parameters * precision.format(of: matrix.part).bytes * Double(parallelism.tensor)
    }
    let experts = matrices.filter { $0.part == .expert }.reduce(0) { $0 + bytes($1) }
    let others = matrices.filter { $0.part != .expert && $0.part != .embedding }
      .reduce(0) { $0 + bytes($1) }
    return (0...maxTokens).map { tokens in
      let batches = min(parallelism.pipeline, tokens)
      guard batches > 0 else { return 0 }
      return Double(batches)
        * (others + experts
          * model.feedForward.touchedShare(tokens: share(tokens, batches) * parallelism.data))
    }
  }
}
