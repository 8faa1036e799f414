import TextAndBytes

/// Parts of the scenario reference for a terminal.
package struct ReferenceText {
  var reference: ScenarioReference

  package init(_ reference: ScenarioReference) { self.reference = reference }

  /// What stands at `path`: a section with its fields, or a field. A name without its sections is
  /// that of all fields that have it. nil: nothing has that path or name.
  package func text(at path: String) -> String? {
    let path = DeclarationList.withoutIndices(path)
    let fields = reference.sections.flatMap(\.fields)
    var found = fields.filter { $0.path == path }
    if found.isEmpty { found = fields.filter { $0.name == path } }
    if path.isEmpty { return section("", reference.fields(of: "")) }
    guard !found.isEmpty else { return nil }
    return found.map { field in
      let below = reference.fields(of: field.path)
      let entry = Self.entry(field, named: field.path, indent: 0).joined(separator: "\n") + "\n"
      return below.isEmpty ? entry : entry + "\n" + section(field.path, below)
    }.joined(separator: "\n")
  }

  /// The paths that are nearest to `path`, which nothing has.
  package func guesses(for path: String) -> [String] {
    let path = DeclarationList.withoutIndices(path)
    let paths = reference.paths
    if let nearest = Spelling.nearest(to: path, of: paths) { return [nearest] }
    let names = paths.map(\.lastName)
    let meant =
      names.contains(path.lastName)
      ? [path.lastName] : Spelling.guesses(for: path.lastName, of: names)
    let near = paths.filter { meant.contains($0.lastName) }
    return Array(near.prefix(Spelling.mostGuesses))
  }

  private func section(_ path: String, _ fields: [FieldDeclaration]) -> String {
    let introduction = reference.sections.first { $0.path == path }?.introduction ?? ""
    let entries = fields.map { Self.entry($0, named: $0.name, indent: 2) }
    let parts = (introduction.isEmpty ? [] : [Self.plain(introduction, indent: 0)]) + entries
    return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static func entry(
    _ field: FieldDeclaration, named name: String, indent: Int
  ) -> [String] {
    [String(repeating: " ", count: indent) + name]
      + plain(field.sentences(withUnits: true), indent: indent + 4)
      + field.choices.flatMap { choice in
        plain("`\(choice.word)`: \(choice.meaning)", indent: indent + 6)
      }
  }

  /// Markdown as a terminal shows it, in lines.
  private static func plain(_ markdown: String, indent: Int) -> [String] {
    TextLayout.wrap(withoutLinks(markdown), width: TextLayout.width - indent).map {
      String(repeating: " ", count: indent) + $0
    }
  }

  /// `Traces (Docs/Traces.md)` for a link.
  private static func withoutLinks(_ markdown: String) -> String {
    var text = ""
    var rest = markdown[...]
    while let start = rest.firstIndex(of: "["),
      let middle = rest[start...].firstRange(of: "]("),
      let end = rest[middle.upperBound...].firstIndex(of: ")")
    {
      text += rest[..<start] + rest[rest.index(after: start)..<middle.lowerBound]
      text += " (Docs/" + rest[middle.upperBound...end]
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }
}

extension String {
  fileprivate var lastName: String { split(separator: ".").last.map(String.init) ?? self }
}
