import Scenarios

/// Why a scenario cannot be run: all that is wrong with it at once.
public struct ScenarioError: Error, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Hashable, Sendable {
    /// Where it stands: `fleet.yaml:12`.
    public var place: String
    /// The field, `fleet.engine.max_num_seqs`; empty: the text as a whole.
    public var field: String
    /// What was found and what is allowed.
    public var message: String
  }

  /// All of them, in the order of the text.
  public let problems: [Problem]
  /// One line a problem: place, field, message.
  public let description: String

  init(_ issues: ScenarioIssues) {
    problems = issues.issues.map {
      Problem(place: $0.origin.place, field: $0.path, message: $0.message)
    }
    description = issues.issues.map(\.description).joined(separator: "\n")
  }
}
