extension KVLayout {
  /// Of one accelerator of the fullest pipeline stage.
  package init(
    _ model: ModelArchitecture, precision: Precision, parallelism: Parallelism,
    engine: EngineLimits
  ) {
    let parts = Parts(
      model: model, format: precision.kvCache, parallelism: parallelism, engine: engine)
    self = engine.release.sharesPages ? Self(shared: parts) : Self(alike: parts)
    batchedTokens = engine.maxNumBatchedTokens
    printsFullRequests = engine.release.printsFullRequests
  }

  /// What the layers of one stage ask for.
  private struct Parts {
    let model: ModelArchitecture
    let format: NumberFormat
    let parallelism: Parallelism
    let engine: EngineLimits

    private func layers(_ count: Int) -> Int { share(count, parallelism.pipeline) }
    var full: Int { model.layerKinds.full > 0 ? layers(model.layerKinds.full) : 0 }
    var windowed: Int { model.layerKinds.windowed > 0 ? layers(model.layerKinds.windowed) : 0 }
    var states: Int { model.layerKinds.linear > 0 ? layers(model.layerKinds.linear) : 0 }

    /// Bytes a token leaves in a layer.
    func perToken(_ attention: Attention) -> Double {
      Double(attention.kvValues(parallelism.tensor)) * format.bytes
    }

    /// A layer's state with the inputs that its convolution looks back on.
    var state: Double {
      let kinds = model.layerKinds
      return
        (Double(kinds.linearState) * kinds.stateFormat.bytes
        + Double(kinds.convolutionState) * NumberFormat.bfloat16.bytes)
        / Double(parallelism.tensor)
    }

    /// Blocks of a sequence's state in each group.
    var blocksPerState: Int {
      engine.enablePrefixCaching && engine.release.alignsStates ? 2 : 1
    }
  }

  /// Every layer with attention keeps the whole context.
  private init(alike parts: Parts) {
    let size = parts.engine.blockSize
    let bytes =
      Double(parts.full) * parts.perToken(parts.model.attention)
      + Double(parts.windowed) * parts.perToken(parts.model.windowedAttention)
    let layers = max(1, parts.full + parts.windowed)
    groups = [Group(kind: .full, blockSize: size)]
    layersPerGroup = layers
    pageBytes = Bytes(bytes * Double(size) / Double(layers))
    batchedTokens = 0
  }

  /// Groups of one size with pages of one size.
  private init(shared parts: Parts) {
    let full = parts.full > 0 ? parts.perToken(parts.model.attention) : 0
    let windowed = parts.windowed > 0 ? parts.perToken(parts.model.windowedAttention) : 0
    // Attention's block grows until its page holds a state (vllm/model_executor/models/config.py,
    // HybridAttentionMambaModelConfig).
    var size = parts.engine.blockSize
    if parts.states > 0, full > 0 {
      size = max(size, 16 * Int((parts.state / (16 * full)).rounded(.up)))
    }
    let page = max(full, windowed) * Double(size)
    pageBytes = Bytes(page > 0 ? page : parts.state)
    let counts = [parts.full, parts.windowed, parts.states].filter { $0 > 0 }
    let each = Self.layersPerGroup(counts)
    layersPerGroup = each
    batchedTokens = 0
    func list(_ count: Int, _ kind: Group.Kind, _ perToken: Double) -> [Group] {
      // The lighter attention gets longer blocks where they fill a page.
      let blocks = perToken > 0 ? max(1, Int(page / (perToken * Double(size)))) : 1
      return Array(
        repeating: Group(kind: kind, blockSize: size * blocks),
        count: count > 0 ? share(count, each) : 0)
    }
    groups =
      list(parts.full, .full, full)
      + list(parts.windowed, .windowed(parts.model.layerKinds.window), windowed)
      + list(parts.states, .state(parts.blocksPerState), 0)
    if groups.isEmpty { groups = [Group(kind: .full, blockSize: size)] }
  }

  /// As many as the rarest kind has, or as the commonest where that is hardly more.
  private static func layersPerGroup(_ counts: [Int]) -> Int {
    let least = counts.min() ?? 1
    let most = counts.max() ?? 1
    return Double(most) < Double(least) * 1.25 ? most : least
  }
}
