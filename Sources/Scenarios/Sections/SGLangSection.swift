import ServingPolicies

/// SGLang's options that vLLM has nothing like, under SGLang's names.
struct SGLangSection: Sendable {
  var chunkedPrefillSize: Stated<Int>?
  var maxPrefillTokens: Stated<Int>?
  var maxTotalTokens: Stated<Int>?
  var memFractionStatic: Stated<Double>?
  var schedulePolicy: Stated<SGLangScheduling.Order>?
  var scheduleConservativeness: Stated<Double>?
  var enableMixedChunk: Stated<Bool>?

  init(_ fields: Fields) {
    chunkedPrefillSize = fields.scalar(
      "chunked_prefill_size", expected: "a whole number of tokens from 1, or -1 for whole prompts",
      "SGLang: the most tokens of prompts in a step.",
      .default("2048, 4096, 8192 or 16384, by the accelerator's memory")
    ) { text in
      Int(text).flatMap { $0 == -1 || Bounds.batchedTokens.range.contains($0) ? $0 : nil }
    }
    maxPrefillTokens = fields.wholeNumber(
      "max_prefill_tokens", .batchedTokens,
      "SGLang: prompts that start in one step have fewer tokens together, but for a first one.",
      .default("16384"))
    maxTotalTokens = fields.wholeNumber(
      "max_total_tokens", .blocks, "SGLang: tokens that the KV cache holds.",
      .default("derived from `mem_fraction_static`"))
    memFractionStatic = fields.share(
      "mem_fraction_static",
      "SGLang: the share of an accelerator's memory for weights and KV cache.",
      .default("what SGLang leaves beside its work"))
    schedulePolicy = fields.choice(
      "schedule_policy", of: SGLangScheduling.Order.self,
      "SGLang: which waiting requests join the batch first.", .default("fcfs"), each: \.meaning)
    scheduleConservativeness = fields.number(
      "schedule_conservativeness", in: 0...10, expected: "a number from 0 to 10",
      "SGLang: how much room is kept for the answers of running requests; more means fewer "
        + "retractions.", .default("1"))
    enableMixedChunk = fields.flag(
      "enable_mixed_chunk", "SGLang: answers go on in steps that compute prompts.",
      .default("false"))
  }
}

extension SGLangScheduling.Order {
  /// What the scenario reference says of it.
  fileprivate var meaning: String {
    switch self {
    case .firstComeFirstServed: "those that arrived first"
    case .longestPrefixMatch:
      "those with the longest beginning in the prefix cache, as long as 128 wait at most"
    case .longestOutputFirst: "those that may generate the most"
    case .priority: "those with the lowest priority value"
    }
  }
}
