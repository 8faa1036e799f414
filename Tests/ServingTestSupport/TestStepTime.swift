package import ServingModel
package import SimKernel

/// A step time with free coefficients in picoseconds, straight in the contexts or not.
package struct TestStepTime: StepTimeModel {
  package var name: String { "test" }
  package var provenance: String { "made up" }
  package var base: Int64
  package var perDecode: Int64
  package var perContext: Int64
  package var perWindowed: Int64
  package var perPrefillToken: Int64
  package var perPair: Int64
  package var attentionWindow: Int?
  package var isStraight: Bool
  /// Steps with more prompt tokens are outside the range.
  package var coveredPrefill: Int

  package init(
    base: Int64, perDecode: Int64 = 0, perContext: Int64 = 0, perWindowed: Int64 = 0,
    perPrefillToken: Int64 = 0, perPair: Int64 = 0, attentionWindow: Int? = nil,
    isStraight: Bool = true, coveredPrefill: Int = .max
  ) {
    self.base = base
    self.perDecode = perDecode
    self.perContext = perContext
    self.perWindowed = perWindowed
    self.perPrefillToken = perPrefillToken
    self.perPair = perPair
    self.attentionWindow = attentionWindow
    self.isStraight = isStraight
    self.coveredPrefill = coveredPrefill
  }

  package func covers(_ work: StepWork) -> Bool { work.prefillTokens <= coveredPrefill }

  package func duration(of work: StepWork) -> SimDuration {
    let decode =
      decodeTime(work.decodeSequences)
      + perContext * Int64(work.decodeContext) + perWindowed * Int64(work.decodeWindowedContext)
    let prefill =
      perPrefillToken * Int64(work.prefillTokens + work.draftTokens)
      + perPair * Int64(work.prefillPairs + work.draftPairs)
      + perWindowed
      * Int64(work.prefillWindowedPairs + work.prefillContext + work.draftWindowedPairs)
    return SimDuration(picoseconds: decode + prefill)
  }

  /// What ranks compute together takes longer with each of their tokens.
  package func duration(ofRanks works: [StepWork]) -> SimDuration {
    let slowest = works.map { duration(of: $0).picoseconds }.max() ?? 0
    return SimDuration(picoseconds: slowest + 1009 * Int64(works.reduce(0) { $0 + $1.tokens }))
  }

  package func decodeLine(sequences: Int) -> DecodeLine? {
    guard isStraight else { return nil }
    return DecodeLine(
      base: SimDuration(picoseconds: decodeTime(sequences)),
      perContext: SimDuration(picoseconds: perContext),
      perWindowedContext: SimDuration(picoseconds: perWindowed))
  }

  /// Not linear in the number of sequences, as real engines are not.
  private func decodeTime(_ sequences: Int) -> Int64 {
    base + perDecode * Int64(sequences) * Int64(sequences)
  }
}
