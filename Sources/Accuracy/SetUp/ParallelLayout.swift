import ServingModel

/// How a case spreads its model over its accelerators.
struct ParallelLayout {
  var parallelism = Parallelism()
  /// Engines side by side, each with its own copy of the model.
  var replicas = 1

  /// From what the case states; `assumptions` gets what was made of it.
  init(
    _ measured: MeasuredCase, _ hardware: CaseHardware, _ assumptions: inout [String]
  ) throws(Unsupported) {
    guard let tensor = measured.parallelism.tensor else {
      self = try .smallest(measured, hardware, &assumptions)
      return
    }
    var stated = measured.parallelism
    var accelerators = measured.accelerators
    parallelism = Parallelism(
      tensor: tensor, pipeline: stated.pipeline ?? 1, data: stated.data ?? 1,
      expert: hardware.model.feedForward.isMixture ? stated.expert ?? 1 : 1)
    if Self.isSquared(measured) {
      accelerators = parallelism.expert
      stated.moeTensor = 1
      undoSquare()
      assumptions.append(
        "\(accelerators) accelerators, not \(measured.accelerators): the exporter multiplied "
          + "moe_tp and ep, which are one group")
    }
    separateReplicas(stated, hardware.model, &assumptions)
    try countReplicas(of: accelerators, hardware)
  }

  private init() {}

  /// Rows of one exporter give the same group as moe_tp and as ep, and so its square as the number
  /// of accelerators; the same figures occur under the right numbers, too.
  private static func isSquared(_ measured: MeasuredCase) -> Bool {
    let stated = measured.parallelism
    guard let expert = stated.expert, expert > 1, stated.moeTensor == expert,
      let tensor = stated.tensor
    else { return false }
    return measured.source.contains("silicon_sample") && measured.source.contains("InferenceX")
      && measured.accelerators == expert * expert
      && (tensor * (stated.data ?? 1)) == measured.accelerators
  }

  private mutating func undoSquare() {
    if parallelism.tensor > 1 {
      parallelism.tensor = max(1, parallelism.tensor / parallelism.expert)
    } else {
      parallelism.data = max(1, parallelism.data / parallelism.expert)
    }
  }

  /// Ranks whose experts do not span all of them are engines of their own.
  private mutating func separateReplicas(
    _ stated: StatedParallelism, _ model: ModelArchitecture, _ assumptions: inout [String]
  ) {
    guard parallelism.data > 1 else { return }
    let moeTensor = stated.moeTensor ?? 0
    let spansRanks = moeTensor == 0 || moeTensor * parallelism.expert == parallelism.expertGroup
    guard !model.feedForward.isMixture || !spansRanks else { return }
    assumptions.append("dp \(parallelism.data) taken as \(parallelism.data) engines of their own")
    parallelism.data = 1
  }

  private mutating func countReplicas(
    of accelerators: Int, _ hardware: CaseHardware
  ) throws(Unsupported) {
    let taken = parallelism.accelerators * parallelism.data
    guard accelerators % taken == 0 else {
      throw Unsupported("tp x pp x dp is \(taken), which does not divide n_gpu \(accelerators)")
    }
    guard parallelism.expertGroup % parallelism.expert == 0 else {
      throw Unsupported(
        "ep is \(parallelism.expert), which does not divide tp x dp \(parallelism.expertGroup)")
    }
    replicas = accelerators / taken
    if let issue = parallelism.issues(for: hardware.model).first {
      throw Unsupported(issue.message)
    }
  }

  /// The smallest power of two that holds the model with 30 % of the memory left for KV entries.
  private static func smallest(
    _ measured: MeasuredCase, _ hardware: CaseHardware, _ assumptions: inout [String]
  ) throws(Unsupported) -> ParallelLayout {
    var layout = ParallelLayout()
    let limits = EngineLimits.usual(of: hardware.engine, on: hardware.accelerator)
    var tensor = 1
    while tensor <= measured.accelerators {
      layout.parallelism = Parallelism(tensor: tensor)
      let room = hardware.footprint(layout, limits.forMemory(of: hardware.engine)).kvBytes
      if room > hardware.accelerator.memory * 0.3 {
        layout.replicas = measured.accelerators / tensor
        assumptions.append(
          "tp not stated: \(layout.replicas) x tp \(tensor), the smallest that leaves 30 % of "
            + "the memory for KV entries")
        return layout
      }
      tensor *= 2
    }
    throw Unsupported(
      "tp is not stated, and the model leaves less than 30 % of the memory of "
        + "\(measured.accelerators) accelerators")
  }
}
