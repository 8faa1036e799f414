package import SimKernel

/// Prices a step. Called once a step; sees totals, never requests.
package protocol StepTimeModel: Sendable {
  /// What prices the steps, for the report: `roofline`, `linear` ...
  var name: String { get }
  /// How far its figures can be trusted, in a phrase: `not calibrated: datasheet roofline ...`.
  var provenance: String { get }
  /// The window of the model's windowed layers; nil when it has none. The engine then keeps
  /// `decodeWindowedContext` and `prefillWindowedPairs`.
  var attentionWindow: Int? { get }

  /// How long the engine is busy with the step, host work included. At least one picosecond: no
  /// step is free.
  func duration(of work: StepWork) -> SimDuration

  /// The duration of decode-only steps of `sequences` sequences as a straight line in their
  /// contexts, or nil when it is none. The line and `duration(of:)` agree to the picosecond.
  func decodeLine(sequences: Int) -> DecodeLine?

  /// How long data parallel ranks that step together take for a step of each: they meet in every
  /// layer with experts, so one time for all. A rank that has nothing to do computes a single token.
  func duration(ofRanks works: [StepWork]) -> SimDuration

  /// Whether the step lies in the range that the model was made for; the report counts those that
  /// do not. Steps on a decode line are within it, they are not asked for.
  func covers(_ work: StepWork) -> Bool
}

extension StepTimeModel {
  /// A formula holds for every step.
  package func covers(_ work: StepWork) -> Bool { true }

  /// As long as the slowest takes, where a rank's price holds whatever the others do.
  package func duration(ofRanks works: [StepWork]) -> SimDuration {
    works.map(duration(of:)).max() ?? SimDuration(picoseconds: 1)
  }
}

/// `base + perContext * decodeContext + perWindowedContext * decodeWindowedContext`.
package struct DecodeLine: Hashable, Sendable, BitwiseCopyable {
  package var base: SimDuration
  /// Whole picoseconds a token of context, so that k steps cost exactly their sum.
  package var perContext: SimDuration
  package var perWindowedContext: SimDuration

  package init(base: SimDuration, perContext: SimDuration, perWindowedContext: SimDuration) {
    self.base = base
    self.perContext = perContext
    self.perWindowedContext = perWindowedContext
  }

  /// Of a step on the line.
  package func duration(of work: StepWork) -> SimDuration {
    base + perContext * work.decodeContext + perWindowedContext * work.decodeWindowedContext
  }
}

/// The arithmetic and memory traffic of a replica's steps, all its accelerators together, for MFU
/// and MBU (and, later, power). Linear in the work but for the weights a step reads, which depend
/// on how many tokens meet how many experts.
package struct WorkMeter: Hashable, Sendable {
  package var flopsPerToken: Double
  /// Of the output head, for each sequence that yields a token.
  package var flopsPerSampledSequence: Double
  /// For each query-key pair in full and in windowed layers.
  package var flopsPerPair: Double
  package var flopsPerWindowedPair: Double
  /// KV bytes read for each token of context, and written for each new token.
  package var readBytesPerContext: Double
  package var readBytesPerWindowedContext: Double
  package var writtenBytesPerToken: Double
  /// Weight bytes read by a step of `index` tokens; the last entry holds for all larger steps.
  package var weightBytes: [Double]
  /// What `flops` and `bytes` are held against for MFU and MBU: datasheet peaks of the replica.
  package var peakCompute: FLOPsPerSecond
  package var peakBandwidth: BytesPerSecond

  package init(
    flopsPerToken: Double, flopsPerSampledSequence: Double, flopsPerPair: Double,
    flopsPerWindowedPair: Double, readBytesPerContext: Double,
    readBytesPerWindowedContext: Double, writtenBytesPerToken: Double, weightBytes: [Double],
    peakCompute: FLOPsPerSecond, peakBandwidth: BytesPerSecond
  ) {
    self.flopsPerToken = flopsPerToken
    self.flopsPerSampledSequence = flopsPerSampledSequence
    self.flopsPerPair = flopsPerPair
    self.flopsPerWindowedPair = flopsPerWindowedPair
    self.readBytesPerContext = readBytesPerContext
    self.readBytesPerWindowedContext = readBytesPerWindowedContext
    self.writtenBytesPerToken = writtenBytesPerToken
    self.weightBytes = weightBytes
    self.peakCompute = peakCompute
    self.peakBandwidth = peakBandwidth
  }
}
