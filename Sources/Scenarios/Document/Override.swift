/// A value that is put into a scenario before it is read.
///
/// A path names fields by dots and list elements by index from 0, `fleet.0.replicas`. The value is
/// YAML, so `fleet.step_time={model: linear, base: 8 ms}` states a whole section.
package struct Override: Sendable {
  package let path: String
  let value: DocumentNode
  let origin: Origin

  init(path: String, value: DocumentNode, origin: Origin) {
    self.path = path
    self.value = value
    self.origin = origin
  }

  /// `--set path=value`.
  package init(_ assignment: String) throws(ScenarioIssues) {
    origin = .override(assignment)
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts[0])
    guard parts.count == 2, Self.isPath(path) else {
      throw ScenarioIssues([
        ScenarioIssue(
          origin: origin,
          message: "expected PATH=VALUE, for example fleet.engine.max_num_seqs=64")
      ])
    }
    let origin = origin
    value = try YAMLReader.read(String(parts[1])) { _ in origin }
  }

  /// A number or a word.
  package init(setting path: String, to text: String) {
    self.path = path
    origin = .override("\(path)=\(text)")
    value = DocumentNode(content: .scalar(text, plain: true), origin: origin)
  }

  /// The value as YAML in one line.
  package var text: String { value.flow }

  static func isPath(_ path: String) -> Bool {
    !path.split(separator: ".", omittingEmptySubsequences: false).contains("")
  }

  func applied(to root: DocumentNode) throws(ScenarioIssues) -> DocumentNode {
    let names = path.split(separator: ".").map(String.init)
    return try root.setting(names[...], to: value, origin: origin, done: [])
  }
}

extension [Override] {
  /// All of `assignments`, or what is wrong with any.
  package init(assignments: [String]) throws(ScenarioIssues) {
    self = try Self.gathered(assignments) { assignment throws(ScenarioIssues) in
      try Override(assignment)
    }
  }

  /// `root` with all of them put into it, in their order.
  func applied(to root: DocumentNode) throws(ScenarioIssues) -> DocumentNode {
    var root = root
    _ = try Self.gathered(self) { override throws(ScenarioIssues) in
      root = try override.applied(to: root)
      return override
    }
    return root
  }

  private static func gathered<Item>(
    _ items: [Item], _ make: (Item) throws(ScenarioIssues) -> Override
  ) throws(ScenarioIssues) -> [Override] {
    var issues: [ScenarioIssue] = []
    var made: [Override] = []
    for item in items {
      do throws(ScenarioIssues) {
        made.append(try make(item))
      } catch {
        issues += error.issues
      }
    }
    guard issues.isEmpty else { throw ScenarioIssues(issues) }
    return made
  }
}

extension DocumentNode {
  fileprivate func setting(
    _ path: ArraySlice<String>, to value: DocumentNode, origin: Origin, done: [String]
  ) throws(ScenarioIssues) -> DocumentNode {
    guard let name = path.first else { return value }
    let rest = path.dropFirst()
    switch content {
    case .mapping(var entries):
      let empty = DocumentNode(content: .mapping([]), origin: origin)
      let index = entries.firstIndex { $0.key == name }
      let inner = try (index.map { entries[$0].value } ?? empty)
        .setting(rest, to: value, origin: origin, done: done + [name])
      let entry = Entry(key: name, origin: index.map { entries[$0].origin } ?? origin, value: inner)
      if let index { entries[index] = entry } else { entries.append(entry) }
      return DocumentNode(content: .mapping(entries), origin: self.origin)
    case .list(var items):
      guard let index = Int(name), items.indices.contains(index) else {
        throw ScenarioIssues([
          ScenarioIssue(
            origin: origin, path: done.joined(separator: "."),
            message: "a list of \(items.count); expected an index from 0 to \(items.count - 1) "
              + "where \"\(name)\" stands")
        ])
      }
      items[index] = try items[index]
        .setting(rest, to: value, origin: origin, done: done + [name])
      return DocumentNode(content: .list(items), origin: self.origin)
    case .scalar:
      // A name such as `model: llama-3.1-8b` or `step_time: roofline` gives way to a section.
      let section = DocumentNode(content: .mapping([]), origin: origin)
      return try section.setting(path, to: value, origin: origin, done: done)
    }
  }
}
