/// A workload as laws: what traces are generated from, and what a fit makes of a trace.
package struct TraceProfile: Hashable, Sendable {
  package var name: String
  package var summary: String
  /// Where its figures come from.
  package var source: String
  /// Sessions, or requests where there are none, a second in the mean.
  package var rate: Double
  /// The rate of each hour of the day over its mean; empty: the same all day.
  package var hours: [Double] = []
  /// A weekday's rate over that of a weekend day.
  package var weekdayToWeekend = 1.0
  /// The rate of successive windows over its mean, and a window's seconds; they begin again.
  package var windows: [Double] = []
  package var windowSeconds = 0.0
  package var clients: [Client]
  /// Tokens a block; nil: no block ids are made.
  package var blockSize: Int?

  /// Who sends requests.
  package struct Client: Hashable, Sendable {
    package var name: String
    /// Its share of the rate.
    package var share = 1.0
    /// Standard deviation over mean of its gaps; 1: Poisson.
    package var gapVariation = 1.0
    /// It sends only in bursts of so many seconds, so many apart, in the mean.
    package var burst: (on: Double, off: Double)? {
      get { burstOn > 0 ? (burstOn, burstOff) : nil }
      set { (burstOn, burstOff) = newValue.map { ($0.on, $0.off) } ?? (0, 0) }
    }
    fileprivate(set) var burstOn = 0.0
    fileprivate(set) var burstOff = 0.0
    package var app: String?
    package var model: String?
    package var sloClass: String?
    /// Whole requests to draw from, in place of laws: they keep what belongs together.
    package var samples: [Sample] = []
    package var input: Law?
    package var output: Law?
    /// Of the answer, the share that is reasoning.
    package var reasoning: Law?
    /// The share of requests with images, and then their number and tokens each.
    package var imageShare = 0.0
    package var images: Law?
    package var imageTokens: Law?
    package var session: Session?
    package var parts: Parts?

    package init(_ name: String) { self.name = name }
  }

  /// A request of a trace.
  package struct Sample: Hashable, Sendable {
    package var input: Int64
    package var output: Int64
    /// Tokens of the prompt that an earlier one had, and how many requests before that was.
    package var reused: Int64 = 0
    package var back: Int64 = 0
  }

  /// Conversations: a prompt grows by the answer before and what is added.
  package struct Session: Hashable, Sendable {
    package var turns: Law
    package var first: Law
    package var added: Law
    /// Seconds after an answer; requests then wait for each other.
    package var think: Law
    /// After a tool's result, with the share of turns that follow one.
    package var toolThink: Law?
    package var toolShare = 0.0
    /// The chance that a context starts anew.
    package var resetShare = 0.0
    /// Leading tokens that all sessions share.
    package var sharedTokens = 0.0
    /// The chance that a turn sends a sub-agent out, its calls, and its first prompt.
    package var agentShare = 0.0
    package var agentCalls: Law?
    package var agentFirst: Law?

    package init(turns: Law, first: Law, added: Law, think: Law) {
      self.turns = turns
      self.first = first
      self.added = added
      self.think = think
    }
  }

  /// Prompts of parts: a system prompt of some variants, passages by popularity, and a question.
  package struct Parts: Hashable, Sendable {
    package var systemShares: [Double]
    package var systemTokens: Int
    package var dynamicTokens: Int
    package var passages: Int
    package var documents: Int
    package var popularity: Double
    package var passageTokens: Law
    package var question: Law

    package init(
      systemShares: [Double], systemTokens: Int, dynamicTokens: Int, passages: Int,
      documents: Int, popularity: Double, passageTokens: Law, question: Law
    ) {
      self.systemShares = systemShares
      self.systemTokens = systemTokens
      self.dynamicTokens = dynamicTokens
      self.passages = passages
      self.documents = documents
      self.popularity = popularity
      self.passageTokens = passageTokens
      self.question = question
    }
  }

  package init(
    _ name: String, _ summary: String, source: String, rate: Double, clients: [Client],
    blockSize: Int? = nil
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.rate = rate
    self.clients = clients
    self.blockSize = blockSize
  }
}
