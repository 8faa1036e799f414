import SimKernel

/// The part of a step that depends on how many tokens and sequences it has, not on their contexts:
/// matrix products, KV writes, latencies, communication and the host.
struct MatrixCost {
  private let setUp: RooflineSetUp
  private let matrices: [WeightMatrix]
  private let topK: Int
  private let layerSeconds: Double
  private let reductions: Double
  private let writeSeconds: Double
  private let stateSeconds: Double
  private let scanSeconds: Double

  init(_ setUp: RooflineSetUp) {
    let model = setUp.model
    self.setUp = setUp
    matrices = model.matrices(tensorParallel: setUp.tensor).filter { $0.part != .embedding }
    topK = model.feedForward.topK
    let kv = KVSize(model, format: setUp.precision.kvCache, tensorParallel: setUp.tensor)
    writeSeconds = (kv.full + kv.windowed).count / setUp.stages / setUp.attentionBandwidth
    stateSeconds = 2 * kv.state.count / setUp.stages / setUp.attentionBandwidth
    scanSeconds =
      model.linearStateOperations / Double(setUp.tensor) / setUp.stages / setUp.attentionCompute
    let parts = Double(model.mixingLayers + model.feedForwardLayers)
    reductions = setUp.tensor > 1 ? parts : 0
    layerSeconds = setUp.coefficients.layerLatency.seconds * parts / 2
  }

  /// All layers on the step's tokens, and the host's work.
  func picoseconds(tokens: Int) -> Int64 {
    var seconds = setUp.coefficients.hostTime.seconds
    if tokens > 0 {
      let microBatch = share(tokens, setUp.parallelism.pipeline)
      for matrix in matrices where matrix.part != .head {
        seconds += product(matrix, rows: microBatch)
      }
      seconds += layerSeconds + reductions * allReduce(tokens: microBatch)
      seconds += Double(tokens) * (writeSeconds + scanSeconds) + stageHops(tokens: microBatch)
    }
    return picosecondsRoundedUp(seconds)
  }

  /// The output head on one token a sequence, states of linear layers, and the host's work.
  func picoseconds(sequences: Int) -> Int64 {
    guard sequences > 0 else { return 0 }
    let rows = share(sequences, setUp.parallelism.pipeline)
    var seconds =
      Double(sequences) * (setUp.coefficients.hostTimePerSequence.seconds + stateSeconds)
    for matrix in matrices where matrix.part == .head {
      seconds += setUp.stages * (product(matrix, rows: rows) + gather(matrix, rows: rows))
    }
    return picosecondsRoundedUp(seconds)
  }

  /// One product in each layer that has such a matrix. A mixture reads the experts that any token
  /// is routed to.
  private func product(_ matrix: WeightMatrix, rows: Int) -> Double {
    let format = setUp.precision.format(of: matrix.part)
    let values = Double(matrix.inputs) * Double(matrix.outputs)
    var touched = 1.0
    var uses = Double(rows)
    if matrix.part == .expert {
      touched = expectedExperts(of: matrix.experts, topK: topK, tokens: rows)
      uses *= Double(topK)
    }
    let activations = uses * Double(matrix.inputs + matrix.outputs) * 2
    let compute =
      2 * uses * values
      / (setUp.accelerator.peak(for: format).rate * setUp.coefficients.matrixCompute)
    let traffic = (touched * values * format.bytes + activations) / setUp.matrixBandwidth
    return max(compute, traffic, setUp.coefficients.matrixFloor.seconds) * Double(matrix.layers)
  }

  /// A ring's traffic, 2 (n - 1) / n of the tensor over each link, after a latency.
  private func allReduce(tokens: Int) -> Double {
    let n = Double(setUp.tensor)
    let bytes = Double(tokens * setUp.model.hiddenSize) * 2 * 2 * (n - 1) / n
    return setUp.coefficients.allReduceLatency.seconds
      + bytes / setUp.linkBandwidth(group: setUp.tensor)
  }

  /// Every accelerator hands its slice of the logits to the one that samples.
  private func gather(_ head: WeightMatrix, rows: Int) -> Double {
    guard setUp.tensor > 1 else { return 0 }
    let bytes = Double(rows * head.outputs * (setUp.tensor - 1)) * 2
    return setUp.coefficients.allReduceLatency.seconds
      + bytes / setUp.linkBandwidth(group: setUp.tensor)
  }

  /// One hop a stage, the last one back to the first with the tokens.
  private func stageHops(tokens: Int) -> Double {
    guard setUp.parallelism.pipeline > 1 else { return 0 }
    let bytes = Double(tokens * setUp.model.hiddenSize) * 2
    return setUp.stages
      * (setUp.coefficients.stageLatency.seconds
        + bytes / setUp.linkBandwidth(group: setUp.parallelism.accelerators))
  }
}

extension ModelArchitecture {
  /// Operations that linear layers spend on their states for each token: one multiplication and
  /// one addition to update a value, and as much to read it.
  var linearStateOperations: Double { 4 * Double(layerKinds.linear * layerKinds.linearState) }
}

/// How many of `experts` at least one of `tokens` is routed to, when each picks `topK` at random:
/// E (1 - (1 - k / E)^tokens).
func expectedExperts(of experts: Int, topK: Int, tokens: Int) -> Double {
  let all = Double(experts)
  return all * (1 - power(1 - Double(topK) / all, tokens))
}

/// By squaring: the same bits on every machine.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var rest = exponent
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}

extension FeedForward {
  /// Experts a token is routed to; 0 without experts.
  var topK: Int {
    if case .mixture(_, let topK, _, _, _, _, _) = self { topK } else { 0 }
  }
}
