import TextAndBytes

/// Sweep file -> `Sweep`.
package enum SweepFile {
  /// Reads the sweep at `path`, with `overrides` put into its scenario before its axes are.
  ///
  /// Throws all problems at once, those of values that an axis takes among them.
  package static func read(
    _ path: String, overrides: [String] = []
  ) throws(ScenarioIssues) -> Sweep {
    let source = try SourceFile.scenario(path)
    let root = try YAMLReader.read(source.text) { .line(file: path, $0) }
    let issues = IssueList()
    var reader = SweepReader(Fields(root, path: "", issues: issues), source: source)
    let sweep = reader.sweep()
    try issues.throwIfAny()
    guard var sweep else { throw ScenarioIssues([reader.noScenario]) }
    sweep.template = try sweep.template.setting([Override](assignments: overrides))
    let mistakes = sweep.mistakes
    guard mistakes.isEmpty else { throw ScenarioIssues(mistakes) }
    if let count = reader.seedCount { sweep.seeds = sweep.template.seeds(count) }
    return sweep
  }
}

extension Sweep {
  /// What is wrong with any value of any axis, each tried beside the first values of the others. What
  /// only some combinations cannot have is no mistake: those are refused as they are planned.
  fileprivate var mistakes: [ScenarioIssue] {
    let first = axes.map { $0.points[0].overrides }
    var found: [ScenarioIssue] = []
    for (place, axis) in axes.enumerated() {
      for point in axis.points {
        var overrides = first
        overrides[place] = point.overrides
        for issue in template.mistakes(with: overrides.flatMap { $0 }) where !found.contains(issue)
        {
          found.append(issue)
        }
      }
    }
    return axes.isEmpty ? template.mistakes(with: []) : found
  }
}

/// Decodes a sweep file.
private struct SweepReader {
  let fields: Fields
  let source: SourceFile

  /// How many follow the scenario's own, that one counted; nil: they are listed.
  private(set) var seedCount: Int? = 1

  init(_ fields: Fields, source: SourceFile) {
    self.fields = fields
    self.source = source
  }

  var noScenario: ScenarioIssue {
    ScenarioIssue(
      origin: fields.origin, path: "scenario",
      message: "missing; expected the path of a scenario, or a scenario in place")
  }

  /// nil, with problems, when something needed is missing or wrong.
  mutating func sweep() -> Sweep? {
    let name = fields.text("name")?.value ?? source.baseName
    let template = template()
    let seeds = seeds()
    let axes = SweepAxes(fields).axes
    let exclusions = exclusions(columns: axes.flatMap(\.columns))
    fields.finish { name in
      ["workload", "fleet", "router", "slo", "impact"].contains(name)
        ? "unknown field of a sweep; a scenario in place stands below scenario" : nil
    }
    guard let template else { return nil }
    let sweep = Sweep(
      name: name, template: template, axes: axes, exclusions: exclusions, seeds: seeds)
    // Each has few enough points; together they may not.
    let product = axes.reduce(1.0) { $0 * Double($1.points.count) }
    guard product <= Double(Sweep.mostPoints) else {
      fields.issues.add(
        fields.origin(of: "axes"), "axes",
        "\(Int(min(product, 1e15))) points, excluded ones counted; at most \(Sweep.mostPoints)")
      return nil
    }
    return sweep
  }

  private func template() -> ScenarioTemplate? {
    guard let node = fields.node("scenario", "the path of a scenario, or a scenario in place")
    else {
      fields.missing("scenario", "the path of a scenario, or a scenario in place")
      return nil
    }
    if node.isMapping { return ScenarioTemplate(source, root: node) }
    guard
      let path = fields.scalar(
        node, path: "scenario", expected: "the path of a scenario, or a scenario in place",
        { $0.isEmpty ? nil : $0 })
    else { return nil }
    guard let file = source.readable(path, issues: fields.issues) else { return nil }
    do throws(ScenarioIssues) {
      return try ScenarioTemplate(file: file)
    } catch {
      for issue in error.issues { fields.issues.add(issue) }
      return nil
    }
  }

  /// Those that are listed; else how many there are is in `seedCount`.
  private mutating func seeds() -> [UInt64] {
    let expected = "a number of seeds from 1 to \(Self.mostSeeds), or a list of seeds"
    guard let node = fields.node("seeds", expected) else { return [] }
    guard case .list(let items) = node.content else {
      let count = fields.scalar(node, path: "seeds", expected: expected) { text in
        Int(text).flatMap { (1...Self.mostSeeds).contains($0) ? $0 : nil }
      }
      seedCount = count?.value
      return []
    }
    seedCount = nil
    var seeds: [UInt64] = []
    for (index, item) in items.prefix(Self.mostSeeds).enumerated() {
      let path = "seeds.\(index)"
      let seed = fields.scalar(item, path: path, expected: "a whole number from 0") { text in
        Int(text).flatMap { $0 >= 0 ? UInt64($0) : nil }
      }
      guard let seed else { continue }
      if seeds.contains(seed.value) {
        fields.issues.add(item.origin, path, "stated twice")
      } else {
        seeds.append(seed.value)
      }
    }
    if items.isEmpty || items.count > Self.mostSeeds {
      fields.issues.add(node.origin, "seeds", "found \(node.found); expected \(expected)")
    }
    return seeds
  }

  private static let mostSeeds = 1000

  private func exclusions(columns: [String]) -> [SweepExclusion] {
    fields.mappings("exclude").compactMap { exclusion in
      guard case .mapping(let entries) = exclusion.whole.content, !entries.isEmpty else {
        if !exclusion.isOther { exclusion.problem("excludes everything; state values of axes") }
        return nil
      }
      let found = entries.compactMap { entry -> (place: Int, values: [String])? in
        guard let place = columns.firstIndex(of: entry.key) else {
          exclusion.issues.add(
            entry.origin, exclusion.path(entry.key),
            "no axis\(Spelling.hint(for: entry.key, of: columns)); "
              + "axes: \(columns.isEmpty ? "none" : Spelling.list(columns))")
          return nil
        }
        if case .list(let items) = entry.value.content { return (place, items.map(\.label)) }
        return (place, [entry.value.label])
      }
      return found.count == entries.count ? SweepExclusion(columns: found) : nil
    }
  }
}

extension DocumentNode {
  /// What a value is called in tables: a word without its quotes.
  var label: String {
    if case .scalar(let text, _) = content { text } else { flow }
  }
}
