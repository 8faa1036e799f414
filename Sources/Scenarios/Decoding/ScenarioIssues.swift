import TextAndBytes

/// One thing that is wrong with a scenario.
package struct ScenarioIssue: Hashable, Sendable {
  package var origin: Origin
  /// The field, `fleet.engine.max_num_seqs`; empty: the file as a whole.
  package var path: String
  /// What was found and what is allowed.
  package var message: String
  /// The scenario names a file that is not there.
  package var isMissingFile: Bool

  package init(origin: Origin, path: String = "", message: String, isMissingFile: Bool = false) {
    self.origin = origin
    self.path = path
    self.message = message
    self.isMissingFile = isMissingFile
  }
}

extension ScenarioIssue: CustomStringConvertible {
  /// `scenario.yaml:12: fleet.engine.max_num_seqs: found "many"; expected ...`.
  package var description: String {
    path.isEmpty ? "\(origin.place): \(message)" : "\(origin.place): \(path): \(message)"
  }
}

/// Everything that is wrong with a scenario, so that one run shows all there is to mend.
package struct ScenarioIssues: Error, Hashable, Sendable {
  package var issues: [ScenarioIssue]

  package init(_ issues: [ScenarioIssue]) { self.issues = issues }

  /// Nothing is wrong but that files are missing.
  package var isMissingFile: Bool { issues.allSatisfy(\.isMissingFile) }
}

extension ScenarioIssues: CustomStringConvertible {
  /// One line an issue.
  package var description: String { issues.map(\.description).joined(separator: "\n") }
}

/// Where the parts of a reader put what they find wrong.
final class IssueList {
  private(set) var issues: [ScenarioIssue] = []

  func add(_ origin: Origin, _ path: String, _ message: String) {
    issues.append(ScenarioIssue(origin: origin, path: path, message: message))
  }

  func add(_ issue: ScenarioIssue) { issues.append(issue) }

  /// What is wrong with a file that the scenario names.
  func add(_ problems: FileProblems) {
    for problem in problems.problems {
      let origin = problem.line.map { Origin.line(file: problem.file, $0) }
      add(origin ?? .file(problem.file), "", problem.told)
    }
    let more = problems.untold
    if more > 0, let file = problems.problems.first?.file {
      add(.file(file), "", "and \(more) more problems")
    }
  }

  /// Throws what has gathered, in the order of the file.
  func throwIfAny() throws(ScenarioIssues) {
    guard !issues.isEmpty else { return }
    let inOrder = issues.enumerated().sorted { a, b in
      (a.element.origin.rank, a.offset) < (b.element.origin.rank, b.offset)
    }
    throw ScenarioIssues(inOrder.map(\.element))
  }
}

extension Origin {
  /// Files as a whole, lines in their order, then the command line.
  fileprivate var rank: Int {
    switch self {
    case .file: 0
    case .line(_, let line): line
    case .override: .max
    }
  }
}
