package import SimKernel

/// Conversations: each turn's prompt is the previous prompt, the previous answer and newly drawn
/// user tokens, and is sent a think time after the previous answer ended.
package struct SyntheticSessions: Hashable, Sendable {
  package var turns: TurnCounts
  package var thinkTimes: ThinkTimes
  /// A session ends before a prompt that would be longer; nil: only the 2^31 limit of a prompt.
  package var maxPromptTokens: Int?

  package init(turns: TurnCounts, thinkTimes: ThinkTimes, maxPromptTokens: Int? = nil) {
    self.turns = turns
    self.thinkTimes = thinkTimes
    self.maxPromptTokens = maxPromptTokens
  }
}

/// How many turns a session has.
package enum TurnCounts: Hashable, Sendable {
  case fixed(Int)
  /// 1, 2, 3 ... with this mean.
  case geometric(mean: Double)

  package func draw(from stream: inout RandomStream) -> Int {
    switch self {
    case .fixed(let turns): return turns
    case .geometric(let mean): return stream.geometric(mean: mean)
    }
  }
}

/// How long a user or a tool takes between an answer and the next request.
package enum ThinkTimes: Hashable, Sendable {
  case fixed(SimDuration)
  case exponential(mean: SimDuration)
  /// Half of the values lie below `median`; `sigma` is the deviation of the logarithm.
  case lognormal(median: SimDuration, sigma: Double)

  package func draw(from stream: inout RandomStream) -> SimDuration {
    switch self {
    case .fixed(let time): return time
    case .exponential(let mean): return Self.span(stream.exponential(mean: mean.seconds))
    case .lognormal(let median, let sigma):
      return Self.span(stream.lognormal(median: median.seconds, sigma: sigma))
    }
  }

  /// Cut at 12 days: the tail of a wide law must not outlast the clock.
  private static func span(_ seconds: Double) -> SimDuration {
    SimDuration(seconds: min(seconds, 1e6))
  }
}

/// Groups of requests or sessions whose prompts begin alike, such as one system prompt each.
package struct SharedPrefix: Hashable, Sendable {
  package var groups: Int
  /// Leading prompt tokens that a group has in common, in addition to the drawn prompt tokens.
  package var tokens: Int
  /// Group k is chosen in proportion to 1 / (k + 1)^zipfExponent; 0: all alike.
  package var zipfExponent: Double

  package init(groups: Int, tokens: Int, zipfExponent: Double = 0) {
    self.groups = groups
    self.tokens = tokens
    self.zipfExponent = zipfExponent
  }
}
