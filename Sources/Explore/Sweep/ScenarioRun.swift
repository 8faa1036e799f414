import Dispatch
import Impact
package import Report
package import Scenarios
package import ServingSim

/// A scenario that is run for its figures.
package enum ScenarioRun: Sendable {
  /// `seconds` that it took.
  case finished(FinishedRun, ReckonedRun, seconds: Double)
  /// Its bill cannot be made.
  case refused(String)
  case stopped
  /// An objective is missed, whatever would have come of the rest of it.
  case lost

  /// Runs it, and where its objectives are judged and `judgesErrors`, with slower steps, too. With
  /// `endsWhenLost` it does not go on when an objective is missed.
  package init(
    _ loaded: LoadedScenario, judgesErrors: Bool = true, endsWhenLost: Bool = false,
    isStopped: @escaping @Sendable () -> Bool
  ) {
    let start = DispatchTime.now().uptimeNanoseconds
    var isLost = false
    let watch = endsWhenLost ? LostRun(loaded.plan)?.watch { isLost = true } : nil
    let recording = Simulation.run(loaded.plan, watch: watch) { _ in !isStopped() }
    guard !isStopped() else {
      self = .stopped
      return
    }
    var run = FinishedRun(plan: loaded.plan, recording: recording)
    guard !isLost else {
      self = .lost
      return
    }
    if judgesErrors, loaded.plan.isJudged {
      run.slower = SlowerRun(loaded.plan) { _ in !isStopped() }
    }
    guard !isStopped() else {
      self = .stopped
      return
    }
    let gaps = loaded.impact?.gaps(in: run) ?? []
    guard gaps.isEmpty else {
      self = .refused(gaps.joined(separator: "; "))
      return
    }
    let figures = ReckonedRun(run, bill: loaded.impact.map { Bill(run, plan: $0) })
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    self = .finished(run, figures, seconds: seconds)
  }
}
