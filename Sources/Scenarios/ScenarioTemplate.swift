/// A scenario as it was written, to be planned as often as need be with values put into it. Files that
/// it names are read once.
package struct ScenarioTemplate: Sendable {
  private let source: SourceFile
  private let root: DocumentNode

  /// The scenario at `file` (nil: the built-in one).
  package init(file: String?) throws(ScenarioIssues) {
    try self.init(try SourceFile.scenario(file))
  }

  /// The scenario that `text` states; problems call it `name`, and files are looked for from the working
  /// directory.
  package init(text: String, name: String) throws(ScenarioIssues) {
    try self.init(SourceFile(name: name, text: text, folder: ""))
  }

  init(_ source: SourceFile) throws(ScenarioIssues) {
    let name = source.name
    self.init(source, root: try YAMLReader.read(source.text) { .line(file: name, $0) })
  }

  /// A scenario that stands within another file.
  init(_ source: SourceFile, root: DocumentNode) {
    self.source = source
    self.root = root
  }

  /// The same with `overrides` put into it.
  package func setting(_ overrides: [Override]) throws(ScenarioIssues) -> ScenarioTemplate {
    ScenarioTemplate(source, root: try overrides.applied(to: root))
  }

  /// As YAML in one line.
  package var text: String { root.flow }

  /// So many seeds, from the one that the scenario states on.
  package func seeds(_ count: Int) -> [UInt64] {
    let stated = Scenario(root, issues: IssueList()).seed?.value ?? 1
    return (0..<UInt64(count)).map { UInt64(stated) &+ $0 }
  }

  /// What is wrong with the fields once `overrides` are put into them; what they ask for together is
  /// not looked at.
  func mistakes(with overrides: [Override]) -> [ScenarioIssue] {
    do throws(ScenarioIssues) {
      _ = try read(overrides)
      return []
    } catch {
      return error.issues
    }
  }

  /// The plan with `overrides`. What would take more than `memoryLimit` to run is refused before any
  /// of it is taken.
  ///
  /// Throws all problems of a stage at once: those of the fields, then those of what they ask for.
  package func load(
    _ overrides: [Override] = [], seed: UInt64? = nil, memoryLimit: MemoryLimit? = nil
  ) throws(ScenarioIssues) -> LoadedScenario {
    let overrides = overrides + (seed.map { [Override(setting: "seed", to: "\($0)")] } ?? [])
    let issues = IssueList()
    var source = source
    let named = NamedFiles(sharing: source.files)
    source.files = named
    var planner = ScenarioPlanner(
      try read(overrides), source: source, issues: issues, memoryLimit: memoryLimit)
    let plan = try planner.plan()
    return LoadedScenario(
      plan: plan, outputDirectory: planner.scenario.outputDirectory?.value, impact: planner.impact,
      said: planner.said, files: named.paths)
  }

  /// Whether a list stands at a field of the top level.
  func isList(_ name: String) -> Bool {
    guard case .mapping(let entries) = root.content,
      case .list? = entries.first(where: { $0.key == name })?.value.content
    else { return false }
    return true
  }

  func read(_ overrides: [Override]) throws(ScenarioIssues) -> Scenario {
    let issues = IssueList()
    let scenario = Scenario(try overrides.applied(to: root), issues: issues)
    try issues.throwIfAny()
    return scenario
  }
}
