package import SimKernel

/// A step time read from measured steps, with straight lines between them.
///
/// Decode steps are told apart by their sequences and the sum of their contexts, prefill steps by
/// their tokens and the context of a chunk. A step with several prompts counts as one chunk with as
/// many tokens and query-key pairs, or without context when it has fewer pairs than that.
///
/// A drafter's token that is verified costs what one more sequence does, without a context of its own.
///
/// A step that does both takes as long as both parts alone, less what they share: the host's work
/// and the reading of weights, for which the shortest measured step stands.
package struct MeasuredTable: StepTimeModel, Hashable {
  package let name = "table"
  package let provenance: String
  package let attentionWindow: Int? = nil
  package let decode: MeasuredSurface
  package let prefill: MeasuredSurface
  /// Whether no decode step of the run is larger than those measured. If not, steps are priced one
  /// by one, and counted.
  private let coversDecode: Bool
  private let shared: Double

  /// `decode` by sequences and the sum of their contexts, `prefill` by tokens and context.
  package init(
    decode: MeasuredSurface, prefill: MeasuredSurface, provenance: String, coversDecode: Bool
  ) {
    self.decode = decode
    self.prefill = prefill
    self.provenance = provenance
    self.coversDecode = coversDecode
    shared = Double(min(decode.least, prefill.least).picoseconds)
  }

  package func duration(of work: StepWork) -> SimDuration {
    var total = 0.0
    if work.decodeSequences > 0 {
      total += decode.picoseconds(
        size: work.decodeSequences + work.draftTokens, context: Double(work.decodeContext))
    }
    if work.prefillTokens > 0 {
      total += prefill.picoseconds(size: work.prefillTokens, context: work.chunkContext)
      if work.decodeSequences > 0 { total -= shared }
    }
    // No step is free, and no line goes beyond the clock.
    return SimDuration(
      picoseconds: Int64(min(max(1, total.rounded()), Double(SimDuration.longest.picoseconds))))
  }

  package func covers(_ work: StepWork) -> Bool {
    let coversDecode =
      work.decodeSequences == 0
      || decode.covers(
        size: work.decodeSequences + work.draftTokens, context: Double(work.decodeContext))
    let coversPrefill =
      work.prefillTokens == 0
      || prefill.covers(size: work.prefillTokens, context: work.chunkContext)
    return coversDecode && coversPrefill
  }

  package func decodeLine(sequences: Int) -> DecodeLine? {
    guard coversDecode, sequences > 0, let line = decode.line(size: sequences) else { return nil }
    return DecodeLine(
      base: SimDuration(picoseconds: line.base), perContext: SimDuration(picoseconds: line.slope),
      perWindowedContext: .zero)
  }
}

extension StepWork {
  /// The context after which one chunk of all prefilled tokens has as many query-key pairs.
  fileprivate var chunkContext: Double {
    let tokens = Double(prefillTokens)
    return max(0, (Double(prefillPairs) - tokens * (tokens + 1) / 2) / tokens)
  }
}
