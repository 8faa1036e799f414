import ServingSim
import SimKernel

/// `workload.retry`: clients that send a request again when it has failed.
struct RetrySection: Sendable {
  var path: String
  var origin: Origin
  var maxAttempts: Stated<Int>?
  var reasons: [Stated<RetryPolicy.Reason>]
  var initialBackoff: Stated<SimDuration>?
  var maxBackoff: Stated<SimDuration>?
  var multiplier: Stated<Double>?
  var jitter: Stated<Double>?
  var throttling: Throttling?

  /// gRPC's `retryThrottling`.
  struct Throttling: Sendable {
    var path: String
    var maxTokens: Stated<Int>?
    var tokenRatio: Stated<Double>?

    init(_ fields: Fields) {
      path = fields.path
      fields.introduce(
        "Keeps retries from becoming a storm. All clients share tokens: each attempt that fails takes "
          + "one, each answer gives `token_ratio` of one back, and nobody sends a request again while "
          + "half of them or fewer are there.")
      maxTokens = fields.wholeNumber(
        "max_tokens", in: 1...1000, "Tokens there are at first, and at most.",
        .default("10, as in gRPC's examples"))
      tokenRatio = fields.number(
        "token_ratio", in: 0.001...1000, expected: "a number from 0.001 to 1000",
        "Tokens that an answer gives back, in thousandths.", .default("0.1, as in gRPC's examples"))
      fields.finish()
    }
  }

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "Fields are gRPC's retry policy; [Failures and retries](FailuresAndRetries.md) has how an "
        + "attempt counts. Each attempt is routed anew and has `client_timeout` of its own.")
    maxAttempts = fields.wholeNumber(
      "max_attempts", in: 2...RetryPolicy.mostAttempts,
      "Attempts at a request, the first included.",
      .default("3, that of OpenAI's clients"))
    reasons = Self.reasons(fields)
    initialBackoff = fields.quantity(
      "initial_backoff", .duration, zeroAllowed: true, "From a failed attempt to the second one.",
      .default("0.5 s, that of OpenAI's clients"))
    maxBackoff = fields.quantity(
      "max_backoff", .duration, zeroAllowed: true, "The longest such time.",
      .default("8 s, that of OpenAI's clients"))
    multiplier = fields.number(
      "backoff_multiplier", in: 1...100, expected: "a number from 1 to 100",
      "How many times as long it is after each further attempt.",
      .default("2, that of OpenAI's clients"))
    jitter = fields.share(
      "jitter", zeroAllowed: true, "Such times vary by this share, evenly, up and down.",
      .default("0.2, that of gRPC"))
    throttling = fields.fields(
      "throttling", "When all clients stop trying again. Without it, they do not."
    ).map {
      Throttling($0)
    }
    fields.finish()
  }

  private static func reasons(_ fields: Fields) -> [Stated<RetryPolicy.Reason>] {
    let words = RetryPolicy.Reason.allCases.map(\.rawValue)
    let expected = "a list of \(words.joined(separator: ", "))"
    let node = fields.node(
      "on", expected, "What a request is sent again for.", .default("all of them"),
      choices: RetryPolicy.Reason.allCases.map { .init(word: $0.rawValue, meaning: $0.meaning) },
      words: words)
    guard let node else { return [] }
    guard case .list(let items) = node.content, !items.isEmpty else {
      fields.issues.add(node.origin, fields.path("on"), "found \(node.found); expected \(expected)")
      return []
    }
    return items.enumerated().compactMap { index, item in
      fields.scalar(
        item, path: fields.path("on.\(index)"),
        expected: "one of \(words.joined(separator: ", "))"
      ) { RetryPolicy.Reason(rawValue: $0) }
    }
  }
}
