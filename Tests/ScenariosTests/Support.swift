import Testing

@testable import Scenarios

/// The scenario that `text` states, and every problem with it as the user sees it.
func decode(_ text: String, set overrides: [String] = []) -> (scenario: Scenario?, issues: [String])
{
  let issues = IssueList()
  do {
    let root = try YAMLReader.read(text) { .line(file: "s.yaml", $0) }
    let scenario = Scenario(
      try [Override](assignments: overrides).applied(to: root), issues: issues)
    try issues.throwIfAny()
    return (scenario, [])
  } catch {
    return (nil, error.issues.map(\.description))
  }
}
