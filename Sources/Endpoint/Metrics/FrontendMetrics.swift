import ServingSim

/// What the frontend of NVIDIA's Dynamo tells beside its engines' figures (0.7,
/// lib/runtime/src/metrics/prometheus_names.rs), of the same requests. Times are simulated.
struct FrontendMetrics {
  enum Status: Hashable, Sendable {
    case success
    case error
    /// The client went away.
    case gone
  }

  private struct Kind: Hashable {
    var endpoint: String
    var type: String
    var status: String
  }

  private var counts: [Kind: Int] = [:]
  private var gone = 0

  mutating func count(_ api: CompletionRequest.API, isStream: Bool, _ status: Status) {
    let endpoint =
      switch api {
      case .completions: "completions"
      case .chat: "chat_completions"
      case .responses: "responses"
      }
    if status == .gone { gone += 1 }
    let kind = Kind(
      endpoint: endpoint, type: isStream ? "stream" : "unary",
      status: status == .success ? "success" : "error")
    counts[kind, default: 0] += 1
  }

  func write(
    to page: inout PrometheusText, _ engines: [(metrics: EngineMetrics, gauge: LiveGauge)],
    modelName: String
  ) {
    let model = "model=\"\(PrometheusText.escape(modelName))\""
    writeCounts(to: &page, model)
    func figure(
      _ name: String, _ kind: PrometheusText.Kind, _ help: String, _ value: Int
    ) {
      page.family("dynamo_frontend_\(name)", kind, help)
      page.sample("dynamo_frontend_\(name)", labels: model, Double(value))
    }
    let waiting = engines.reduce(0) { $0 + $1.gauge.waiting }
    let running = engines.reduce(0) { $0 + $1.gauge.running }
    let first = engines.first?.metrics.configuration
    figure("inflight_requests", .gauge, "Requests under way.", waiting + running)
    figure("queued_requests", .gauge, "Requests without a first token.", waiting)
    figure("disconnected_clients", .counter, "Clients that went away.", gone)
    figure(
      "output_tokens_total", .counter, "Tokens generated.",
      engines.reduce(0) { $0 + $1.metrics.generatedTokens })
    figure("model_context_length", .gauge, "Tokens.", first?.maxModelLength ?? 0)
    figure("model_kv_cache_block_size", .gauge, "Tokens of a block.", first?.blockSize ?? 0)
    figure(
      "model_total_kv_blocks", .gauge, "Blocks of all engines.",
      engines.reduce(0) { $0 + $1.metrics.configuration.usableBlocks })
    figure("model_max_num_seqs", .gauge, "Requests in a batch.", first?.maxNumSeqs ?? 0)
    figure(
      "model_max_num_batched_tokens", .gauge, "Tokens in a step.", first?.maxNumBatchedTokens ?? 0)
    for (name, help, histogram) in Self.histograms {
      guard var sum = engines.first.map({ histogram($0.metrics) }) else { continue }
      for engine in engines.dropFirst() { sum.add(histogram(engine.metrics)) }
      page.family("dynamo_frontend_\(name)", .histogram, help)
      sum.write(to: &page, "dynamo_frontend_\(name)", labels: model)
    }
  }

  private func writeCounts(to page: inout PrometheusText, _ model: String) {
    page.family("dynamo_frontend_requests_total", .counter, "Requests that ended.")
    for endpoint in ["chat_completions", "completions", "responses"] {
      for type in ["stream", "unary"] {
        for status in ["success", "error"] {
          let kind = Kind(endpoint: endpoint, type: type, status: status)
          page.sample(
            "dynamo_frontend_requests_total",
            labels:
              "\(model),endpoint=\"\(endpoint)\",request_type=\"\(type)\",status=\"\(status)\"",
            Double(counts[kind] ?? 0))
        }
      }
    }
  }

  private static let histograms:
    [(name: String, help: String, histogram: @Sendable (EngineMetrics) -> PrometheusHistogram)] = [
      ("time_to_first_token_seconds", "From arrival to first token.", { $0.timeToFirstToken }),
      ("inter_token_latency_seconds", "Gaps between tokens.", { $0.interToken }),
      ("request_duration_seconds", "From arrival to last token.", { $0.endToEnd }),
      ("input_sequence_tokens", "Prompt tokens of a request.", { $0.promptLengths }),
      ("output_sequence_tokens", "Tokens of an answer.", { $0.outputLengths }),
      ("cached_tokens", "Prompt tokens found in the cache.", { $0.cachedLengths }),
    ]
}
