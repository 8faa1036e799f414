package import SimKernel

/// What a roofline cannot know from a datasheet: how much of a peak kernels reach, and what a step
/// costs beside arithmetic and traffic.
package struct RooflineCoefficients: Hashable, Sendable {
  /// Share of memory bandwidth that matrix products reach on weights of 32 MB and more.
  package var matrixBandwidth: Double
  /// Share of peak compute that matrix products reach from about 512 tokens on.
  package var matrixCompute: Double
  /// No matrix product is shorter.
  package var matrixFloor: SimDuration
  /// Share of memory bandwidth that decode attention reaches beyond its floor.
  package var attentionBandwidth: Double
  /// Share of bf16 peak that attention reaches.
  package var attentionCompute: Double
  /// An attention kernel takes this long before its cost grows with its context.
  package var attentionFloor: SimDuration
  /// The rest of a layer: norms, rotary embedding, activation, cache writes, launch gaps.
  package var layerLatency: SimDuration
  /// Scheduling, input preparation, sampling and output of a step.
  package var hostTime: SimDuration
  /// The same for each sequence in the step.
  package var hostTimePerSequence: SimDuration
  /// An all-reduce of nothing, and the share of the link that large ones reach.
  package var allReduceLatency: SimDuration
  package var linkBandwidth: Double
  /// Handing a micro-batch to the next pipeline stage, before its bytes.
  package var stageLatency: SimDuration
  /// How far these figures can be trusted, in a phrase.
  package var provenance: String

  package init(
    matrixBandwidth: Double, matrixCompute: Double, matrixFloor: SimDuration,
    attentionBandwidth: Double, attentionCompute: Double, attentionFloor: SimDuration,
    layerLatency: SimDuration, hostTime: SimDuration, hostTimePerSequence: SimDuration,
    allReduceLatency: SimDuration, linkBandwidth: Double, stageLatency: SimDuration,
    provenance: String
  ) {
    for share in [
      matrixBandwidth, matrixCompute, attentionBandwidth, attentionCompute, linkBandwidth,
    ] {
      precondition(share > 0 && share <= 1, "an efficiency outside (0, 1]")
    }
    self.matrixBandwidth = matrixBandwidth
    self.matrixCompute = matrixCompute
    self.matrixFloor = matrixFloor
    self.attentionBandwidth = attentionBandwidth
    self.attentionCompute = attentionCompute
    self.attentionFloor = attentionFloor
    self.layerLatency = layerLatency
    self.hostTime = hostTime
    self.hostTimePerSequence = hostTimePerSequence
    self.allReduceLatency = allReduceLatency
    self.linkBandwidth = linkBandwidth
    self.stageLatency = stageLatency
    self.provenance = provenance
  }

  /// One set of figures for every accelerator and model. Kernels were timed alone on an H100 SXM
  /// under vLLM 0.24 (aiconfigurator's tables); the latencies of layer and host are round figures
  /// that H100 serving runs of vLLM 0.15 are consistent with, not a fit.
  package static let uncalibrated = RooflineCoefficients(
    // 0.78 to 0.81 up to 128 tokens; 0.78 to 0.82 of compute from 512 on; 2.7 to 3.8 us at least.
    matrixBandwidth: 0.80, matrixCompute: 0.80, matrixFloor: .microsecond * 3,
    // 12 us + bytes / (0.8 x bandwidth) meets the timed kernels from 1 kB to 4 GB.
    attentionBandwidth: 0.80,
    // Prompts of 4096 to 16384 tokens reach 0.52 to 0.62.
    attentionCompute: 0.55, attentionFloor: .microsecond * 12,
    layerLatency: .microsecond * 20, hostTime: .microsecond * 300,
    hostTimePerSequence: .microsecond * 15,
    // 4.3 to 5.6 us up to 32 kB; 0.35 to 0.49 of NVLink above 16 MB.
    allReduceLatency: .microsecond * 5, linkBandwidth: 0.40,
    stageLatency: .microsecond * 10,
    provenance: "not calibrated: datasheet roofline with kernel efficiencies of one H100")
}
