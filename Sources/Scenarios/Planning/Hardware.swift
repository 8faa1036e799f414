import ServingModel

/// A model on accelerators: what memory, step time and meter are computed from.
struct Hardware: Sendable {
  var model: ModelArchitecture
  var accelerator: Accelerator
  var parallelism: Parallelism
  var precision: Precision
  var limits: EngineLimits
  var engine: EngineName
  /// nil: the newest.
  var engineVersion: String?
  /// nil: none.
  var calibration: CalibrationProfile?
  /// Of one accelerator; nil: they are counted.
  var weights: Bytes?
  var verifiesDrafts = false
  /// nil: nothing is drafted, or what drafts is no model.
  var drafter: DraftModel?

  var footprint: MemoryFootprint {
    MemoryFootprint(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      engine: limits, weights: weights, drafter: drafter)
  }

  /// `4 x h100-sxm`.
  var accelerators: String { "\(parallelism.accelerators) x \(accelerator.id)" }

  /// What a calibration goes by.
  private var subject: CalibrationSubject {
    CalibrationSubject(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      engine: engine.rawValue, engineVersion: engineVersion)
  }

  var coefficients: RooflineCoefficients {
    calibration?.coefficients(for: subject) ?? .uncalibrated
  }

  var standing: CalibrationStanding { calibration?.standing(of: subject) ?? .uncalibrated }

  var roofline: Roofline {
    Roofline(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      maxNumBatchedTokens: limits.maxNumBatchedTokens, maxNumSeqs: limits.maxNumSeqs,
      capturedSequences: limits.capturedSequences, verifiesDrafts: verifiesDrafts,
      coefficients: coefficients)
  }

  var meter: WorkMeter {
    WorkMeter(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      maxTokens: max(limits.maxNumBatchedTokens, limits.maxNumSeqs))
  }

  /// Seconds of the fullest step that the engine's limits and `kvTokens` tokens of KV cache allow,
  /// at the peaks of the data sheet.
  func peakStep(maxModelLen: Int, kvTokens: Int) -> Double {
    let meter = meter
    let tokens = Double(limits.maxNumBatchedTokens)
    let context = min(Double(maxModelLen) * Double(limits.maxNumSeqs), Double(kvTokens))
    let perToken =
      meter.flopsPerToken + meter.flopsPerSampledSequence
      + Double(maxModelLen) * (meter.flopsPerPair + meter.flopsPerWindowedPair)
    let read = (meter.weightBytes.last ?? 0) + context * meter.readBytesPerContext
    // Two reductions a layer, of bf16 values, there and back.
    let sent = tokens * Double(model.hiddenSize) * Double(model.layers) * 8
    let link =
      parallelism.widestGroup(of: model) > accelerator.reach
      ? accelerator.network.bandwidth : accelerator.scaleUp?.bandwidth ?? accelerator.hostLink
    return tokens * perToken / meter.peakCompute.rate + read / meter.peakBandwidth.rate
      + sent / link.rate
  }
}
