import ServingModel
import TextAndBytes

/// The scenario reference as a page in Markdown: Docs/ScenarioReference.md.
package struct ReferencePage {
  var reference: ScenarioReference

  package init(_ reference: ScenarioReference) { self.reference = reference }

  /// The whole page.
  package var markdown: String {
    let parts = [Self.beginning, Self.units, Self.bounds, Self.memory] + sections + [Self.tables]
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Sections that have the same fields stand together.
  private var sections: [String] {
    var paths: [[String]] = []
    for section in reference.sections {
      let like = paths.firstIndex { reference.isAlike($0[0], section) }
      if let like { paths[like].append(section.path) } else { paths.append([section.path]) }
    }
    return paths.map { paths in
      section(paths, reference.sections.first { $0.path == paths[0] })
    }
  }

  private func section(_ paths: [String], _ section: ScenarioReference.Section?) -> String {
    let names = paths.map { "`\($0)`" }.joined(separator: " and ")
    let heading = "## " + (paths == [""] ? "The top level" : names)
    let introduction = section?.introduction ?? ""
    let text = introduction.isEmpty ? [] : TextLayout.wrap(introduction, width: Self.width)
    let entries = section?.fields.flatMap { Self.entry($0) } ?? []
    return [[heading], text, entries].filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private static let width = 80

  private static func entry(_ field: FieldDeclaration) -> [String] {
    item("`\(field.name)`: \(field.sentences(withUnits: false))")
      + field.choices.flatMap { choice in
        item("`\(choice.word)`: \(choice.meaning)").map { "  " + $0 }
      }
  }

  static func item(_ text: String) -> [String] {
    TextLayout.wrap(text, width: width - 4).enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
  }
}

extension ScenarioReference {
  /// Whether the section at `path` says the same as `other`, but for where it stands.
  fileprivate func isAlike(_ path: String, _ other: Section) -> Bool {
    guard let section = sections.first(where: { $0.path == path }) else { return false }
    return section.introduction == other.introduction
      && section.fields.map(\.relative) == other.fields.map(\.relative)
  }
}

extension FieldDeclaration {
  fileprivate var relative: FieldDeclaration {
    var field = self
    field.path = name
    return field
  }
}
