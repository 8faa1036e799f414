/// What cases leave open about their requests.
enum AssumedPrompts {
  /// How many prompts recur where `prefix_cached` says that they do.
  static let recycled = 100

  /// Prompt tokens of workloads whose measurements do not state them (ML.ENERGY's): rough figures
  /// for short chats, exam questions with their options, and code around a gap.
  static func tokens(_ workload: String?) -> Double? {
    switch workload {
    case "lm-arena-chat": 500
    case "gpqa": 250
    case "sourcegraph-fim": 350
    default: nil
    }
  }
}

extension MeasuredCase {
  /// Prompt tokens of a request; nil where nobody says.
  var meanPrompt: Double? {
    prompt.mean ?? prompt.nominal ?? AssumedPrompts.tokens(workload)
  }

  var meanOutput: Double? { output.mean ?? output.nominal }

  /// What is assumed about the requests, in phrases.
  var assumedRequests: [String] {
    var assumptions: [String] = []
    if case .recorded = load {
      if isPrefixCached { assumptions.append("prompts of one length are one recycled prompt") }
      return assumptions
    }
    if prompt.mean ?? prompt.nominal == nil, let tokens = meanPrompt {
      assumptions.append("prompts of \(Int(tokens)) tokens, as \(workload ?? "such requests") have")
    }
    if isPrefixCached {
      assumptions.append("prompts drawn from \(AssumedPrompts.recycled) recycled ones")
    }
    return assumptions
  }
}
