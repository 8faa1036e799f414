/// A value for every coefficient of a roofline, and how far they can be trusted.
package struct RooflineCoefficients: Hashable, Sendable {
  private var values: [Double]
  /// How far these figures can be trusted, in a phrase.
  package var provenance: String

  /// Values out of bounds are moved to the nearest bound.
  package init(provenance: String, _ value: (Coefficient) -> Double) {
    self.provenance = provenance
    values = Coefficient.allCases.map { coefficient in
      let bounds = coefficient.bounds
      return min(max(value(coefficient), bounds.lowerBound), bounds.upperBound)
    }
  }

  /// In the coefficient's unit.
  package subscript(_ coefficient: Coefficient) -> Double { values[coefficient.rawValue] }

  /// The same with one of them times `factor`, within its bounds.
  package func scaled(_ coefficient: Coefficient, by factor: Double) -> RooflineCoefficients {
    RooflineCoefficients(provenance: provenance) {
      self[$0] * ($0 == coefficient ? factor : 1)
    }
  }

  /// One set of figures for every accelerator and model. Kernels were timed alone on an H100 SXM
  /// under vLLM 0.24 (aiconfigurator's tables); the latencies of layer and host are round figures
  /// that H100 serving runs of vLLM 0.15 are consistent with, not a fit.
  package static let uncalibrated = RooflineCoefficients(
    provenance: "not calibrated: datasheet roofline with kernel efficiencies of one H100"
  ) { coefficient in
    switch coefficient {
    // 0.78 to 0.87 up to 128 tokens; 0.78 to 0.82 of compute from 512 on; 2.7 to 4 us beside.
    case .matrixBandwidth, .matrixCompute: 0.80
    case .matrixLatency: 3e-6
    // Triton's grouped kernels of bf16 experts.
    case .expertBandwidth: 0.80
    case .expertCompute: 0.42
    // 12 us + bytes / (0.8 x bandwidth) meets the timed kernels from 1 kB to 4 GB.
    case .attentionBandwidth: 0.80
    // Prompts of 4096 to 16384 tokens reach 0.52 to 0.62.
    case .attentionCompute: 0.55
    // Attention's 12 us, and 20 us.
    case .layerLatency: 32e-6
    case .mixtureLatency: 40e-6
    case .linearLatency: 20e-6
    case .prefillLatency: 0
    // Decode steps of 7B and 8B models without graphs: 8.4 ms on an H100, 22 ms on an A800 (posts on
    // vLLM and vLLM-Omni, 2026): 260 and 790 us a layer.
    case .launchTime: 400e-6
    case .hostTime: 300e-6
    case .sequenceTime: 15e-6
    // 4.3 to 5.6 us up to 32 kB; 0.35 to 0.49 of NVLink above 16 MB.
    case .allReduceLatency: 5e-6
    case .allToAllLatency: 20e-6
    case .stageLatency: 10e-6
    case .linkBandwidth: 0.40
    // An all-reduce of nothing between two servers takes 19 us (nccl-tests, issue 150: A100, HDR);
    // 46 to 48 of 50 GB/s are reached by very large ones (issue 290), less by those of a step.
    case .networkLatency: 20e-6
    case .networkBandwidth: 0.70
    case .frontendLatency, .streamSteps, .promptQueueing, .promptCrowding: 0
    }
  }
}
