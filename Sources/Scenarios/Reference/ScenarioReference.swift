import TextAndBytes

/// All fields of scenarios, as the code that decodes them declares them.
///
/// Some fields are decoded only beside others: those of a distribution, for example. So scenarios are
/// decoded that state one field each, in all the ways it can be stated, and whatever is declared
/// meanwhile is gathered.
package struct ScenarioReference: Sendable {
  /// The sections in the order of the page, the top level first.
  package let sections: [Section]
  /// Fields that the decoder accepts and does not declare; none, a test says.
  let undeclared: [String]

  /// A mapping of a scenario.
  package struct Section: Hashable, Sendable {
    /// `fleet.engine`; empty for the top level.
    package var path: String
    package var introduction: String
    package var fields: [FieldDeclaration]
  }

  package init() {
    var survey = Survey()
    survey.visit("")
    sections = survey.sections
    undeclared = survey.undeclared
  }

  /// The paths of all fields, in the order of the page.
  package var paths: [String] { sections.flatMap(\.fields).map(\.path) }

  /// The fields of the section at `path`; empty when there is none.
  package func fields(of path: String) -> [FieldDeclaration] {
    sections.first { $0.path == path }?.fields ?? []
  }
}

/// Decodes scenarios for their declarations, section by section.
private struct Survey {
  var sections: [ScenarioReference.Section] = []
  var undeclared: [String] = []
  /// Paths where nothing but a list stands.
  private var lists: Set<String> = []

  /// Adds the section at `path` and those below it, unless there is none.
  mutating func visit(_ path: String) {
    var fields: [FieldDeclaration] = []
    var introduction = ""
    func add(_ node: DocumentNode) {
      let list = DeclarationList()
      _ = Scenario(at(path, node), issues: IssueList(), declarations: list)
      introduction = introduction.isEmpty ? list.introductions[path] ?? "" : introduction
      undeclared += list.undeclared
      for field in list.fields where field.section == path && !fields.contains(field) {
        fields.append(field)
      }
    }
    // A list of one is a mapping like others, where a list may stand.
    for (isList, wrap) in [(false, { $0 }), (true, { .list([$0]) })]
      as [(Bool, (DocumentNode) -> DocumentNode)]
    {
      if isList, fields.isEmpty { lists.insert(path) }
      add(wrap(.mapping([:])))
      var index = 0
      while index < fields.count {
        for value in fields[index].probes { add(wrap(.mapping([fields[index].name: value]))) }
        index += 1
      }
    }
    guard !fields.isEmpty else { return }
    sections.append(
      ScenarioReference.Section(path: path, introduction: introduction, fields: fields))
    for field in fields { visit(field.path) }
  }

  /// A scenario with `node` at `path` and nothing else.
  private func at(_ path: String, _ node: DocumentNode) -> DocumentNode {
    let names = path.split(separator: ".").map(String.init)
    return names.indices.reversed().reduce(node) { below, depth in
      let isInList =
        depth + 1 < names.count
        && lists.contains(names[...depth].joined(separator: "."))
      return .mapping([names[depth]: isInList ? .list([below]) : below])
    }
  }
}

extension FieldDeclaration {
  package var name: String { String(path.split(separator: ".").last ?? "") }

  /// The path of the section that it is a field of.
  package var section: String {
    path.split(separator: ".").dropLast().joined(separator: ".")
  }

  /// The ways to state it that other fields can depend on: each of its words, or anything.
  fileprivate var probes: [DocumentNode] {
    (words.isEmpty ? ["1"] : words).map { .scalar($0) }
  }
}

extension DocumentNode {
  fileprivate static let origin = Origin.file("")

  fileprivate static func scalar(_ text: String) -> DocumentNode {
    DocumentNode(content: .scalar(text, plain: true), origin: origin)
  }

  fileprivate static func list(_ items: [DocumentNode]) -> DocumentNode {
    DocumentNode(content: .list(items), origin: origin)
  }

  fileprivate static func mapping(_ fields: [String: DocumentNode]) -> DocumentNode {
    let entries = fields.map { Entry(key: $0.key, origin: origin, value: $0.value) }
    return DocumentNode(content: .mapping(entries), origin: origin)
  }
}
