package import ServingModel

extension WorkMeter {
  /// Arithmetic of `steps`.
  package func flops(of steps: StepTotals) -> FLOPs {
    FLOPs(
      flopsPerToken * steps.tokens + flopsPerSampledSequence * steps.sampledTokens + flopsPerPair
        * steps.pairs
        + flopsPerWindowedPair * steps.windowedPairs)
  }

  /// Memory traffic of `steps`: weights and KV entries read, and KV entries written.
  package func bytes(of steps: StepTotals) -> Bytes {
    Bytes(
      steps.weightBytes + readBytesPerContext * steps.context
        + readBytesPerWindowedContext * steps.windowedContext
        + writtenBytesPerToken * steps.tokens)
  }
}
