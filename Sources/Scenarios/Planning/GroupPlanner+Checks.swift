import ServingModel
import ServingPolicies
import ServingSim

/// What contradicts itself within a group.
extension GroupPlanner {
  /// A roofline needs a model and an accelerator; other step times need neither.
  func checkParts() -> Bool {
    switch group.stepTime {
    case .linear, .table: return true
    case .roofline, nil: break
    }
    for (name, example, missing) in [
      ("model", "llama-3.1-8b", group.model == nil),
      ("accelerator", "h100-sxm", group.accelerator == nil),
    ] where missing {
      issues.add(
        group.origin, "\(group.path).\(name)",
        "missing; expected a name like \(example) (only a linear or table step_time does without)")
    }
    return group.model != nil && group.accelerator != nil
  }

  private static let mostReplicas = 100_000

  /// Each data-parallel rank is a replica.
  func checkReplicas(_ count: Int, _ engine: EngineOptions) -> Bool {
    guard count * engine.ranks > Self.mostReplicas else { return true }
    let stated = group.engine.dataParallelSize
    issues.add(
      stated?.origin ?? group.origin, "\(group.path).engine.data_parallel_size",
      "\(count) replicas of \(engine.ranks) ranks; together at most \(Self.mostReplicas)")
    return false
  }

  func check(
    _ engine: EngineOptions, model: ModelArchitecture?, accelerator: Accelerator?
  ) -> Bool {
    var sound = true
    func problem(_ name: String, _ message: String, at origin: Origin?) {
      issues.add(origin ?? group.origin, "\(group.path).engine.\(name)", message)
      sound = false
    }
    let limits = engine.limits
    if limits.maxNumBatchedTokens < limits.maxNumSeqs, engine.batchPolicy.steps != .promptsFirst {
      problem(
        "max_num_batched_tokens",
        "\(limits.maxNumBatchedTokens) tokens a step are fewer than max_num_seqs "
          + "\(limits.maxNumSeqs), each of which takes one",
        at: group.engine.maxNumBatchedTokens?.origin ?? group.engine.maxNumSeqs?.origin)
    }
    if engine.name != .vllm {
      let own = engine.name == .sglang ? "schedule_policy" : "capacity_scheduler_policy"
      for (name, origin) in [
        ("scheduler", group.engine.scheduler?.origin),
        ("scheduling_policy", group.engine.schedulingPolicy?.origin),
      ] where origin != nil {
        problem(name, "goes with name: vllm; \(engine.name.title) has \(own)", at: origin)
      }
      if let threshold = group.engine.longPrefillTokenThreshold {
        problem(
          "long_prefill_token_threshold",
          "goes with name: vllm; \(engine.name.title) has nothing like it", at: threshold.origin)
      }
    } else if let name = group.engine.scheduler?.value, name != .continuous,
      let order = group.engine.schedulingPolicy
    {
      problem("scheduling_policy", "goes with scheduler: continuous", at: order.origin)
    }
    if !(engine.batchPolicy is VirtualTokenCounter) {
      for (kind, weight) in [
        ("input", group.engine.inputTokenWeight), ("output", group.engine.outputTokenWeight),
      ] {
        guard let weight else { continue }
        problem("\(kind)_token_weight", "goes with scheduling_policy: vtc", at: weight.origin)
      }
    }
    if let model {
      for issue in engine.parallelism.issues(for: model) {
        let (name, origin) = option(of: issue.size)
        problem(name, issue.message, at: origin)
      }
    }
    return sound
  }

  /// The option that states a size.
  private func option(of size: Parallelism.Issue.Size) -> (name: String, origin: Origin?) {
    let engine = group.engine
    return switch size {
    case .tensor: ("tensor_parallel_size", engine.tensorParallelSize?.origin)
    case .pipeline: ("pipeline_parallel_size", engine.pipelineParallelSize?.origin)
    case .expert: ("enable_expert_parallel", engine.enableExpertParallel?.origin)
    }
  }

  /// Without chunks a prompt has to fit into one step.
  func checkChunking(_ engine: EngineOptions, maxModelLen: Int) -> Bool {
    guard !engine.enableChunkedPrefill, engine.longestPrompt == nil,
      engine.tokensOfStep(maxModelLen: maxModelLen) < maxModelLen
    else { return true }
    issues.add(
      group.engine.enableChunkedPrefill?.origin ?? group.origin,
      "\(group.path).engine.max_num_batched_tokens",
      "\(engine.limits.maxNumBatchedTokens) tokens a step cannot hold a prompt of max_model_len "
        + "\(maxModelLen) in one piece; raise it, lower max_model_len or enable_chunked_prefill")
    return false
  }
}
