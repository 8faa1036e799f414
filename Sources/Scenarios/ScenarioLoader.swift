package import ServingSim

/// A scenario, ready to run.
package struct LoadedScenario: Sendable {
  package var plan: Plan
  /// `output.directory` as the scenario states it; nil when it does not.
  package var outputDirectory: String?
}

/// Scenario file -> plan: the one way in.
package enum ScenarioLoader {
  /// Reads the scenario at `file` (nil: the built-in one) with `overrides` of the form
  /// `path=value` put into it, and every file it names.
  ///
  /// Throws all problems of a stage at once: those of the YAML, then those of the fields, then
  /// those of what they ask for.
  package static func load(
    file: String?, overrides: [String] = []
  ) throws(ScenarioIssues) -> LoadedScenario {
    try load(try SourceFile.scenario(file), overrides: overrides)
  }

  static func load(
    _ source: SourceFile, overrides: [String]
  ) throws(ScenarioIssues) -> LoadedScenario {
    let root = try YAMLReader.read(source.text) { .line(file: source.name, $0) }
    let issues = IssueList()
    let scenario = Scenario(try Overrides.apply(overrides, to: root), issues: issues)
    try issues.throwIfAny()
    var planner = ScenarioPlanner(scenario, source: source, issues: issues)
    return LoadedScenario(
      plan: try planner.plan(), outputDirectory: scenario.outputDirectory?.value)
  }
}
