import SimKernel

/// The part of a step that depends on how many tokens and sequences it has, not on their contexts:
/// matrix products, KV writes, latencies, communication and the host.
struct MatrixCost {
  private let setUp: RooflineSetUp
  private let links: RooflineLinks
  private let matrices: [WeightMatrix]
  private let topK: Int
  private let layerSeconds: Double
  /// All-reduces and all-to-alls of a step.
  private let reductions: Double
  private let exchanges: Double
  private let writeSeconds: Double
  private let stateSeconds: Double
  private let scanSeconds: Double

  init(_ setUp: RooflineSetUp) {
    let model = setUp.model
    self.setUp = setUp
    links = setUp.links
    matrices = model.matrices(setUp.parallelism).filter { $0.part != .embedding }
    topK = model.feedForward.topK
    let kv = KVSize(model, format: setUp.precision.kvCache, tensorParallel: setUp.tensor)
    writeSeconds =
      (kv.full + kv.windowed).count / setUp.stages / setUp.bandwidth(.attentionBandwidth)
    stateSeconds = 2 * kv.state.count / setUp.stages / setUp.bandwidth(.attentionBandwidth)
    scanSeconds =
      model.linearStateOperations / Double(setUp.tensor) / setUp.stages / setUp.attentionCompute
    let mixing = Double(model.mixingLayers)
    let mixtures = Double(model.feedForward.mixtureLayers)
    let parts = mixing + Double(model.feedForwardLayers)
    let isDataParallel = setUp.parallelism.data > 1
    exchanges = isDataParallel ? 2 * mixtures : 0
    reductions = setUp.tensor > 1 ? parts - (isDataParallel ? mixtures : 0) : 0
    let latencies = setUp.coefficients
    layerSeconds =
      latencies[.layerLatency] * parts / 2 + latencies[.mixtureLatency] * mixtures
      + latencies[.linearLatency] * Double(model.layerKinds.linear)
  }

  /// What of a data parallel rank's step a cost has.
  enum Scope {
    /// All of it, if the other ranks carry the same load.
    case whole
    /// What it does by itself, without its share in the experts and the way to them.
    case own
  }

  /// All layers on the step's tokens, and the host's work.
  func picoseconds(tokens: Int, _ scope: Scope = .whole) -> Int64 {
    var seconds = setUp.coefficients[.hostTime]
    if tokens > 0 {
      let microBatch = share(tokens, setUp.parallelism.pipeline)
      for matrix in matrices
      where matrix.part != .head && (scope == .whole || matrix.part != .expert) {
        seconds += product(matrix, rows: microBatch)
      }
      seconds += layerSeconds + reductions * allReduce(tokens: microBatch)
      if scope == .whole { seconds += exchanges * allToAll(tokens: microBatch) }
      seconds += Double(tokens) * (writeSeconds + scanSeconds) + stageHops(tokens: microBatch)
    }
    return picosecondsRoundedUp(seconds)
  }

  /// What data parallel ranks do together in a step of which each has so many tokens: the experts
  /// on all of them. The way to the experts takes as long as it takes the rank with the most.
  func picosecondsTogether(tokens: [Int]) -> Int64 {
    let microBatches = tokens.map { share($0, setUp.parallelism.pipeline) }
    let all = microBatches.reduce(0, +)
    var seconds = exchanges * allToAll(tokens: microBatches.max() ?? 0)
    for matrix in matrices where matrix.part == .expert { seconds += experts(matrix, tokens: all) }
    return picosecondsRoundedUp(seconds)
  }

  /// The output head on one token a sequence, states of linear layers, and the host's work.
  func picoseconds(sequences: Int) -> Int64 {
    guard sequences > 0 else { return 0 }
    return picosecondsRoundedUp(
      Double(sequences) * (setUp.coefficients[.sequenceTime] + stateSeconds) + head(sequences))
  }

  /// Seconds of the output head on so many tokens.
  func head(_ tokens: Int) -> Double {
    let rows = share(tokens, setUp.parallelism.pipeline)
    var seconds = 0.0
    for matrix in matrices where matrix.part == .head {
      seconds += setUp.stages * (product(matrix, rows: rows) + gather(matrix, rows: rows))
    }
    return seconds
  }

