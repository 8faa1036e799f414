import TextAndBytes
import TraceArchive

/// What `vllm bench serve --save-result` (vLLM 0.6 to 0.12, benchmarks/serve.py) and
/// `python -m sglang.bench_serving --output-file` (SGLang 0.4 to 0.5, bench_serving.py) write of a
/// run: an object with figures such as `p99_ttft_ms`. With `--save-detailed` and `--output-details`
/// there are lists over the requests, too.
///
/// Both count TTFT and E2E from sending, TPOT as (E2E - TTFT) / (tokens - 1) of each request with
/// more than one token, and ITL over all gaps together: vLLM between parts of an answer, SGLang with
/// a part's gap dealt out to its tokens.
enum ServingBenchResult {
  private static let latencies = [
    "ttft": "ttft", "tpot": "tpot", "itl": "itl", "e2el": "e2e", "e2e_latency": "e2e",
  ]

  static func read(_ json: JSON, _ fields: ResultFields) -> (LoadResult?, [FileProblem]) {
    var fields = fields
    let isSGLang =
      json["mean_e2e_latency_ms"] != nil || json["total_output_tokens_retokenized"] != nil
      || json["dataset_name"] != nil
    var result = LoadResult(tool: isSGLang ? .sglangBench : .vllmBench, name: fields.name)
    result.model = json["model_id"]?.text
    result.failed = fields.count(json["failed"], "failed") ?? 0
    result.finished = fields.count(json["completed"], "completed")
    result.duration = fields.number(json["duration"], "duration", in: ResultFields.least...1e8)
    readLoad(json, &fields, &result)
    readLengths(json, &fields, &result)
    if isSGLang { readRandomLengths(json, &fields, &result) }
    for field in json.fields ?? [] {
      guard let metric = metric(of: field.key) else { continue }
      result.add(metric, fields.number(field.value, field.key))
    }
    result.add(
      "output_tput_total", fields.number(json["output_throughput"], "output_throughput"))
    if json["spec_decode_acceptance_length"] != nil || json["accept_length"]?.double != nil {
      result.assumptions.append("the server guessed tokens ahead, which the scenario has to state")
    }
    return (result, fields.problems)
  }

  /// `ttft_p99` for `p99_ttft_ms`.
  private static func metric(of key: String) -> String? {
    guard key.hasSuffix("_ms") else { return nil }
    let words = key.dropLast(3).split(separator: "_", maxSplits: 1)
    guard words.count == 2, let latency = latencies[String(words[1])] else { return nil }
    switch words[0] {
    case "mean": return latency == "itl" ? "itl_pooled_mean" : "\(latency)_mean"
    case "median": return "\(latency)_p50"
    case let word where word.first == "p" && Double(word.dropFirst()) != nil:
      return "\(latency)_\(word)"
    default: return nil
    }
  }

  private static func readLoad(
    _ json: JSON, _ fields: inout ResultFields, _ result: inout LoadResult
  ) {
    let clients = fields.count(json["max_concurrency"], "max_concurrency", in: 1...10_000_000)
    if let strategy = json["ramp_up_strategy"]?.text {
      result.loadHint = "its rate rises (ramp_up_strategy \(strategy))"
      return
    }
    if ResultFields.isInfinite(json["request_rate"]) {
      result.load = clients.map { .clients($0) } ?? .atOnce
      return
    }
    guard
      let rate = fields.number(json["request_rate"], "request_rate", in: ResultFields.least...1e6)
    else {
      return
    }
    let burstiness =
      fields.number(json["burstiness"], "burstiness", in: ResultFields.least...1e6) ?? 1
    result.load = .rate(rate, cv: min(1000, max(0.001, 1 / burstiness.squareRoot())))
    if let clients {
      result.assumptions.append("the bound of \(clients) requests at once was never reached")
    }
  }

  private static func readLengths(
    _ json: JSON, _ fields: inout ResultFields, _ result: inout LoadResult
  ) {
    if let prompts = json["input_lens"]?.array, let outputs = json["output_lens"]?.array {
      result.requestsPath = fields.file
      result.requestsHaveTimes =
        json["start_times"]?.array?.count == prompts.count
        || ResultFields.isInfinite(json["request_rate"])
      readEach(prompts, outputs, json["errors"]?.array ?? [], &fields, &result)
      return
    }
    guard let finished = result.finished, finished > 0 else { return }
    func mean(_ key: String) -> ResultLengths? {
      let most = Double(finished) * ResultLengths.most
      return fields.number(json[key], key, in: 1...most).map { .mean($0 / Double(finished)) }
    }
    result.promptTokens = mean("total_input_tokens")
    result.outputTokens = mean("total_output_tokens")
    if result.promptTokens != nil {
      let option = result.tool == .sglangBench ? "--output-details" : "--save-detailed"
      result.assumptions.append("with \(option) the file has the length of each request")
    }
  }

  /// SGLang's random data sets have lengths from a share of the longest to the longest, all equally
  /// likely, and the file says so.
  private static func readRandomLengths(
    _ json: JSON, _ fields: inout ResultFields, _ result: inout LoadResult
  ) {
    guard json["dataset_name"]?.text?.hasPrefix("random") == true,
      let ratio = fields.number(json["random_range_ratio"], "random_range_ratio", in: 0...1)
    else { return }
    func spread(_ lengths: ResultLengths?, _ key: String) -> ResultLengths? {
      guard case .mean(let mean) = lengths,
        let longest = fields.number(json[key], key, in: 1...ResultLengths.most)
      else { return lengths }
      let shortest = max(1, (longest * ratio).rounded(.down))
      // Other options than these may have changed them.
      guard shortest < longest, abs((shortest + longest) / 2 / mean - 1) < 0.1 else {
        return lengths
      }
      return .quantiles([shortest, longest])
    }
    result.promptTokens = spread(result.promptTokens, "random_input_len")
    result.outputTokens = spread(result.outputTokens, "random_output_len")
  }

  /// Those of the requests that ended well.
  private static func readEach(
    _ prompts: [JSON], _ outputs: [JSON], _ errors: [JSON], _ fields: inout ResultFields,
    _ result: inout LoadResult
  ) {
    guard prompts.count == outputs.count else {
      return fields.report(
        "input_lens has \(prompts.count) values, output_lens \(outputs.count)")
    }
    var each: (prompts: [Int32], outputs: [Int32]) = ([], [])
    for index in prompts.indices {
      guard index >= errors.count || errors[index].text ?? "" == "",
        let prompt = fields.count(prompts[index], "input_lens", in: 0...100_000_000),
        let output = fields.count(outputs[index], "output_lens", in: 0...100_000_000),
        prompt > 0, output > 0
      else { continue }
      each.prompts.append(Int32(prompt))
      each.outputs.append(Int32(output))
    }
    if result.finished == nil || result.finished ?? 0 > each.prompts.count {
      result.finished = each.prompts.count
    }
    guard !each.prompts.isEmpty else { return }
    (result.promptTokens, result.outputTokens) = (.each(each.prompts), .each(each.outputs))
  }
}
