import ServingModel
import ServingSim

/// What the KV cache holds, and what a request may therefore hold.
extension GroupPlanner {
  func capacity(_ engine: EngineOptions, _ hardware: Hardware?) -> KVCapacity? {
    if let blocks = group.engine.numGPUBlocks {
      return KVCapacity(numGPUBlocks: blocks.value, blockSize: engine.limits.blockSize)
    }
    if let tokens = group.engine.sglang?.maxTotalTokens {
      return KVCapacity(
        numGPUBlocks: tokens.value / engine.limits.blockSize + 1,
        blockSize: engine.limits.blockSize)
    }
    guard let hardware else {
      issues.add(
        group.origin, "\(group.path).engine.num_gpu_blocks",
        "missing; expected the number that vLLM prints, or a model and an accelerator to derive "
          + "it from")
      return nil
    }
    let footprint = hardware.footprint
    guard footprint.fits else {
      issues.add(
        group.origin, group.path,
        "\(hardware.model.id) does not fit on \(hardware.accelerators):\(footprint.sum)\n"
          + "  raise tensor_parallel_size or gpu_memory_utilization, or quantize")
      return nil
    }
    return KVCapacity(footprint)
  }

  /// The blocks of the replica, told with the sum they come from. A workload's requests are of
  /// `requestLength` tokens; nil: nobody knows.
  func usable(
    _ capacity: KVCapacity, of model: ModelArchitecture?, maxModelLen: Int,
    derived: inout PlanLines
  ) -> KVCapacity.Usable {
    let usable = capacity.usable(
      requestsOf: min(requestLength ?? maxModelLen, maxModelLen), maxModelLen: maxModelLen)
    let origin =
      group.engine.numGPUBlocks?.origin.planText
      ?? "derived: KV cache / bytes per block, as vLLM prints it"
    let lines = capacity.describe(
      usable, maxModelLen: maxModelLen, path: "derived.\(group.path)", origin: origin)
    for line in lines.lines { derived.add(line.path, line.value, line.origin) }
    tellStart(capacity, model, maxModelLen: maxModelLen, derived: &derived)
    return usable
  }

  /// Whether a real server starts with what is stated.
  private func tellStart(
    _ capacity: KVCapacity, _ model: ModelArchitecture?, maxModelLen: Int,
    derived: inout PlanLines
  ) {
    guard capacity.footprint != nil, let model else { return }
    let isShortened = group.engine.maxModelLen == nil && maxModelLen < model.maxContext
    derived.add(
      "derived.\(group.path).starts", isShortened ? "no" : "yes",
      isShortened
        ? "derived: without max_model_len vLLM takes \(model.maxContext), which the KV cache cannot "
          + "hold; it starts with max_model_len \(maxModelLen)"
        : "derived: weights and a request of max_model_len fit")
  }

  /// `max_model_len`: as stated, or the model's context as far as the KV cache holds it.
  func maxModelLen(
    _ capacity: KVCapacity, _ model: ModelArchitecture?, _ hardware: Hardware?,
    lines: inout PlanLines
  ) -> Int? {
    guard let stated = group.engine.maxModelLen else {
      return derivedMaxModelLen(capacity, model, lines: &lines)
    }
    lines.stated(stated)
    if let model, stated.value > model.maxContext {
      issues.add(
        stated.origin, stated.path,
        "found \"\(stated.text)\"; \(model.id) has a context of \(model.maxContext) tokens")
      return nil
    }
    let longest = capacity.longestRequest(upTo: stated.value)
    guard stated.value <= longest else {
      let blocks = capacity.blocks(forRequestOf: stated.value)
      issues.add(
        stated.origin, stated.path,
        "a request of \(stated.value) tokens takes \(blocks) blocks of \(capacity.blockSize); the "
          + "KV cache has \(capacity.numGPUBlocks - 1), enough for a request of \(longest) tokens"
          + (capacity.footprint.map { ":" + $0.sum } ?? ""))
      return nil
    }
    return stated.value
  }

  private func derivedMaxModelLen(
    _ capacity: KVCapacity, _ model: ModelArchitecture?, lines: inout PlanLines
  ) -> Int? {
    let path = "\(group.path).engine.max_model_len"
    // Lengths of requests have 31 bits.
    let context = model?.maxContext ?? Bounds.modelLength.range.upperBound
    let longest = capacity.longestRequest(upTo: context)
    guard longest >= 1 else {
      issues.add(
        group.origin, group.path,
        "the KV cache of \(capacity.numGPUBlocks) blocks is too small for any request"
          + (capacity.footprint.map { ":" + $0.sum } ?? ""))
      return nil
    }
    guard let model else {
      lines.add(path, "\(longest)", "derived: what the KV cache holds")
      return longest
    }
    guard model.maxContext > longest else {
      lines.add(path, "\(model.maxContext)", "default: the context of \(model.id)")
      return model.maxContext
    }
    lines.add(
      path, "\(longest)",
      "derived: the \(model.maxContext) of \(model.id), shortened to what the KV cache holds")
    guard capacity.footprint != nil else { return longest }
    lines.remark(
      Remark(
        field: path, value: "\(model.maxContext), the context of \(model.id),",
        reason: "a real vLLM does not start with it, since the KV cache holds requests of at most "
          + "\(longest) tokens; state max_model_len: \(longest) or less, which this run has"))
    return longest
  }
}
