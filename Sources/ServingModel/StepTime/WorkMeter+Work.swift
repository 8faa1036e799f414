extension WorkMeter {
  /// Arithmetic of one step.
  package func flops(of work: StepWork) -> FLOPs {
    // A token's own key counts, too.
    let pairs = work.prefillPairs + work.decodeContext + work.decodeSequences + work.draftPairs
    let windowedPairs =
      work.prefillWindowedPairs + work.decodeWindowedContext + work.draftWindowedPairs
    return FLOPs(
      flopsPerToken * Double(work.tokens) + flopsPerSampledSequence * Double(work.sampledTokens)
        + flopsPerPair * Double(pairs) + flopsPerWindowedPair * Double(windowedPairs))
  }

  /// Memory traffic of one step.
  package func bytes(of work: StepWork) -> Bytes {
    let weights = weightBytes.isEmpty ? 0 : weightBytes[min(work.tokens, weightBytes.count - 1)]
    return Bytes(
      weights + readBytesPerContext * Double(work.decodeContext + work.prefillContext)
        + readBytesPerWindowedContext * Double(work.decodeWindowedContext)
        + writtenBytesPerToken * Double(work.tokens))
  }
}
