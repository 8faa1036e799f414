package import ServingSim

extension CaseSetUp {
  /// Datasheet step times of one rank, priced step by step without tables.
  package func uncalibratedStepTime() -> any StepTimeModel {
    Roofline(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      maxNumBatchedTokens: 0, maxNumSeqs: 0, coefficients: .uncalibrated)
  }
}
