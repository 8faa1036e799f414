import SimKernel
import TextAndBytes

/// Reads recorded runs: `X.csv` or `X.csv.gz` with one row a request, and beside it `X.json` or
/// `X_meta.json` with the set-up.
package enum RecordedRun {
  /// The set-up that belongs to the requests at `path`; nil: the file is no such run.
  package static func setUpPath(of path: String) -> String? {
    ["\(stem(path)).json", "\(stem(path))_meta.json"].first(where: Folder.exists)
  }

  /// Adds the run as one case with a row for each latency figure.
  package static func read(path: String, into cases: inout MeasuredCases) {
    guard let setUpPath = setUpPath(of: path) else { return }
    do throws(FileProblems) {
      let fields = RecordedSetUp(try JSONFields.read(path: setUpPath), file: setUpPath)
      let log = try RequestLog(path: path)
      let name = String(stem(path).split(separator: "/").last ?? "")
      let measured = try fields.measuredCase(named: name, path: path, requests: log.requests)
      add(measured, log, to: &cases)
    } catch {
      cases.add(error)
    }
  }

  private static func add(
    _ measured: MeasuredCase, _ log: RequestLog, to cases: inout MeasuredCases
  ) {
    let keys = keys(of: measured)
    let index = cases.add(measured)
    for (name, values) in [("ttft", log.firstToken), ("tpot", log.perToken), ("e2e", log.end)]
    where !values.isEmpty {
      var values = values
      let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count) / 1e9
      let quantiles = Quantiles.select([0.5, 0.9, 0.99], in: &values) ?? []
      let figures = [("mean", mean)] + zip(["p50", "p90", "p99"], quantiles.map { $0 / 1e9 })
      for (statistic, value) in figures {
        cases.add(
          MeasuredRow(
            caseID: measured.id, caseIndex: index, metric: "\(name)_\(statistic)", value: value,
            keys: keys))
      }
    }
  }

  private static func keys(of measured: MeasuredCase) -> [String: String] {
    [
      "family": measured.family, "gpu": measured.gpu, "n_gpu": "\(measured.accelerators)",
      "model": measured.model, "precision": measured.precision, "engine": measured.engine,
      "engine_version": measured.engineVersion ?? "",
      "tp": "\(measured.parallelism.tensor ?? 1)", "pp": "\(measured.parallelism.pipeline ?? 1)",
      "dp": "\(measured.parallelism.data ?? 1)", "load": "recorded", "source": measured.source,
    ]
  }

  private static func stem(_ path: String) -> String {
    var stem = path[...]
    for suffix in [".gz", ".csv"] where stem.hasSuffix(suffix) { stem.removeLast(suffix.count) }
    return String(stem)
  }
}

/// The set-up beside a recorded run: its fields by the last part of their path.
struct RecordedSetUp {
  private let fields: [String: String]
  private let file: String

  init(_ json: JSONFields, file: String) {
    self.file = file
    var fields: [String: String] = [:]
    for path in json.values.keys.sorted(by: >) {
      fields[String(path.split(separator: ".").last ?? "")] = json[path]
    }
    self.fields = fields
  }

  func measuredCase(
    named name: String, path: String, requests: RecordedRequests
  ) throws(FileProblems) -> MeasuredCase {
    var problems = FileProblems()
    func need(_ value: String?, _ field: String) -> String {
      if value == nil { problems.add(problem("\(field): has no value; one is needed")) }
      return value ?? ""
    }
    let gpu = need(fields["gpu"] ?? Self.accelerator(in: name), "gpu")
    let model = need(fields["model"], "model")
    var counts: [String: Int] = [:]
    for field in Self.counts {
      guard let text = fields[field], !Numbers.isUnknown(text) else { continue }
      let isDegree = field.contains("parallel")
      let allowed = isDegree ? 0...StatedParallelism.most : 1...1_000_000_000
      // A degree of 0 says that nothing is shared.
      counts[field] = text.wholeNumber.flatMap { allowed.contains($0) ? max(1, $0) : nil }
      if counts[field] == nil {
        problems.add(
          problem(
            """
            \(field): found \(text.debugDescription); allowed are whole numbers from \
            \(allowed.lowerBound) to \(allowed.upperBound)
            """))
      }
    }
    guard problems.isEmpty else { throw problems }
    return measuredCase(named: name, path, requests, gpu: gpu, model: model, counts)
  }

  private func measuredCase(
    named name: String, _ path: String, _ requests: RecordedRequests, gpu: String, model: String,
    _ counts: [String: Int]
  ) -> MeasuredCase {
    let engine = (fields["engine"] ?? "vllm").split(separator: " ", maxSplits: 1).map(String.init)
    let parallelism = StatedParallelism(
      tensor: counts["tensor_parallel_size"] ?? counts["tensor_parallelism"] ?? 1,
      pipeline: counts["pipeline_parallel_size"], data: counts["data_parallel_size"])
    var measured = MeasuredCase(
      id: name, file: path, line: 1, family: "request_trace", gpu: gpu,
      accelerators: (parallelism.tensor ?? 1) * (parallelism.pipeline ?? 1)
        * (parallelism.data ?? 1),
      model: model, precision: Self.formats[fields["dtype"] ?? ""] ?? "bf16", engine: engine[0],
      load: .recorded(requests), source: fields["experiment"] ?? fields["dataset_path"] ?? name)
    measured.huggingFaceID = model
    measured.isPrecisionKnown = fields["dtype"] != nil
    measured.engineVersion = fields["vllm_version"] ?? (engine.count > 1 ? engine[1] : nil)
    measured.parallelism = parallelism
    measured.maxNumSeqs = counts["max_num_seqs"]
    measured.maxNumBatchedTokens = counts["max_num_batched_tokens"]
    measured.numGPUBlocks = counts["num_gpu_blocks"] ?? counts["kv_blocks_total_gpu"]
    measured.isPrefixCached =
      fields["prefix_cached"] == "true" || fields["note"]?.contains("prefix caching on") ?? false
    if fields["gpu"] == nil { measured.notes.append("accelerator from the file's name") }
    return measured
  }

  private func problem(_ message: String) -> FileProblem {
    FileProblem(file: file, message: message)
  }

  /// The first part of a file name, between underscores, that names one.
  private static func accelerator(in name: String) -> String? {
    name.split(separator: "_").map(String.init).first {
      (try? AcceleratorNames.accelerator($0)) != nil
    }
  }

  private static let counts = [
    "tensor_parallel_size", "tensor_parallelism", "pipeline_parallel_size", "data_parallel_size",
    "max_num_seqs", "max_num_batched_tokens", "num_gpu_blocks", "kv_blocks_total_gpu",
  ]
  private static let formats = ["bfloat16": "bf16", "float16": "fp16", "fp8": "fp8"]
}
