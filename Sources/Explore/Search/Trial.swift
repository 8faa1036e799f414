package import Report
package import Scenarios
import ServingSim

/// How sure it has to be that objectives are met.
package enum Confidence: String, CaseIterable, Sendable {
  /// As predicted: a measurement may as well come out on the other side.
  case expected
  /// Nine of ten measurements would meet them, by the errors to expect.
  case sure
}

/// A plan that is tried for whether it meets its objectives.
package struct Trial: Sendable {
  package enum Outcome: Sendable {
    /// One a seed.
    case judged([ReckonedRun])
    /// An objective was missed before all requests had ended.
    case lost
    /// The plan cannot be run.
    case refused(String)
    case stopped
  }

  package var outcome: Outcome
  /// Requests that were simulated for it.
  package var requests = 0

  package var runs: [ReckonedRun] { if case .judged(let runs) = outcome { runs } else { [] } }

  package var verdicts: [JudgedObjective] { runs.verdicts }

  /// Of how requests are served. Ceilings of cost and carbon are others: they are kept by more load,
  /// and by fewer replicas.
  package var service: [JudgedObjective] { verdicts.filter { !$0.isOfAmount } }

  package var amounts: [JudgedObjective] { verdicts.filter(\.isOfAmount) }

  /// Whether the load is met at all: all requests end, and who comes last does not wait longest.
  package var keepsUp: Bool {
    !runs.contains { run in
      run.metrics.requests.isPartial || run.metrics.queueGrowth?.isBacklog == true
    }
  }

  package func holds(_ confidence: Confidence) -> Bool {
    guard case .judged = outcome, keepsUp else { return false }
    return switch confidence {
    case .expected: service.allSatisfy(\.isMetAsPredicted)
    case .sure: service.allSatisfy { $0.verdict == .met }
    }
  }
}

/// Tries plans: each with all seeds, until one is lost.
package struct TrialRunner: Sendable {
  package var template: ScenarioTemplate
  package var seeds: [UInt64]
  package var workers: Int
  package var memoryLimit: MemoryLimit?
  /// How many times as long prompts are as the scenario has them.
  package var promptScale = 1.0
  /// Hears of every plan how its trace was read; often the same, and from any thread.
  package var told: @Sendable ([String]) -> Void = { _ in }
  package var isStopped: @Sendable () -> Bool

  package init(
    _ template: ScenarioTemplate, seeds: [UInt64], workers: Int,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.template = template
    self.seeds = seeds
    self.workers = workers
    self.isStopped = isStopped
  }

  /// The trials of plans with `overrides` put into the template, in their order.
  package func trials(_ overrides: [[Override]], _ confidence: Confidence) -> [Trial] {
    concurrently(overrides, workers: workers) { trial($0, confidence) }
  }

  package func trial(
    _ overrides: [Override], _ confidence: Confidence, endsWhenLost: Bool = true
  ) -> Trial {
    var trial = Trial(outcome: .stopped)
    var runs: [ReckonedRun] = []
    for seed in seeds {
      var loaded: LoadedScenario
      do throws(ScenarioIssues) {
        loaded = try template.load(overrides, seed: seed, memoryLimit: memoryLimit)
      } catch {
        trial.outcome = .refused(error.issues.map(\.reason).joined(separator: "; "))
        return trial
      }
      told(loaded.said)
      if promptScale != 1 { loaded.plan.workload.scalePrompts(by: promptScale) }
      trial.requests += loaded.plan.workload.count
      let run = ScenarioRun(
        loaded, judgesErrors: confidence == .sure, endsWhenLost: endsWhenLost,
        isStopped: isStopped)
      switch run {
      case .finished(_, let figures, _): runs.append(figures)
      case .refused(let message): trial.outcome = .refused(message)
      case .lost: trial.outcome = .lost
      case .stopped: trial.outcome = .stopped
      }
      guard case .finished = run else { return trial }
    }
    trial.outcome = .judged(runs)
    return trial
  }
}
