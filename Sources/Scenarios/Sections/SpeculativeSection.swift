import ServingModel
import SimKernel

/// `engine.speculative_config`: what drafts tokens that the engine verifies, under vLLM's names.
struct SpeculativeSection: Sendable {
  var path: String
  var origin: Origin
  var method: Stated<Method>?
  var tokens: Stated<Int>?
  var model: Stated<String>?
  var tensorParallelSize: Stated<Int>?
  var parallelDrafting: Stated<Bool>?
  var disableBlockDrop: Stated<Bool>?
  var byBatchSize: [BatchRange]
  var acceptanceRates: [Stated<Double>]
  var acceptanceLength: Stated<Double>?
  var acceptanceRate: Stated<Double>?
  var draftTime: Stated<SimDuration>?
  var draftTimePerSequence: Stated<SimDuration>?

  /// vLLM's `method`.
  enum Method: String, CaseIterable, Sendable {
    case draftModel = "draft_model"
    case eagle
    case eagle3
    case mtp
    case ngram

    /// What the scenario reference says of it.
    var meaning: String {
      switch self {
      case .draftModel: "a small model of its own, which `model` names"
      case .eagle: "a head of one dense layer that goes on from the model's hidden states"
      case .eagle3: "the same with an output head of its own, over 32,000 tokens at most"
      case .mtp: "one more layer of the model's own kind, as DeepSeek-V3 was published with"
      case .ngram: "what followed the same tokens earlier in the prompt, which takes no time here"
      }
    }

    /// Whether the drafter is fed with the model's hidden states.
    var usesHiddenStates: Bool {
      switch self {
      case .eagle, .eagle3, .mtp: true
      case .draftModel, .ngram: false
      }
    }
  }

  /// `[1, 32, 4]`: steps of 1 to 32 requests draft 4 tokens.
  struct BatchRange: Sendable {
    var origin: Origin
    var path: String
    var text: String
    var requests: ClosedRange<Int>
    var tokens: Int
  }

  /// The most tokens of a draft.
  static let mostTokens = 64

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "A drafter proposes tokens that the next step verifies: [Speculative "
        + "decoding](SpeculativeDecoding.md). Names are those of vLLM's `--speculative-config`.")
    method = fields.choice(
      "method", of: Method.self, "What drafts.", .required("a word like eagle3"), each: \.meaning)
    tokens = fields.wholeNumber(
      "num_speculative_tokens", in: 1...Self.mostTokens,
      "How many tokens are proposed for each request that decodes.",
      .required("a whole number like 3"))
    model = fields.text(
      "model", "The drafter, a name of `kavier catalog models`.",
      .needed("with `method: draft_model`"))
    tensorParallelSize = fields.wholeNumber(
      "draft_tensor_parallel_size", in: 1...1024,
      "Accelerators that share each layer of the drafter: 1, or as many as of the model.",
      .default("that of the model"))
    parallelDrafting = fields.flag(
      "parallel_drafting", "One pass of the drafter proposes all tokens.", .default("false"))
    disableBlockDrop = fields.flag(
      "disable_eagle_block_drop",
      "The last block that the prefix cache finds need not be computed again, as it is for drafters "
        + "that need hidden states of it.", .default("false"))
    byBatchSize = Self.ranges(fields)
    acceptanceRates = fields.shares(
      "synthetic_acceptance_rates", like: "[0.8, 0.6, 0.45]",
      "The share of drafts of which at least the first token is accepted, the first two and so on, as "
        + "vLLM's log has them (\"Per-position acceptance rate\").",
      .needed("unless `synthetic_acceptance_length` or `acceptance_rate` is stated"))
    acceptanceLength = fields.number(
      "synthetic_acceptance_length", in: 1...Double(Self.mostTokens + 1),
      expected: "a number from 1 to one more than num_speculative_tokens",
      "Tokens that a step yields a request on average (vLLM's \"Mean acceptance length\"), as evenly as "
        + "can be: 2.4 is 2 or 3.")
    acceptanceRate = fields.share(
      "acceptance_rate", zeroAllowed: true,
      "The share of proposed tokens that is accepted where all before it were.")
    draftTime = fields.duration(
      "draft_time", upTo: .second * 60, zeroAllowed: true, "What a pass of the drafter takes.",
      .default("counted from the drafter's shape; with `ngram` 0 s"))
    draftTimePerSequence = fields.duration(
      "draft_time_per_sequence", upTo: .second, zeroAllowed: true,
      "What it takes longer for each request. Only with `draft_time`.", .default("0 s"))
    if method?.value == .draftModel, model == nil, draftTime == nil {
      fields.require("model", "the drafter's name in the catalogue, or draft_time")
    }
    checkAcceptance(fields)
    fields.finish()
  }

  /// One way to state what is accepted, and no more.
  private func checkAcceptance(_ fields: Fields) {
    let ways = ["synthetic_acceptance_rates", "synthetic_acceptance_length", "acceptance_rate"]
    let stated = ways.filter { fields.isStated($0) }
    if stated.isEmpty {
      fields.require(ways[0], "shares like [0.8, 0.6], or \(ways[1]) or \(ways[2])")
    } else if stated.count > 1 {
      fields.problem("states \(stated.joined(separator: " and ")); expected one of them")
    }
  }

  private static func ranges(_ fields: Fields) -> [BatchRange] {
    let name = "num_speculative_tokens_per_batch_size"
    let expected = "a list like [[1, 32, 4], [33, 256, 1]]"
    let node = fields.node(
      name, expected,
      "How many tokens are proposed in steps of so many requests: lists of the fewest requests, the most "
        + "and the tokens. Requests between two ranges or beyond the last have the tokens of the range "
        + "before; no draft has more than `num_speculative_tokens`.")
    guard let node else { return [] }
    guard case .list(let items) = node.content, !items.isEmpty else {
      fields.issues.add(
        node.origin, fields.path(name), "found \(node.found); expected \(expected)")
      return []
    }
    return items.enumerated().compactMap { index, item in
      range(item, path: "\(fields.path(name)).\(index)", issues: fields.issues)
    }
  }

  private static func range(
    _ node: DocumentNode, path: String, issues: IssueList
  ) -> BatchRange? {
    var numbers: [Int] = []
    if case .list(let items) = node.content {
      numbers = items.compactMap { item in
        if case .scalar(let text, _) = item.content { Int(text) } else { nil }
      }
      if numbers.count != items.count { numbers = [] }
    }
    guard numbers.count == 3, numbers[0] >= 1, numbers[1] >= numbers[0], numbers[2] >= 0 else {
      issues.add(
        node.origin, path,
        "found \(node.found); expected the fewest requests from 1, the most, and tokens from 0, like "
          + "[33, 256, 1]")
      return nil
    }
    return BatchRange(
      origin: node.origin, path: path, text: "\(numbers)", requests: numbers[0]...numbers[1],
      tokens: numbers[2])
  }
}
