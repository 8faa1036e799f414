import ServingModel

extension CaseSetUp {
  /// Looks up what the case names, and fills in what it leaves open.
  package init(resolving measured: MeasuredCase) throws(Unsupported) {
    var assumptions = measured.notes
    let model = try ModelNames.model(
      [measured.huggingFaceID, measured.model].compactMap { $0 })
    let accelerator = try AcceleratorNames.accelerator(measured.gpu)
    let (precision, formats) = try PrecisionNames.precision(measured.precision, of: model)
    if let formats { assumptions.append(formats) }
    if !measured.isPrecisionKnown { assumptions.append("precision not stated by the source") }
    let engine = EngineFamily(measured.engine)
    if case .other(let name) = engine {
      assumptions.append("scheduling and memory of \(name) like vLLM's")
    }
    let hardware = CaseHardware(
      model: model, accelerator: accelerator, precision: precision, engine: engine)
    assumptions += measured.assumedRequests
    let layout = try ParallelLayout(measured, hardware, &assumptions)
    let memory = try CaseMemory(measured, hardware, layout, &assumptions)
    let tokensPerStep = measured.tokensPerStep(engine, model, &assumptions)
    self.init(
      model: model, accelerator: accelerator, parallelism: layout.parallelism,
      replicas: layout.replicas,
      precision: precision, engine: engine, engineVersion: measured.engineVersion,
      harness: Harness.name(of: measured.source), tokensPerStep: tokensPerStep,
      limits: memory.limits, enablePrefixCaching: measured.isPrefixCached,
      numGPUBlocks: memory.numGPUBlocks, assumptions: assumptions)
  }
}

/// What a case runs on, before it is spread.
struct CaseHardware {
  var model: ModelArchitecture
  var accelerator: Accelerator
  var precision: Precision
  var engine: EngineFamily

  /// The memory sum of one accelerator.
  func footprint(_ layout: ParallelLayout, _ limits: EngineLimits) -> MemoryFootprint {
    MemoryFootprint(
      model: model, accelerator: accelerator, parallelism: layout.parallelism,
      precision: precision, engine: limits)
  }
}
