import ServingSim
import Testing

@testable import Scenarios

/// The plan of a scenario given as text.
func plan(_ text: String, set overrides: [String] = []) throws(ScenarioIssues) -> Plan {
  try ScenarioLoader.load(
    SourceFile(name: "s.yaml", text: text, folder: ""), overrides: overrides
  ).plan
}

/// What is wrong with a scenario given as text, as the user sees it.
func problems(_ text: String, set overrides: [String] = []) -> [String] {
  do throws(ScenarioIssues) {
    _ = try plan(text, set: overrides)
    return []
  } catch {
    return error.issues.map(\.description)
  }
}

/// Ten requests for one Llama-3.1-8B on one H100; `fleet` is added to its only group.
func small(fleet: String = "") -> String {
  """
  workload:
    synthetic:
      requests: 10
      arrivals: {rate: 2 /s}
      prompt_tokens: 100
      output_tokens: 20
  fleet:
    model: llama-3.1-8b
    accelerator: h100-sxm
  """ + fleet.split(separator: "\n").map { "\n  " + $0 }.joined() + "\n"
}

extension Plan {
  /// The line of that path, as `value (origin)`.
  func line(_ path: String) -> String? {
    lines.first { $0.path == path }.map { "\($0.value) (\($0.origin))" }
  }
}
