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
    turns = Self.turns(fields)
    thinkTime = Self.thinkTime(fields)
    maxPromptTokens = fields.wholeNumber("max_prompt_tokens")?.value
    fields.finish()
  }

  private static func turns(_ fields: Fields) -> TurnCounts? {
    let expected = "a whole number from 1, or {distribution: geometric, mean: 3.5}"
    guard let node = fields.node("turns") else {
      fields.missing("turns", expected)
      return nil
    }
    let path = fields.path("turns")
    guard case .mapping = node.content else {
      return fields.scalar(node, path: path, expected: expected) {
        Int($0).flatMap { (1...1_000_000).contains($0) ? .fixed($0) : nil }
      }?.value
    }
    let law = Fields(node, path: path, issues: fields.issues)
    defer { law.finish() }
    _ = law.choice("distribution", of: TurnsName.self)
    let mean = law.number("mean", .turns, zeroAllowed: false, expected: "a number from 1")
    if law.node("mean") == nil { law.missing("mean", "turns of the mean session, like 3.5") }
    return mean.map { .geometric(mean: $0.value) }
  }

  private enum TurnsName: String, CaseIterable, Sendable { case geometric }

  private enum ThinkTimeName: String, CaseIterable, Sendable {
    case exponential
    case lognormal
  }

  private static func thinkTime(_ fields: Fields) -> ThinkTimes? {
    let expected = "a time like 30 s, or {distribution: lognormal, median: 40 s, sigma: 1}"
    guard let node = fields.node("think_time") else {
      fields.missing("think_time", expected)
      return nil
    }
    let path = fields.path("think_time")
    guard case .mapping = node.content else {
      return fields.scalar(node, path: path, expected: expected) {
        Units<SimDuration>.duration.parse($0).map { .fixed($0) }
      }?.value
    }
    let law = Fields(node, path: path, issues: fields.issues)
    defer { law.finish() }
    if law.node("distribution") == nil { law.missing("distribution", "exponential or lognormal") }
    switch law.choice("distribution", of: ThinkTimeName.self)?.value {
    case .exponential:
      if law.node("mean") == nil { law.missing("mean", "a time like 30 s") }
      return law.quantity("mean", .duration).map { .exponential(mean: $0.value) }
    case .lognormal:
      let median = law.quantity("median", .duration)
      let sigma = law.number("sigma", .exponent)
      if law.node("median") == nil { law.missing("median", "a time like 40 s") }
      if law.node("sigma") == nil { law.missing("sigma", "a number") }
      guard let median, let sigma else { return nil }
      return .lognormal(median: median.value, sigma: sigma.value)
    case nil:
      return nil
    }
  }
}
