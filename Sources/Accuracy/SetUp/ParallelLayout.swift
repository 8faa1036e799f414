import ServingSim

/// How a case spreads its model over its accelerators.
struct ParallelLayout {
  var parallelism = Parallelism()
  /// Ranks of data-parallel attention.
  var data = 1
  var expert = 1
  var replicas = 1

  /// Weights and KV entries of an accelerator as a plain tensor-parallel group would have them.
  var memoryParallelism: Parallelism {
    Parallelism(tensor: parallelism.tensor * data, pipeline: parallelism.pipeline)
  }

  /// From what the case states; `assumptions` gets what was made of it.
  init(
    _ measured: MeasuredCase, _ hardware: CaseHardware, _ assumptions: inout [String]
  ) throws(Unsupported) {
    guard let tensor = measured.parallelism.tensor else {
      self = try .smallest(measured, hardware, &assumptions)
      return
    }
    var stated = measured.parallelism
    expert = stated.expert ?? 1
    data = stated.data ?? 1
    var accelerators = measured.accelerators
    var group = tensor
    if Self.isSquared(measured) {
      accelerators = expert
      if group > 1 { group /= expert } else { data /= expert }
      stated.moeTensor = 1
      assumptions.append(
        "\(expert) accelerators, not \(measured.accelerators): the exporter multiplied "
          + "moe_tp and ep, which are one group")
    }
    parallelism = Parallelism(tensor: max(1, group), pipeline: stated.pipeline ?? 1)
    try separateReplicas(stated, hardware.model, &assumptions)
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

  /// Ranks whose experts do not span all of them are engines of their own.
  private mutating func separateReplicas(
    _ stated: StatedParallelism, _ model: ModelArchitecture, _ assumptions: inout [String]
  ) throws(Unsupported) {
    guard data > 1 else { return }
    let moeTensor = stated.moeTensor ?? 0
    let spansRanks = moeTensor == 0 || moeTensor * expert == parallelism.tensor * data
    guard !model.feedForward.isMixture || !spansRanks else { return }
    replicas = data
    data = 1
    assumptions.append("dp \(replicas) taken as \(replicas) engines of their own")
  }

  private mutating func countReplicas(
    of accelerators: Int, _ hardware: CaseHardware
  ) throws(Unsupported) {
    let taken = parallelism.accelerators * data
    guard accelerators % (taken * replicas) == 0 else {
      throw Unsupported(
        "tp x pp x dp is \(taken * replicas), which does not divide n_gpu \(accelerators)")
    }
    replicas = accelerators / taken
    if let issue = parallelism.issues(for: hardware.model).first { throw Unsupported(issue) }
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
