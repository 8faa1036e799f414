import ServingSim
import SimKernel

/// `sessions`: conversations of several turns.
struct SessionsSection: Sendable {
  var turns: TurnCounts?
  var thinkTime: ThinkTimes?
  /// A session ends before the turn whose prompt would be longer.
  var maxPromptTokens: Int?
  var node: DocumentNode
  var path: String

  /// The laws, when nothing is missing.
  var laws: SyntheticSessions? {
    guard let turns, let thinkTime else { return nil }
    return SyntheticSessions(
      turns: turns, thinkTimes: thinkTime, maxPromptTokens: maxPromptTokens)
  }

  init(_ fields: Fields) {
    node = fields.whole
    path = fields.path
    fields.introduce(
      "The prompt of each turn is the prompt before it, that prompt's answer, and new tokens.")
    turns = Self.turns(fields)
    thinkTime = Self.thinkTime(fields)
    maxPromptTokens =
      fields.wholeNumber(
        "max_prompt_tokens", "A conversation ends before a turn whose prompt would be longer.")?
      .value
    fields.finish()
  }

  private static func turns(_ fields: Fields) -> TurnCounts? {
    let expected = "a whole number from 1, or {distribution: geometric, mean: 3.5}"
    let node = fields.node("turns", expected, "Turns of a conversation.", .required(expected))
    guard let node else { return nil }
    guard case .mapping = node.content else {
      return fields.scalar(node, path: fields.path("turns"), expected: expected) {
        Int($0).flatMap { (1...1_000_000).contains($0) ? .fixed($0) : nil }
      }?.value
    }
    let law = fields.below("turns", node)
    defer { law.finish() }
    law.introduce("In place of a whole number, a distribution.")
    _ = law.choice(
      "distribution", of: TurnsName.self, "May be left out, since there is only one.",
      .default("geometric"))
    let mean = law.number(
      "mean", .turns, zeroAllowed: false, expected: "a number from 1",
      "The mean number of turns of a conversation.",
      .required("turns of the mean session, like 3.5"))
    return mean.map { .geometric(mean: $0.value) }
  }

  private enum TurnsName: String, CaseIterable, Sendable { case geometric }

  private enum ThinkTimeName: String, CaseIterable, Sendable {
    case exponential
    case lognormal
  }

  private static func thinkTime(_ fields: Fields) -> ThinkTimes? {
    let expected = "a time like 30 s, or {distribution: lognormal, median: 40 s, sigma: 1}"
    let node = fields.node(
      "think_time", expected, "From the end of an answer to the next turn.", .required(expected))
    guard let node else { return nil }
    guard case .mapping = node.content else {
      return fields.scalar(node, path: fields.path("think_time"), expected: expected) {
        Units<SimDuration>.duration.parse($0).map { .fixed($0) }
      }?.value
    }
    let law = fields.below("think_time", node)
    defer { law.finish() }
    law.introduce("In place of a time, a distribution. Longer times than 10^6 s are set to 10^6 s.")
    let name = law.choice(
      "distribution", of: ThinkTimeName.self, "What think times are drawn from.",
      .required("exponential or lognormal"))
    switch name?.value {
    case .exponential:
      return law.quantity(
        "mean", .duration, "The mean think time.",
        .required("a time like 30 s", "with `exponential`")
      ).map { .exponential(mean: $0.value) }
    case .lognormal:
      let median = law.quantity(
        "median", .duration, "Half of the think times are below it.",
        .required("a time like 40 s", "with `lognormal`"))
      let sigma = law.number(
        "sigma", .exponent, "Standard deviation of the logarithm.",
        .required("a number", "with `lognormal`"))
      guard let median, let sigma else { return nil }
      return .lognormal(median: median.value, sigma: sigma.value)
    case nil:
      return nil
    }
  }
}