  /// One product in each layer that has such a matrix. Of dense ones, traffic and arithmetic
  /// overlap but for the rounded corner of the roofline, sqrt(traffic^2 + arithmetic^2), which
  /// timed kernels follow.
  private func product(_ matrix: WeightMatrix, rows: Int) -> Double {
    guard matrix.part != .expert else {
      return experts(matrix, tokens: rows * setUp.parallelism.data)
    }
    let values = Double(matrix.inputs) * Double(matrix.outputs)
    let activations = Double(rows) * Double(matrix.inputs + matrix.outputs) * 2
    let format = setUp.precision.format(of: matrix.part)
    let traffic = (values * format.bytes + activations) / setUp.bandwidth(.matrixBandwidth)
    let arithmetic = 2 * Double(rows) * values / setUp.compute(format, .matrixCompute)
    let seconds = (traffic * traffic + arithmetic * arithmetic).squareRoot()
    return (seconds + setUp.coefficients[.matrixLatency]) * Double(matrix.layers)
  }

  /// The experts that any token of any data-parallel rank is routed to are read, one after the
  /// other, so that traffic and arithmetic add up: so do the timed kernels.
  private func experts(_ matrix: WeightMatrix, tokens: Int) -> Double {
    let values = Double(matrix.inputs) * Double(matrix.outputs)
    let reached = Double(matrix.experts) * setUp.model.feedForward.touchedShare(tokens: tokens)
    let uses = Double(tokens * topK) / Double(setUp.parallelism.expert)
    let format = setUp.precision.format(of: matrix.part)
    let activations = uses * Double(matrix.inputs + matrix.outputs) * 2
    let traffic =
      (reached * values * format.bytes + activations) / setUp.bandwidth(.expertBandwidth)
    let arithmetic = 2 * uses * values / setUp.compute(format, .expertCompute)
    return (traffic + arithmetic) * Double(matrix.layers)
  }

  /// Each token goes to the accelerators of its experts and its result comes back.
  private func allToAll(tokens: Int) -> Double {
    links.allToAll(
      Double(tokens * setUp.model.hiddenSize * topK), group: setUp.parallelism.expertGroup)
  }

  /// Of a layer's bf16 results.
  private func allReduce(tokens: Int) -> Double {
    links.allReduce(Double(tokens * setUp.model.hiddenSize) * 2, group: setUp.tensor)
  }

  /// Every accelerator hands its slice of the logits to the one that samples.
  private func gather(_ head: WeightMatrix, rows: Int) -> Double {
    guard setUp.tensor > 1 else { return 0 }
    return links.gather(Double(rows * head.outputs) * 2, group: setUp.tensor)
  }

  /// One hop a stage, the last one back to the first with the tokens.
  private func stageHops(tokens: Int) -> Double {
    guard setUp.parallelism.pipeline > 1 else { return 0 }
    return links.stageHops(
      Double(tokens * setUp.model.hiddenSize) * 2, stages: setUp.parallelism.pipeline,
      tensor: setUp.tensor)
  }
}

extension ModelArchitecture {
  /// Operations that linear layers spend on their states for each token: one multiplication and
  /// one addition to update a value, and as much to read it.
  var linearStateOperations: Double {
    4 * Double(layerKinds.linear) * Double(layerKinds.linearState)
  }
}

extension FeedForward {
  /// The share of the experts that at least one of `tokens` is expected to be routed to, when each
  /// picks its few at random: 1 - (1 - k / E)^tokens. Routing is not that even, so tokens count
  /// only 0.8 beyond the first: timed kernels with power-law routing reach as many (aiconfigurator's
  /// tables of vLLM 0.24).
  func touchedShare(tokens: Int) -> Double {
    guard case .mixture(let experts, let topK, _, _, _, _, _) = self else { return 1 }
    guard tokens > 0 else { return 0 }
    let effective = 1 + (tokens - 1) * 4 / 5
    return 1 - power(1 - Double(topK) / Double(experts), effective)
  }

  /// Layers with routed experts.
  var mixtureLayers: Int {
    if case .mixture(_, _, _, _, let layers, _, _) = self { layers } else { 0 }
  }
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
