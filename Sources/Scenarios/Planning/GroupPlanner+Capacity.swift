import ServingModel

/// What the KV cache holds, and what a request may therefore hold.
extension GroupPlanner {
  func capacity(
    _ engine: EngineOptions, _ hardware: Hardware?, derived: inout PlanLines
  ) -> KVCapacity? {
    let path = "derived.\(group.path)"
    if let blocks = group.engine.numGPUBlocks {
      let capacity = KVCapacity(
        numGPUBlocks: blocks.value, blockSize: engine.limits.blockSize)
      capacity.describe(path: path, origin: blocks.origin.planText, lines: &derived)
      return capacity
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
    let capacity = KVCapacity(
      numGPUBlocks: footprint.numGPUBlocks, blockSize: engine.limits.blockSize,
      footprint: footprint)
    capacity.describe(
      path: path, origin: "derived: KV cache / bytes per block, as vLLM prints it",
      lines: &derived)
    return capacity
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
    guard stated.value <= capacity.tokens else {
      let blocks = (stated.value + capacity.blockSize - 1) / capacity.blockSize
      issues.add(
        stated.origin, stated.path,
        "a request of \(stated.value) tokens takes \(blocks) blocks of \(capacity.blockSize); the "
          + "KV cache has \(capacity.usableBlocks) (\(capacity.tokens) tokens)"
          + (capacity.footprint.map { ":" + $0.sum } ?? ""))
      return nil
    }
    return stated.value
  }

  private func derivedMaxModelLen(
    _ capacity: KVCapacity, _ model: ModelArchitecture?, lines: inout PlanLines
  ) -> Int {
    let path = "\(group.path).engine.max_model_len"
    guard let model else {
      // Lengths of requests have 31 bits.
      let tokens = min(capacity.tokens, Bounds.modelLength.range.upperBound)
      lines.add(path, "\(tokens)", "derived: what the KV cache holds")
      return tokens
    }
    guard model.maxContext > capacity.tokens else {
      lines.add(path, "\(model.maxContext)", "default: the context of \(model.id)")
      return model.maxContext
    }
    lines.add(
      path, "\(capacity.tokens)",
      "derived: the \(model.maxContext) of \(model.id), shortened to what the KV cache holds")
    return capacity.tokens
  }
}
