package import SimKernel

/// Another model's step times, each `factor` times as long: what a plan would do if its steps were
/// mispriced.
package struct SlowedStepTime: StepTimeModel {
  private let model: any StepTimeModel
  private let factor: Double

  package init(_ model: any StepTimeModel, by factor: Double) {
    precondition(factor > 0 && factor.isFinite, "a step of no time, or of no end")
    self.model = model
    self.factor = factor
  }

  package var name: String { model.name }
  package var provenance: String { model.provenance }
  package var attentionWindow: Int? { model.attentionWindow }

  /// Part by part where it is a straight line, so that it stays one.
  package func duration(of work: StepWork) -> SimDuration {
    if work.isPlainDecode, let line = decodeLine(sequences: work.decodeSequences) {
      return line.duration(of: work)
    }
    return max(SimDuration(picoseconds: 1), slowed(model.duration(of: work)))
  }

  package func decodeLine(sequences: Int) -> DecodeLine? {
    guard let line = model.decodeLine(sequences: sequences) else { return nil }
    return DecodeLine(
      base: max(SimDuration(picoseconds: 1), slowed(line.base)),
      perContext: slowed(line.perContext),
      perWindowedContext: slowed(line.perWindowedContext))
  }

  package func duration(ofRanks works: [StepWork]) -> SimDuration {
    max(SimDuration(picoseconds: 1), slowed(model.duration(ofRanks: works)))
  }

  package func covers(_ work: StepWork) -> Bool { model.covers(work) }

  /// No line goes beyond the clock.
  private func slowed(_ time: SimDuration) -> SimDuration {
    SimDuration(
      picoseconds: Int64(
        min((Double(time.picoseconds) * factor).rounded(), Double(SimDuration.longest.picoseconds)))
    )
  }
}
