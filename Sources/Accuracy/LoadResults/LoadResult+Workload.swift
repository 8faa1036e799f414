package import ServingSim
import SimKernel

extension LoadResult {
  /// What keeps it from being compared, one sentence each; empty: nothing does. `isReplayed` says
  /// that its requests are known with the times at which they were sent.
  package func faults(isReplayed: Bool) -> [String] {
    var faults: [String] = []
    if finished == 0 {
      return ["no request has finished" + (failed > 0 ? " (\(failed) failed)" : "")]
    }
    if figures.isEmpty, requestsPath == nil {
      faults.append(
        "has none of the figures that are compared: TTFT, TPOT, ITL, E2E, output tokens a second")
    }
    guard !isReplayed else { return faults }
    if load == nil {
      faults.append(
        (loadHint ?? "does not say how requests were sent")
          + "; state --concurrency CLIENTS, or --request-rate with requests a second")
    }
    for (lengths, what) in [(promptTokens, "prompts"), (outputTokens, "answers")]
    where lengths == nil {
      faults.append("does not say how many tokens \(what) have")
    }
    return faults
  }

  /// How many requests stand for the run.
  private var requests: Int {
    if let finished { return min(finished, Self.most) }
    if case .clients(let clients) = load { return min(10 * clients, Self.most) }
    return Self.usual
  }

  private static let usual = 500
  /// More change no figure by a percent.
  private static let most = 100_000
  /// Drawing again changes no figure by much once so many requests are played.
  private static let played = 50_000

  /// Seconds from the first request to the last of a random load, where the duration tells them: what
  /// was drawn is one of many draws, and a short run may be off its rate by a quarter. nil: the rate
  /// alone tells, as where a queue went on after the last request.
  private var sendingTime: Double? {
    guard case .rate(let rate, let cv) = load, cv > 0, let duration, let finished, let latency
    else {
      return nil
    }
    let usual = Double(finished) / rate
    let deviation = cv * Double(finished).squareRoot() / rate
    let time = duration - latency
    return time > 0 && abs(time - usual) <= 3 * deviation ? time : nil
  }

  /// Mean seconds of a request.
  private var latency: Double? {
    func mean(_ metric: String) -> Double? {
      figures.first { $0.metric == metric }.map { $0.value / 1e3 }
    }
    if let whole = mean("e2e_mean") { return whole }
    guard let first = mean("ttft_mean"), let token = mean("tpot_mean"),
      let tokens = outputTokens?.mean
    else { return nil }
    return first + token * max(0, tokens - 1)
  }

  /// How often it is drawn and played: figures of few requests depend on the draw.
  package var draws: Int {
    let isDrawn = if case .rate(_, let cv) = load { cv > 0 } else { false }
    let hasLengths =
      if case .quantiles = promptTokens { true } else if case .quantiles = outputTokens {
        true
      } else { false }
    return isDrawn || hasLengths ? max(1, min(5, Self.played / max(1, requests))) : 1
  }

  /// The load as a scenario's `workload`; nil where a part of it is not known.
  package var workload: String? {
    guard let load, let prompts = promptTokens?.spelled, let outputs = outputTokens?.spelled else {
      return nil
    }
    let sending: String
    switch load {
    case .clients(let clients): sending = "concurrency: \(clients)"
    case .atOnce: sending = "concurrency: \(requests)"
    case .rate(let rate, let cv):
      let process =
        cv == 0 ? "deterministic" : cv == 1 ? "poisson" : "gamma, cv: \(cv)"
      sending = "arrivals: {process: \(process), rate: \(rate) /s}"
    }
    return """
      {synthetic: {requests: \(requests), \(sending), prompt_tokens: \(prompts), output_tokens: \
      \(outputs)}}
      """
  }

  /// What its requests are taken to be, in phrases.
  package var workloadAssumptions: [String] {
    var phrases: [String] = []
    switch finished {
    case nil: phrases.append("\(requests) requests, since the file does not say how many")
    case let finished? where finished > requests:
      phrases.append("\(requests) requests, which stand for all \(finished)")
    default: break
    }
    if let load {
      switch load {
      case .rate(_, let cv) where cv > 0:
        let often = draws == 1 ? "once" : "\(draws) times"
        let time = sendingTime.map { " over \(($0 * 1000).rounded() / 1000) s" } ?? ""
        phrases.append("\(load.phrase)\(time), at times drawn \(often)")
      case .rate: phrases.append("\(load.phrase), equally far apart")
      default: phrases.append(load.phrase)
      }
    }
    for (lengths, what) in [(promptTokens, "prompts"), (outputTokens, "answers")] {
      switch lengths {
      case .mean(let mean): phrases.append("all \(what) with the mean of \(mean.tokens) tokens")
      case .quantiles(let ends) where ends.count == 2:
        phrases.append("\(what) with \(ends[0].tokens) to \(ends[1].tokens) tokens, equally likely")
      case .quantiles: phrases.append("\(what) drawn from the percentiles of their tokens")
      default: break
      }
    }
    phrases.append("no prompts that begin alike")
    return phrases
  }

  /// Fits drawn requests to what is known of the run: how long each is, and how long sending took.
  package func fit(_ workload: inout Workload) {
    if case .each(let prompts) = promptTokens, case .each(let outputs) = outputTokens,
      prompts.count == outputs.count, prompts.count >= workload.count
    {
      workload.promptTokens = Array(prompts.prefix(workload.count))
      workload.outputTokens = Array(outputs.prefix(workload.count))
    }
    workload.limitAnswersToTheirLengths()
    if let sendingTime, requests == finished, let last = workload.arrivals.last, last > .start {
      let scale = sendingTime / last.seconds
      workload.arrivals = workload.arrivals.map { SimTime(seconds: $0.seconds * scale) }
    }
  }
}

extension ResultLengths {
  /// As a scenario spells them. Where each is known they are only bounded.
  fileprivate var spelled: String {
    switch self {
    case .mean(let mean): return "\(max(1, Int(mean.rounded())))"
    case .quantiles(let values):
      let whole = values.map { "\(max(1, Int($0.rounded())))" }
      return "{distribution: quantiles, values: [\(whole.joined(separator: ", "))]}"
    case .each(let tokens):
      return "{distribution: uniform, min: \(tokens.min() ?? 1), max: \(tokens.max() ?? 1)}"
    }
  }
}

extension ResultLengths {
  var mean: Double {
    switch self {
    case .mean(let mean): mean
    case .quantiles(let values):
      zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 2 }
        / Double(max(1, values.count - 1))
    case .each(let tokens):
      tokens.reduce(0.0) { $0 + Double($1) } / Double(max(1, tokens.count))
    }
  }
}

extension Double {
  fileprivate var tokens: String { "\(Int(max(1, rounded())))" }
}
