/// `--set path=value`: puts a value into a scenario before it is read.
///
/// A path names fields by dots and list elements by index from 0, `fleet.0.replicas`. The value is
/// YAML, so `fleet.step_time={model: linear, base: 8 ms}` states a whole section.
enum Overrides {
  static func apply(
    _ assignments: [String], to root: DocumentNode
  ) throws(ScenarioIssues) -> DocumentNode {
    var issues: [ScenarioIssue] = []
    var root = root
    for assignment in assignments {
      do {
        root = try apply(assignment, to: root)
      } catch {
        issues += error.issues
      }
    }
    guard issues.isEmpty else { throw ScenarioIssues(issues) }
    return root
  }

  private static func apply(
    _ assignment: String, to root: DocumentNode
  ) throws(ScenarioIssues) -> DocumentNode {
    let origin = Origin.override(assignment)
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !path.contains("") else {
      throw ScenarioIssues([
        ScenarioIssue(
          origin: origin,
          message: "expected PATH=VALUE, for example fleet.engine.max_num_seqs=64")
      ])
    }
    let value = try YAMLReader.read(String(parts[1])) { _ in origin }
    return try root.setting(path[...], to: value, origin: origin, done: [])
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
