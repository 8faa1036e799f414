/// What the KV cache of one accelerator gets after vLLM has taken what it needs: the sum that
/// vLLM makes after its profile run at start-up, line by line (`determine_available_memory` in
/// vllm/v1/worker/gpu_worker.py, 0.10 and later).
package struct MemoryFootprint: Hashable, Sendable {
  /// One summand: positive gives memory, negative takes it.
  package struct Line: Hashable, Sendable {
    package var name: String
    package var bytes: Bytes
    /// How the figure came about.
    package var origin: String
  }

  /// In the order of the sum, an accelerator of the fullest pipeline stage.
  package var lines: [Line]
  package var layout: KVLayout
  /// `kv_cache_memory_bytes`; nil: the KV cache gets what is left.
  package var statedKVBytes: Bytes?
  /// What a drafter keeps of a token, beside the model.
  private var drafterBytesPerToken = Bytes.zero

  /// `weights`: of one accelerator, as a server printed them; nil: they are counted.
  package init(
    model: ModelArchitecture, accelerator: Accelerator, parallelism: Parallelism,
    precision: Precision, engine: EngineLimits, weights: Bytes? = nil, drafter: DraftModel? = nil
  ) {
    layout = KVLayout(model, precision: precision, parallelism: parallelism, engine: engine)
    statedKVBytes = engine.kvCacheMemory
    let profile = ProfileRun(
      model: model, parallelism: parallelism, precision: precision, engine: engine
    ).peak
    let outside = OutsideTorch.memory(accelerator, parallelism, engine.release)
    let held =
      weights.map { Line(name: "weights", bytes: .zero - $0, origin: "as stated") }
      ?? Self.weights(model, accelerator, precision, parallelism, engine)
    let work = [
      Line(name: "activations", bytes: .zero - profile.bytes, origin: profile.origin),
      Line(name: "non-torch memory", bytes: .zero - outside.bytes, origin: outside.origin),
    ]
    lines = [Self.budget(accelerator, engine), held]
    if let drafter {
      drafterBytesPerToken = drafter.bytesPerToken
      lines.append(
        Line(
          name: "drafter", bytes: .zero - drafter.weightBytes,
          origin: "weights of \(drafter.model.id), counted from the shape"))
    }
    switch engine.memoryShare {
    case .all: lines += work + [Self.graphs(engine)]
    case .weightsAndCache: break
    case .rest:
      lines += work
      lines.append(Self.keptFree(lines, engine))
    }
  }

  /// What is left beside weights and work; negative when not even they fit.
  package var left: Bytes { lines.reduce(.zero) { $0 + $1.bytes } }

  /// What the KV cache gets.
  package var kvBytes: Bytes { statedKVBytes ?? left }

  /// Bytes one block of the pool takes on one accelerator.
  package var bytesPerBlock: Bytes {
    layout.bytesPerBlock + drafterBytesPerToken * Double(layout.blockSize)
  }

  /// Blocks that vLLM would print as `num_gpu_blocks`; 0 when nothing is left.
  package var numGPUBlocks: Int {
    guard bytesPerBlock > .zero else { return 0 }
    return max(0, Int(min(kvBytes.count / bytesPerBlock.count, Self.mostBlocks)))
  }

  /// As many as `num_gpu_blocks` may state: tiny models on huge memories have no more.
  private static let mostBlocks = 1e9

  /// Whether at least one block is left for requests beside the one vLLM keeps for itself.
  package var fits: Bool { numGPUBlocks >= 2 && kvBytes <= left }
}

extension MemoryFootprint {
  private static func budget(_ accelerator: Accelerator, _ engine: EngineLimits) -> Line {
    let visible = accelerator.visibleMemory
    let origin = "of \(hundredths(visible.gibibytes)) GiB that the driver offers"
    guard engine.kvCacheMemory == nil, engine.memoryShare != .rest else {
      return Line(name: "memory", bytes: visible, origin: "all " + origin)
    }
    return Line(
      name: engine.memoryShare == .all ? "gpu_memory_utilization" : "mem_fraction_static",
      bytes: visible * engine.gpuMemoryUtilization,
      origin: "\(engine.gpuMemoryUtilization) \(origin)")
  }

  /// What `free_gpu_memory_fraction` leaves.
  private static func keptFree(_ lines: [Line], _ engine: EngineLimits) -> Line {
    let left = max(.zero, lines.reduce(Bytes.zero) { $0 + $1.bytes })
    let share = engine.gpuMemoryUtilization
    return Line(
      name: "kept free", bytes: .zero - left * (1 - share),
      origin: "free_gpu_memory_fraction \(share) of what is left")
  }

  private static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  private static func weights(
    _ model: ModelArchitecture, _ accelerator: Accelerator, _ precision: Precision,
    _ parallelism: Parallelism, _ engine: EngineLimits
  ) -> Line {
    let padding = ExpertPadding.factor(
      model, precision, on: accelerator, parallelism, release: engine.release)
    let share =
      model.weightBytes(precision, parallelism, expertPadding: padding)
      / Double(parallelism.pipeline)
    let counted =
      model.declaredExcess == 1 ? "counted from the shape" : "scaled to the declared parameters"
    return Line(
      name: "weights", bytes: .zero - share,
      origin: "\(precision.summary(for: model)), \(parallelism.summary), \(counted)"
        + (padding > 1 ? ", experts padded for their kernels" : ""))
  }

  private static func graphs(_ engine: EngineLimits) -> Line {
    func line(_ bytes: Bytes, _ origin: String) -> Line {
      Line(name: "CUDA graphs", bytes: .zero - bytes, origin: origin)
    }
    if engine.enforceEager { return line(.zero, "none with enforce_eager") }
    return engine.release.countsCUDAGraphs
      ? line(OutsideTorch.graphs, "vLLM counts them since 0.21")
      : line(.zero, "vLLM does not count them before 0.21")
  }
}

extension Parallelism {
  /// `tensor 2, pipeline 1`, and `data 4`, `expert 8` where they are more than one.
  package var summary: String {
    var parts = ["tensor \(tensor)", "pipeline \(pipeline)"]
    if data > 1 { parts.append("data \(data)") }
    if expert > 1 { parts.append("expert \(expert)") }
    return parts.joined(separator: ", ")
  }
}

extension Precision {
  /// `bf16`, or `bf16 with fp4 experts`.
  package func summary(for model: ModelArchitecture) -> String {
    model.feedForward.isMixture && experts != layers
      ? "\(layers.rawValue) with \(experts.rawValue) experts" : layers.rawValue
  }
}
