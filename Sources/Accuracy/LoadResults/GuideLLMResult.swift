import TextAndBytes
import TraceArchive

/// A benchmark in the report of GuideLLM 0.2 to 0.5 (`benchmarks.json`; benchmark/schemas/
/// generative/metrics.py, schemas/request_stats.py). Figures are of the successful requests.
///
/// Its `inter_token_latency_ms` is (last token - first token) / (tokens - 1) of each request,
/// weighted by its tokens: the mean is that over all gaps together, quantiles are of requests, like
/// TPOT. Its `time_per_output_token_ms` counts the first token's time, too, and is not compared.
enum GuideLLMResult {
  private static let statistics = ["p50", "p90", "p95", "p99"]

  static func read(
    _ benchmark: JSON, _ fields: ResultFields, of report: JSON
  ) -> (LoadResult?, [FileProblem]) {
    var fields = fields
    let metrics = benchmark["metrics"]
    var result = LoadResult(tool: .guideLLM, name: fields.name)
    result.model = report["args"]?["model"]?.text
    let totals = metrics?["request_totals"]
    let listed = benchmark["requests"]?["successful"]?.array?.count ?? 0
    result.finished = fields.count(totals?["successful"], "request_totals.successful") ?? listed
    result.failed =
      (fields.count(totals?["errored"], "request_totals.errored") ?? 0)
      + (fields.count(totals?["incomplete"], "request_totals.incomplete") ?? 0)
    // Reports may hold a sample of the requests, which is another load.
    if listed > 0, listed >= result.finished ?? 0 { result.requestsPath = fields.file }
    result.duration = fields.number(benchmark["duration"], "duration", in: ResultFields.least...1e8)
    readLoad(benchmark, &fields, &result)
    result.promptTokens = lengths("prompt_token_count", metrics, &fields)
    result.outputTokens = lengths("output_token_count", metrics, &fields)
    for (key, mean, quantiles, scale) in [
      ("time_to_first_token_ms", "ttft_mean", "ttft", 1.0),
      ("inter_token_latency_ms", "itl_pooled_mean", "tpot", 1),
      ("request_latency", "e2e_mean", "e2e", 1000),
    ] {
      let distribution = metrics?[key]?["successful"]
      result.add(mean, fields.number(distribution?["mean"], "\(key).mean").map { $0 * scale })
      for statistic in statistics {
        let value =
          distribution?["percentiles"]?[statistic]
          ?? (statistic == "p50" ? distribution?["median"] : nil)
        result.add(
          "\(quantiles)_\(statistic)",
          fields.number(value, "\(key).\(statistic)").map { $0 * scale })
      }
    }
    let throughput = metrics?["output_tokens_per_second"]?["successful"]?["mean"]
    result.add("output_tput_total", fields.number(throughput, "output_tokens_per_second.mean"))
    return (result, fields.problems)
  }

  private static func readLoad(
    _ benchmark: JSON, _ fields: inout ResultFields, _ result: inout LoadResult
  ) {
    let strategy = benchmark["config"]?["strategy"] ?? benchmark["args"]?["strategy"]
    let kind = (strategy?["type_"] ?? strategy?["type"])?.text
    func clients() -> Int? {
      fields.count(
        strategy?["streams"] ?? strategy?["max_concurrency"], "strategy.streams", in: 1...10_000_000
      )
    }
    func rate() -> Double? {
      fields.number(strategy?["rate"], "strategy.rate", in: ResultFields.least...1e6)
    }
    switch kind {
    case "synchronous": result.load = .clients(1)
    case "concurrent": result.load = clients().map { .clients($0) }
    case "throughput": result.load = clients().map { .clients($0) } ?? .atOnce
    case "constant": result.load = rate().map { .rate($0, cv: 0) }
    case "poisson": result.load = rate().map { .rate($0, cv: 1) }
    case let kind?: result.loadHint = "its strategy is \(kind)"
    case nil: break
    }
  }

  private static func lengths(
    _ key: String, _ metrics: JSON?, _ fields: inout ResultFields
  ) -> ResultLengths? {
    let distribution = metrics?[key]?["successful"]
    let mean = fields.number(
      distribution?["mean"], "\(key).mean", in: 0...ResultLengths.most)
    let shares = [
      ("p001", 0.001), ("p01", 0.01), ("p05", 0.05), ("p10", 0.1), ("p25", 0.25), ("p50", 0.5),
      ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p999", 0.999),
    ]
    var points: [(share: Double, value: Double)] = []
    func add(_ value: JSON?, _ share: Double) {
      let tokens = fields.number(value, key, in: 0...ResultLengths.most)
      if let tokens { points.append((share, tokens)) }
    }
    add(distribution?["min"], 0)
    for (name, share) in shares { add(distribution?["percentiles"]?[name], share) }
    add(distribution?["max"], 1)
    return ResultLengths(points: points, mean: mean)
  }
}
