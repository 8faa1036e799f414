package import SimKernel

/// Another model's step times under a power cap or a clock limit.
///
/// A step with prompt tokens is slowed as a whole. A decode step is slowed in parts, what it takes
/// without context and what each token of context adds: each part has one use of the peaks whatever
/// the contexts, so that straight decode lines stay straight.
package struct PowerLimitedStepTime: StepTimeModel {
  package let model: any StepTimeModel
  private let limit: PowerLimit
  private let meter: WorkMeter

  package init(_ model: any StepTimeModel, limit: PowerLimit, meter: WorkMeter) {
    self.model = model
    self.limit = limit
    self.meter = meter
  }

  package var name: String { model.name }
  package var provenance: String { "\(model.provenance); slowed by a power limit" }
  package var attentionWindow: Int? { model.attentionWindow }

  package func duration(of work: StepWork) -> SimDuration {
    if work.isPlainDecode, let line = decodeLine(sequences: work.decodeSequences) {
      return line.duration(of: work)
    }
    let time = model.duration(of: work)
    return slowed(time, flops: meter.flops(of: work), bytes: meter.bytes(of: work))
  }

  package func decodeLine(sequences: Int) -> DecodeLine? {
    guard let line = model.decodeLine(sequences: sequences) else { return nil }
    var work = StepWork()
    work.decodeSequences = sequences
    return DecodeLine(
      base: slowed(line.base, flops: meter.flops(of: work), bytes: meter.bytes(of: work)),
      perContext: slowed(
        line.perContext, flops: FLOPs(meter.flopsPerPair), bytes: Bytes(meter.readBytesPerContext)),
      perWindowedContext: slowed(
        line.perWindowedContext, flops: FLOPs(meter.flopsPerWindowedPair),
        bytes: Bytes(meter.readBytesPerWindowedContext)))
  }

  /// The rank that the limit slows most slows all.
  package func duration(ofRanks works: [StepWork]) -> SimDuration {
    let time = model.duration(ofRanks: works)
    return works.map { slowed(time, flops: meter.flops(of: $0), bytes: meter.bytes(of: $0)) }.max()
      ?? time
  }

  package func covers(_ work: StepWork) -> Bool {
    let time = model.duration(of: work)
    let use = use(flops: meter.flops(of: work), bytes: meter.bytes(of: work), in: time)
    return model.covers(work) && limit.isMeasured(compute: use.compute, memory: use.memory)
  }

  /// Rounded up: nothing is faster than without the limit.
  private func slowed(_ time: SimDuration, flops: FLOPs, bytes: Bytes) -> SimDuration {
    guard time > .zero else { return time }
    let use = use(flops: flops, bytes: bytes, in: time)
    let slowdown = limit.slowdown(compute: use.compute, memory: use.memory)
    guard slowdown > 1 else { return time }
    return SimDuration(
      picoseconds: Int64((Double(time.picoseconds) * slowdown).rounded(.up)))
  }

  /// Shares of the peaks.
  private func use(
    flops: FLOPs, bytes: Bytes, in time: SimDuration
  ) -> (compute: Double, memory: Double) {
    (
      flops.count / (time.seconds * meter.peakCompute.rate),
      bytes.count / (time.seconds * meter.peakBandwidth.rate)
    )
  }
}
