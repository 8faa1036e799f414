extension CaseRow {
  /// Tokens of a prompt or an answer: more than any model takes.
  private static let mostTokens = 1e8

  /// What the row says of its case; nil when something in that is wrong.
  mutating func measuredCase(id: String) -> MeasuredCase? {
    let before = problems.count
    let family = text("family")
    let gpu = text("gpu")
    let accelerators = needed("n_gpu", count("n_gpu"), for: "every case")
    let model = text("model")
    let precision = text("precision")
    let engine = text("engine")
    let load = load(family: family)
    var measured = MeasuredCase(
      id: id, file: file, line: line, family: family, gpu: gpu, accelerators: accelerators ?? 1,
      model: model, precision: precision, engine: engine, load: load ?? .atOnce,
      source: self["source"])
    readDetails(of: &measured)
    requireLengths(of: measured)
    return problems.count == before && load != nil ? measured : nil
  }

  private mutating func readDetails(of measured: inout MeasuredCase) {
    measured.huggingFaceID = optional("hf_model")
    measured.isPrecisionKnown = flag("precision_known", otherwise: true)
    measured.engineVersion = optional("engine_version")
    measured.parallelism = StatedParallelism(
      tensor: degree("tp"), pipeline: degree("pp"), data: degree("dp"),
      moeTensor: count("moe_tp", from: 0, upTo: StatedParallelism.most), expert: degree("ep"))
    measured.prompt = StatedLength(
      nominal: positive("isl", upTo: Self.mostTokens),
      mean: positive("isl_mean", upTo: Self.mostTokens))
    measured.output = StatedLength(
      nominal: positive("osl", upTo: Self.mostTokens),
      mean: positive("osl_mean", upTo: Self.mostTokens))
    measured.isPrefixCached = flag("prefix_cached", otherwise: false)
    measured.maxNumBatchedTokens = count("max_num_batched_tokens", upTo: 1_000_000_000)
    measured.maxNumSeqs = count("max_num_seqs")
    measured.numGPUBlocks = count("num_gpu_blocks", from: 2, upTo: 1_000_000_000)
    measured.workload = optional("workload")
    measured.requests = count("n_rep")
  }

  /// Prompt lengths of a mean batch are assumed where they are not stated.
  private mutating func requireLengths(of measured: MeasuredCase) {
    if case .meanBatch = measured.load {
    } else if measured.prompt.mean ?? measured.prompt.nominal == nil, optional("isl_mean") == nil {
      report("isl_mean: has no value, nor has isl; one of them is needed")
    }
    if measured.output.mean ?? measured.output.nominal == nil, optional("osl_mean") == nil {
      report("osl_mean: has no value, nor has osl; one of them is needed")
    }
  }

  private mutating func load(family: String) -> MeasuredCase.Load? {
    let word = optional("load") ?? Self.usualLoad[family] ?? ""
    switch word {
    case "concurrency":
      return needed("concurrency", count("concurrency"), for: "load concurrency").map {
        .clients($0)
      }
    case "static":
      return needed("concurrency", count("concurrency"), for: "load static").map { .batch($0) }
    case "max_num_seqs":
      let limit = needed("concurrency", count("concurrency"), for: "load max_num_seqs")
      let batch = positive("avg_batch", upTo: 1e6)
      return limit.map { .meanBatch(batch ?? Double($0), maxNumSeqs: $0) }
    case "rate":
      let rate = positive("rate_rps", upTo: 1e6, orInfinite: true)
      return needed("rate_rps", rate, for: "load rate").map {
        $0.isFinite ? .rate($0) : .atOnce
      }
    case "inf": return .atOnce
    default:
      report(
        "load: found \(word.debugDescription); allowed are "
          + "concurrency, inf, max_num_seqs, rate and static")
      return nil
    }
  }

  /// Where the file has no such column.
  private static let usualLoad = [
    "closed_loop": "concurrency", "open_loop": "rate", "saturation": "inf",
    "static_batch": "static", "energy": "max_num_seqs",
  ]
}
