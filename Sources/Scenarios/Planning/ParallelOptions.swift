import ServingModel

/// How an engine spreads its model: vLLM's four options.
struct ParallelOptions {
  /// Of one data-parallel rank.
  var parallelism: Parallelism
  var ranks: Int

  /// Ranks of a model without experts share nothing, so each is an engine like any other.
  init(
    _ engine: EngineSection, of model: ModelArchitecture?, path: String, lines: inout PlanLines
  ) {
    let usual = (engine.name?.value ?? .vllm).usual
    let tensor = lines.resolve(
      engine.tensorParallelSize, "\(path).tensor_parallel_size", default: 1, usual)
    let pipeline = lines.resolve(
      engine.pipelineParallelSize, "\(path).pipeline_parallel_size", default: 1, usual)
    ranks = lines.resolve(
      engine.dataParallelSize, "\(path).data_parallel_size", default: 1, usual)
    let isMixture = model?.feedForward.isMixture ?? false
    let dealsOut = Self.expertParallel(engine, isMixture: isMixture, path: path, lines: &lines)
    let data = isMixture ? ranks : 1
    parallelism = Parallelism(
      tensor: tensor, pipeline: pipeline, data: data, expert: dealsOut ? tensor * data : 1)
  }

  private static func expertParallel(
    _ engine: EngineSection, isMixture: Bool, path: String, lines: inout PlanLines
  ) -> Bool {
    guard let stated = engine.enableExpertParallel, stated.value, !isMixture else {
      return lines.resolve(
        engine.enableExpertParallel, "\(path).enable_expert_parallel", default: false,
        (engine.name?.value ?? .vllm).usual)
    }
    lines.withoutEffect(stated, "the model has no experts")
    return false
  }
}
