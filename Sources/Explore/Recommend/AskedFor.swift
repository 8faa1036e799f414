package import Scenarios
import ServingModel
import TextAndBytes

/// A question in a few words: what flags of `kavier recommend` say.
package struct AskedFor: Sendable {
  package var model: String?
  package var rate: String?
  package var promptTokens: Int?
  package var outputTokens: Int?
  package var requests: Int?
  /// By the path of the objective, `slo.ttft.p95`: its limit.
  package var limits: [(path: String, limit: String)] = []
  package var grid: String?
  package var quantization: String?
  package var accelerators: [String] = []
  package var tensorParallel: [Int] = []
  /// By accelerator: currency an hour.
  package var prices: [(accelerator: String, price: String)] = []
  /// Further fields to vary, `path=a,b`.
  package var varied: [(path: String, values: [String])] = []

  /// Where the scenario states its group.
  package var fleet = "fleet"

  package init() {}

  /// The scenario of a question that names none: chat, answered by replicas behind a router that picks
  /// the least loaded.
  package static let scenario = """
    name: the question
    workload:
      synthetic:
        requests: 5000
        arrivals: {rate: 10 /s}
        prompt_tokens: {distribution: quantiles, table: azure2023-conv}
        output_tokens: {distribution: quantiles, table: azure2023-conv}
    fleet: {}
    router: least_outstanding
    impact: {pue: 1.2, host: 8-accelerators, embodied: {lifetime: 4 y}, price: catalogue}

    """

  /// What is asked where nothing is: data centres' accelerators that are rented by the hour.
  package static let usualAccelerators = [
    "l40s", "a100-sxm-80", "h100-sxm", "h200-sxm", "b200-sxm", "mi300x",
  ]
  package static let usualTensorParallel = [1, 2, 4, 8]

  /// What of it is put into the scenario.
  package var overrides: [Override] {
    var set: [(String, String?)] = [
      ("\(fleet).model", model), ("workload.synthetic.arrivals.rate", rate),
      ("workload.synthetic.prompt_tokens", promptTokens.map { "\($0)" }),
      ("workload.synthetic.output_tokens", outputTokens.map { "\($0)" }),
      ("workload.synthetic.requests", requests.map { "\($0)" }),
      ("impact.grid", grid), ("\(fleet).engine.quantization", quantization),
    ]
    set += limits.map { ($0.path, $0.limit) }
    return set.compactMap { path, text in text.map { Override(setting: path, to: $0) } }
  }

  /// The plans: each accelerator with each degree of parallelism and each value of what else is varied.
  package var candidates: [Question.Candidate] {
    var candidates: [Question.Candidate] = []
    let all = accelerators.isEmpty ? Self.usualAccelerators : accelerators.map(Self.named)
    let degrees = tensorParallel.isEmpty ? Self.usualTensorParallel : tensorParallel
    for accelerator in all {
      for degree in degrees {
        var overrides = [
          Override(setting: "\(fleet).accelerator", to: accelerator),
          Override(setting: "\(fleet).engine.tensor_parallel_size", to: "\(degree)"),
        ]
        if let price = prices.first(where: { Self.named($0.accelerator) == accelerator }) {
          overrides.append(Override(setting: "impact.price", to: price.price))
        }
        candidates.append(
          Question.Candidate(
            name: "\(accelerator) x \(degree)", accelerator: accelerator, overrides: overrides))
      }
    }
    for field in varied {
      let word = field.path.split(separator: ".").last.map(String.init) ?? field.path
      candidates = candidates.flatMap { candidate in
        field.values.map { value in
          Question.Candidate(
            name: "\(candidate.name), \(word) \(value)", accelerator: candidate.accelerator,
            overrides: candidate.overrides + [Override(setting: field.path, to: value)])
        }
      }
    }
    return candidates
  }

  /// `h100-sxm` for `h100`: the catalogue's name of what people call it; the word itself where it has
  /// none, for the planner to refuse.
  static func named(_ word: String) -> String {
    if Accelerators.named(word) != nil { return word }
    return HardwareNames.accelerators(for: word).first ?? word
  }
}
