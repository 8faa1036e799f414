package import SimKernel

/// A step time that is a sum of given costs, for engines that were measured rather than described.
package struct LinearStepTime: StepTimeModel, Hashable {
  /// The costs, all in whole picoseconds so that steps add up exactly.
  package struct Coefficients: Hashable, Sendable {
    /// Each step, and the host's work beside it.
    package var base = SimDuration.zero
    package var host = SimDuration.zero
    /// Each decoding sequence, and each token of its context.
    package var perDecodeSequence = SimDuration.zero
    package var perDecodeContext = SimDuration.zero
    /// Each prompt token, each sequence with such, and each query-key pair among them. A drafter's token
    /// that is verified costs what a prompt's does.
    package var perPrefillToken = SimDuration.zero
    package var perPrefillSequence = SimDuration.zero
    package var perPrefillPair = SimDuration.zero

    package init() {}
  }

  package let name = "linear"
  package let provenance = "as given: a linear step time with the scenario's coefficients"
  package let attentionWindow: Int? = nil
  package var coefficients: Coefficients

  package init(_ coefficients: Coefficients) { self.coefficients = coefficients }

  package func duration(of work: StepWork) -> SimDuration {
    let c = coefficients
    // In plain integers: operators and initialisers of another module's types are calls, and this is a
    // hot place.
    let decode =
      c.perDecodeSequence.picoseconds * Int64(work.decodeSequences)
      + c.perDecodeContext.picoseconds * Int64(work.decodeContext)
    let prefill =
      c.perPrefillToken.picoseconds * Int64(work.prefillTokens + work.draftTokens)
      + c.perPrefillSequence.picoseconds * Int64(work.prefillSequences)
      + c.perPrefillPair.picoseconds * Int64(work.prefillPairs + work.draftPairs)
    var total = c.base
    // No step is free.
    total.picoseconds = max(1, c.base.picoseconds + c.host.picoseconds + decode + prefill)
    return total
  }

  /// A straight line unless all costs are zero, where no step would take the least time there is.
  package func decodeLine(sequences: Int) -> DecodeLine? {
    let c = coefficients
    let base = c.base + c.host + c.perDecodeSequence * sequences
    guard sequences > 0, base > .zero else { return nil }
    return DecodeLine(base: base, perContext: c.perDecodeContext, perWindowedContext: .zero)
  }
}
