import ServingModel

/// The engine's limits and the KV blocks that follow.
struct CaseMemory {
  var limits: EngineLimits
  var numGPUBlocks: Int

  init(
    _ measured: MeasuredCase, _ hardware: CaseHardware, _ layout: ParallelLayout,
    _ assumptions: inout [String]
  ) throws(Unsupported) {
    limits = .stated(by: measured, hardware, &assumptions)
    if let blocks = measured.numGPUBlocks {
      numGPUBlocks = blocks
    } else {
      numGPUBlocks = try Self.blocks(measured, hardware, layout, &limits, &assumptions)
    }
  }

  /// By the memory sum, at each engine's usual share, and at a larger one where a request does not fit
  /// into that.
  private static func blocks(
    _ measured: MeasuredCase, _ hardware: CaseHardware, _ layout: ParallelLayout,
    _ limits: inout EngineLimits, _ assumptions: inout [String]
  ) throws(Unsupported) -> Int {
    let needed = measured.longestRequest
    let usual = limits.gpuMemoryUtilization
    for share in [usual, max(usual, 0.95)] {
      limits.gpuMemoryUtilization = share
      let memory = hardware.footprint(layout, limits.forMemory(of: hardware.engine))
      let pool = max(0, Int(memory.kvBytes.count / max(1, memory.bytesPerBlock.count)))
      let blocks = memory.layout.contextBlocks(pool: pool, requestsOf: needed)
      guard (blocks - 1) * memory.layout.blockSize >= needed else { continue }
      limits.blockSize = memory.layout.blockSize
      if share != usual {
        assumptions.append("a share of memory of \(share), since \(usual) is too little")
      }
      return blocks
    }
    let memory = hardware.footprint(layout, limits.forMemory(of: hardware.engine))
    throw Unsupported("does not fit: \(memory.sum), and a request takes \(needed) tokens")
  }
}

extension EngineLimits {
  /// What an engine starts with when nobody says otherwise. vLLM's depend on the memory
  /// (`EngineArgs` of 0.11), those of the others are their documented defaults.
  static func usual(of engine: EngineFamily, on accelerator: Accelerator) -> EngineLimits {
    switch engine {
    case .vllm, .other:
      accelerator.memory.gibibytes >= 70
        ? EngineLimits(maxNumBatchedTokens: 8192, maxNumSeqs: 1024)
        : EngineLimits(maxNumBatchedTokens: 2048, maxNumSeqs: 256)
    case .tensorRTLLM: EngineLimits(maxNumBatchedTokens: 8192, maxNumSeqs: 2048)
    case .sglang:
      EngineLimits(
        maxNumBatchedTokens: SGLangDefaults.chunkedPrefillSize(accelerator.memory),
        maxNumSeqs: SGLangDefaults.maxRunningRequests)
    }
  }

  /// The usual ones with what the case states.
  static func stated(
    by measured: MeasuredCase, _ hardware: CaseHardware, _ assumptions: inout [String]
  ) -> EngineLimits {
    var limits = usual(of: hardware.engine, on: hardware.accelerator)
    if let tokens = measured.maxNumBatchedTokens { limits.maxNumBatchedTokens = tokens }
    if let sequences = measured.maxNumSeqs { limits.maxNumSeqs = sequences }
    limits.enablePrefixCaching = measured.isPrefixCached
    if hardware.engine == .tensorRTLLM { limits.memoryShare = .rest }
    limits.release = VLLMRelease(hardware.engine == .vllm ? measured.engineVersion : nil)
    switch measured.load {
    case .batch(let size): limits.maxNumSeqs = max(limits.maxNumSeqs, size)
    case .meanBatch(_, let maxNumSeqs): limits.maxNumSeqs = maxNumSeqs
    case .clients, .rate, .atOnce, .recorded: break
    }
    // An engine with fewer tokens a step than sequences would not start.
    limits.maxNumBatchedTokens = max(limits.maxNumBatchedTokens, limits.maxNumSeqs)
    return limits
  }

  /// What the memory sum is taken at: only vLLM sets room aside for the sampler at
  /// `max_num_seqs`.
  func forMemory(of engine: EngineFamily) -> EngineLimits {
    var limits = self
    if engine != .vllm { limits.maxNumSeqs = min(maxNumSeqs, 256) }
    return limits
  }
}

extension MeasuredCase {
  /// Tokens of prompt and answer of the longest request.
  var longestRequest: Int {
    if case .recorded(let requests) = load {
      return zip(requests.promptTokens, requests.outputTokens).map { Int($0) + Int($1) }.max() ?? 0
    }
    let prompt = max(prompt.nominal ?? 0, prompt.mean ?? AssumedPrompts.tokens(workload) ?? 0)
    return Int((prompt + max(output.nominal ?? 0, output.mean ?? 0)).rounded(.up))
  }
}

extension MemoryFootprint {
  /// The sum in gibibytes: `72.9 - 70.6 weights - 1.2 activations = 1.1 GiB for KV entries`.
  var sum: String {
    func text(_ bytes: Bytes) -> String {
      let tenths = Int((abs(bytes.gibibytes) * 10).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    let parts = lines.map { ($0.bytes < .zero ? "- " : "") + text($0.bytes) + " " + $0.name }
    return parts.joined(separator: " ") + (kvBytes < .zero ? " = -" : " = ") + text(kvBytes)
      + " GiB for KV entries"
  }
}
