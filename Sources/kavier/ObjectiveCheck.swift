import ArgumentParser
import Report
import Scenarios
import ServingSim

/// `--check`: the exit code says whether the objectives are met.
enum ObjectiveCheck {
  /// As `kavier conformance` and `kavier validate --strict` have it: a check was not passed.
  static let missed: Int32 = 1
  /// The prediction cannot tell, or there was nothing to judge.
  static let open: Int32 = 2

  static let help = """
    Exit with 0 when all objectives of slo are met, 1 when one is missed, and 2 when none is missed \
    but one is too close to call or could not be judged.
    """

  /// Before the run: a scenario without objectives has nothing to check.
  static func require(_ loaded: LoadedScenario, file: String?) throws {
    guard !loaded.plan.isJudged else { return }
    StandardStream.problem(
      "\(file ?? "the built-in scenario"): slo: missing; --check needs an objective, like "
        + "--set slo.ttft='{p95: 500 ms}'")
    throw ExitCode(Failure.badInput)
  }

  static func conclude(_ verdicts: [JudgedObjective]) throws {
    switch ObjectiveVerdict(of: verdicts.lazy.map(\.verdict)) {
    case .met: return
    case .missed: throw ExitCode(missed)
    case .tooClose, .notJudged, nil: throw ExitCode(open)
    }
  }
}
