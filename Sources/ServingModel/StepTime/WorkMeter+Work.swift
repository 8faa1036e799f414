extension WorkMeter {
  /// Arithmetic of one step; a prompt that goes on in the next one counts as if it ended here.
  package func flops(of work: StepWork) -> FLOPs {
    let sampled = work.prefillSequences + work.decodeSequences
    // A token's own key counts, too.
    let pairs = work.prefillPairs + work.decodeContext + work.decodeSequences
    let windowedPairs = work.prefillWindowedPairs + work.decodeWindowedContext
    return FLOPs(
      flopsPerToken * Double(work.tokens) + flopsPerSampledSequence * Double(sampled)
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
