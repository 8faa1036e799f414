import TextAndBytes
import TraceArchive

/// The summaries of genai-perf 0.0.8 to 0.0.16 (`profile_export_genai_perf.json`) and aiperf 0.2 to
/// 0.8 (`profile_export_aiperf.json`; exporters/metrics_json_exporter.py), and their tables: metrics
/// with a unit and statistics.
///
/// Of both `inter_token_latency` is (latency - time to first token) / (tokens - 1) of each request,
/// which is TPOT. Without streaming the first token comes with the last one, and neither tells
/// anything.
enum NVIDIAResult {
  private static let statistics = [
    ("avg", "mean"), ("p50", "p50"), ("p90", "p90"), ("p95", "p95"), ("p99", "p99"),
  ]

  static func read(
    _ json: JSON, _ fields: ResultFields, path: String
  ) -> (LoadResult?, [FileProblem]) {
    var fields = fields
    let config = json["input_config"]
    let isAIPerf =
      json["aiperf_version"] != nil || json["schema_version"] != nil || config?["loadgen"] != nil
      || json["benchmark_duration"] != nil
    var result = LoadResult(tool: isAIPerf ? .aiperf : .genAIPerf, name: fields.name)
    let settings = RunSettings(config)
    result.model = settings.model
    result.finished = fields.count(json["request_count"]?["avg"], "request_count")
    result.failed = fields.count(json["error_request_count"]?["avg"], "error_request_count") ?? 0
    result.duration = fields.number(
      json["benchmark_duration"]?["avg"], "benchmark_duration", in: ResultFields.least...1e8)
    readLoad(settings, isAIPerf: isAIPerf, &fields, &result)
    // genai-perf before 0.0.5 has the older names.
    result.promptTokens =
      lengths("input_sequence_length", json, &fields) ?? lengths("num_input_token", json, &fields)
    result.outputTokens =
      lengths("output_sequence_length", json, &fields) ?? lengths("num_output_token", json, &fields)
    var metrics = [("request_latency", "e2e")]
    if settings.isStreaming != false {
      metrics += [("time_to_first_token", "ttft"), ("inter_token_latency", "tpot")]
    } else {
      result.assumptions.append("answers were not streamed: no TTFT and TPOT was measured")
    }
    for (key, latency) in metrics {
      guard let scale = milliseconds(json[key], key, &fields) else { continue }
      for (statistic, name) in statistics {
        result.add(
          "\(latency)_\(name)",
          fields.number(json[key]?[statistic], "\(key).\(statistic)").map { $0 * scale })
      }
    }
    result.add(
      "output_tput_total",
      fields.number(json["output_token_throughput"]?["avg"], "output_token_throughput"))
    if isAIPerf { result.requestsPath = records(beside: path) }
    return (result, fields.problems)
  }

  /// What a unit is in milliseconds; nil: the metric is absent.
  private static func milliseconds(
    _ metric: JSON?, _ key: String, _ fields: inout ResultFields
  ) -> Double? {
    guard let metric, metric.fields != nil else { return nil }
    switch metric["unit"]?.text {
    case "ms", "milliseconds", nil: return 1
    case "s", "sec", "seconds": return 1000
    case "us", "microseconds": return 1e-3
    case "ns", "nanoseconds": return 1e-6
    case let unit?:
      fields.report("\(key).unit: found \(excerpt(unit)); allowed are ns, us, ms and sec")
      return nil
    }
  }

  private static func readLoad(
    _ settings: RunSettings, isAIPerf: Bool, _ fields: inout ResultFields,
    _ result: inout LoadResult
  ) {
    let clients = fields.count(settings.concurrency, "concurrency", in: 1...10_000_000)
    guard !settings.isScheduled else {
      result.loadHint = "its requests were sent by a schedule"
      return
    }
    guard settings.rate != nil else {
      result.load = clients.map { .clients($0) }
      return
    }
    let rate = fields.number(settings.rate, "request_rate", in: ResultFields.least...1e6)
    // Perf Analyzer's requests are equally far apart, aiperf's are so where that is asked for.
    let isRegular = isAIPerf ? settings.rateMode == "constant" : true
    result.load = rate.map { .rate($0, cv: isRegular ? 0 : 1) }
    if isAIPerf, let clients {
      result.assumptions.append("the bound of \(clients) requests at once was never reached")
    }
  }

  private static func lengths(
    _ key: String, _ json: JSON, _ fields: inout ResultFields
  ) -> ResultLengths? {
    let metric = json[key]
    let mean = fields.number(metric?["avg"], "\(key).avg", in: 0...ResultLengths.most)
    var points: [(share: Double, value: Double)] = []
    for (name, share) in [
      ("min", 0), ("p1", 0.01), ("p5", 0.05), ("p10", 0.1), ("p25", 0.25), ("p50", 0.5),
      ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("max", 1),
    ] {
      let tokens = fields.number(metric?[name], "\(key).\(name)", in: 0...ResultLengths.most)
      if let tokens { points.append((share, tokens)) }
    }
    return ResultLengths(points: points, mean: mean)
  }

  /// aiperf writes its requests beside the summary.
  private static func records(beside path: String) -> String? {
    for end in ["_aiperf.json", "_aiperf.csv"] where path.hasSuffix(end) {
      let records = path.dropLast(end.count) + ".jsonl"
      if Folder.exists(String(records)) { return String(records) }
    }
    return nil
  }
}

/// What the generators were asked for. Versions lay their settings out differently, but call them the
/// same.
private struct RunSettings {
  private(set) var concurrency: JSON?
  private(set) var rate: JSON?
  private(set) var rateMode: String?
  /// By times of the data set's own, or of its users.
  private(set) var isScheduled = false
  private(set) var isStreaming: Bool?
  private(set) var model: String?

  init(_ config: JSON?) {
    if let config { read(config, levels: 8) }
  }

  private mutating func read(_ json: JSON, levels: Int) {
    guard levels > 0 else { return }
    for item in json.array ?? [] { read(item, levels: levels - 1) }
    // A warm-up has a load of its own.
    guard json["name"]?.text != "warmup" else { return }
    for field in json.fields ?? [] where field.value != .null {
      switch field.key {
      case "concurrency" where concurrency == nil && field.value.double != nil:
        concurrency = field.value
      case "request_rate" where rate == nil && field.value.double != nil: rate = field.value
      case "request_rate_mode", "arrival_pattern": rateMode = field.value.text ?? rateMode
      // aiperf 0.6 and later: a phase says what kind of load it is.
      case "rate" where rate == nil && json["type"]?.text != nil: rate = field.value
      case "type" where json["rate"] != nil: rateMode = field.value.text
      case "type" where ["fixed_schedule", "user_centric"].contains(field.value.text):
        isScheduled = true
      case "fixed_schedule": isScheduled = isScheduled || field.value.flag == true
      case "streaming": isStreaming = isStreaming ?? field.value.flag
      case "model", "models", "model_names", "formatted_model_name":
        model = model ?? field.value.text ?? field.value.array?.first?.text
      case let key where key.contains("warmup"): continue
      default: read(field.value, levels: levels - 1)
      }
    }
  }
}
