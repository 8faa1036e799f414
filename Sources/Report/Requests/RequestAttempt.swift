package import ServingSim
package import SimKernel

/// An attempt at a request that a run recorded.
package struct RequestAttempt: Hashable, Sendable {
  /// From 1; nil: attempts that nobody worked on came between, and it is not recorded which one it is.
  package var number: Int?
  /// In the order of the run's engines; nil: it came to none.
  package var engine: Int?
  /// `.never`: nobody worked on it.
  package var firstScheduled: SimTime
  /// `.never`: there was none.
  package var firstToken: SimTime
  /// `.never`: it is under way.
  package var end: SimTime
  /// Prompt tokens that were computed for it, those found in the prefix cache left out; nil: not recorded.
  package var promptTokens: Int?
  /// nil: not recorded.
  package var outputTokens: Int?
  package var status: Status

  package enum Status: Hashable, Sendable {
    /// Another one followed.
    case dropped
    /// Its request's.
    case last(OutcomeStatus)
  }

  init(_ attempt: LostAttempt, number: Int?) {
    self.number = number
    engine = Int(attempt.replica)
    firstScheduled = attempt.firstScheduled
    firstToken = attempt.firstToken
    end = attempt.end
    promptTokens = Int(attempt.promptTokens)
    outputTokens = Int(attempt.outputTokens)
    status = .dropped
  }

  /// The last one at a request of `promptTokens`; `lost`: what was dropped with it.
  init(_ outcome: Outcome, promptTokens: Int, lost: LostAttempt?) {
    number = Int(outcome.retries) + 1
    engine = outcome.replica < 0 ? nil : Int(outcome.replica)
    firstScheduled = outcome.firstScheduled
    firstToken = outcome.firstToken
    end = outcome.finish
    status = .last(outcome.status)
    if outcome.status == .finished {
      self.promptTokens = promptTokens - Int(outcome.cachedTokens)
      outputTokens = Int(outcome.outputTokens)
    } else if let lost {
      self.promptTokens = Int(lost.promptTokens)
      outputTokens = Int(lost.outputTokens)
    }
  }
}

extension RequestHistories {
  /// All that are recorded, the last one behind the others.
  func attempts(at request: Int, of run: FinishedRun) -> [RequestAttempt] {
    let outcome = run.recording.outcomes[request]
    let earlier = earlier(request)
    let isWhole = Int(outcome.retries) == earlier.count
    return earlier.enumerated().map { RequestAttempt($1, number: isWhole ? $0 + 1 : nil) }
      + [
        RequestAttempt(
          outcome, promptTokens: Int(run.promptTokens[request]), lost: lastLost(request))
      ]
  }
}
