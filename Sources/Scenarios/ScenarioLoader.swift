package import Impact
package import ServingSim

/// A scenario, ready to run.
package struct LoadedScenario: Sendable {
  package var plan: Plan
  /// `output.directory` as the scenario states it; nil when it does not.
  package var outputDirectory: String?
  /// What its energy, carbon, water and cost are reckoned with; nil: nothing is to be.
  package var impact: ImpactPlan?
  /// How the trace was read, in lines for whoever runs it.
  package var said: [String] = []
  /// Whatever it names as a file, where it was looked for.
  package var files: [String] = []
}

/// Scenario file -> plan: the one way in.
package enum ScenarioLoader {
  /// Reads the scenario at `file` (nil: the built-in one) with `overrides` of the form
  /// `path=value` put into it, and every file it names. What would take more than `memoryLimit` to
  /// run is refused before any of it is taken.
  ///
  /// Throws all problems of a stage at once: those of the YAML, then those of the fields, then
  /// those of what they ask for.
  package static func load(
    file: String?, overrides: [String] = [], memoryLimit: MemoryLimit? = nil
  ) throws(ScenarioIssues) -> LoadedScenario {
    try load(try SourceFile.scenario(file), overrides: overrides, memoryLimit: memoryLimit)
  }

  /// The same from its text: files that it names are looked for in `folder`, and problems call the
  /// text `name`.
  package static func load(
    text: String, name: String, folder: String, overrides: [String] = []
  ) throws(ScenarioIssues) -> LoadedScenario {
    let folder = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    return try load(
      SourceFile(name: name, text: text, folder: folder), overrides: overrides)
  }

  static func load(
    _ source: SourceFile, overrides: [String], memoryLimit: MemoryLimit? = nil
  ) throws(ScenarioIssues) -> LoadedScenario {
    try ScenarioTemplate(source).load([Override](assignments: overrides), memoryLimit: memoryLimit)
  }

  /// `impact` alone of the scenario at `file`, which may also be the plan.yaml of a run, with
  /// `overrides` put into it; nil when it has none.
  package static func impact(
    file: String, overrides: [String]
  ) throws(ScenarioIssues) -> ImpactPlan? {
    for override in overrides where override.prefix(while: { $0 != "." && $0 != "=" }) != "impact" {
      throw ScenarioIssues([
        ScenarioIssue(
          origin: .override(override),
          message: "a finished run is not simulated again; only impact can be set")
      ])
    }
    let source = try SourceFile.scenario(file)
    let root = try YAMLReader.read(source.text) { .line(file: source.name, $0) }
    let issues = IssueList()
    let fields = Fields(
      try [Override](assignments: overrides).applied(to: root), path: "", issues: issues)
    let section = ImpactSection(fields)
    try issues.throwIfAny()
    let plan = section.map { ImpactPlanner(section: $0, source: source, issues: issues).plan() }
    try issues.throwIfAny()
    return plan
  }
}
