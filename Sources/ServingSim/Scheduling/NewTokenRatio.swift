/// How much of what running requests may still generate a policy expects them to: it begins at
/// `initial`, comes down by the same amount with each decode step to `least`, and begins anew when the
/// engine has nothing to do. When memory runs out all the same, it becomes what requests have used of
/// their limits up to then.
///
/// That is SGLang's `new_token_ratio` (`python/sglang/srt/managers/scheduler.py` and
/// `schedule_batch.py`, 0.5).
package struct NewTokenRatio: Hashable, Sendable {
  package var initial: Double
  package var least: Double
  /// Decode steps from `initial` to `least`.
  package var decaySteps: Int
  /// Tokens that each running request is taken to get beside those it has, when memory runs out.
  package var reserve: Int

  package init(initial: Double, least: Double, decaySteps: Int, reserve: Int) {
    precondition(decaySteps > 0 && least <= initial, "a ratio that does not come down")
    self.initial = initial
    self.least = least
    self.decaySteps = decaySteps
    self.reserve = reserve
  }

  private var decay: Double { (initial - least) / Double(decaySteps) }

  /// `steps` decode steps after it was `start`.
  func value(_ start: Double, after steps: Int64) -> Double {
    max(start - decay * Double(steps), least)
  }

  /// When memory has run out: of running requests that have `generated` tokens of the `limit` that
  /// they may have, together.
  func estimate(generated: Int, limit: Int, of requests: Int) -> Double {
    let expected = Double(generated + reserve * requests)
    return limit > 0 ? min(1, expected / Double(limit)) : 1
  }
}

/// Where the ratio of one replica stands.
struct NewTokenRatioState: BitwiseCopyable {
  /// What it was at decode step `step`.
  private var start: Double
  private var step: Int64 = 0

  init(_ ratio: NewTokenRatio?) { start = ratio?.initial ?? 1 }

  mutating func set(_ value: Double, at step: Int64) {
    start = value
    self.step = step
  }

  func value(_ ratio: NewTokenRatio?, at step: Int64) -> Double {
    ratio?.value(start, after: step - self.step) ?? 1
  }
}
