import TextAndBytes

/// One mapping of a scenario while it is read: hands out fields by name, notes what is wrong with
/// them, and at `finish()` reports those that nobody asked for.
final class Fields {
  let path: String
  let origin: Origin
  /// The mapping as it was written.
  let whole: DocumentNode
  let issues: IssueList
  /// Something else stands where a mapping is expected.
  private(set) var isOther = false
  private let entries: [DocumentNode.Entry]
  private var known: [String] = []

  /// `node` is a mapping, for example `example`, or empty; anything else is a problem and reads as
  /// empty.
  init(_ node: DocumentNode, path: String, issues: IssueList, example: String? = nil) {
    self.path = path
    self.issues = issues
    origin = node.origin
    whole = node
    switch node.content {
    case .mapping(let entries):
      self.entries = entries
    default:
      entries = []
      guard !node.isEmpty else { return }
      isOther = true
      let like = example.map { " like \($0)" } ?? ""
      issues.add(origin, path, "found \(node.found); expected a mapping\(like)")
    }
  }

  /// The path of a field of this mapping.
  func path(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  /// The field's value as it stands; nil when it is not stated.
  func node(_ name: String) -> DocumentNode? {
    if !known.contains(name) { known.append(name) }
    return entries.first { $0.key == name }?.value
  }

  /// Which of `names` are stated.
  func stated(_ names: String...) -> [String] { names.filter { node($0) != nil } }

  /// The mapping below `name`; nil when it is not stated.
  func fields(_ name: String, like example: String? = nil) -> Fields? {
    node(name).map { Fields($0, path: path(name), issues: issues, example: example) }
  }

  /// A scalar that `parse` understands; nil, with a problem, when it is stated and does not.
  func scalar<Value>(
    _ name: String, expected: @autoclosure () -> String, _ parse: (String) -> Value?
  ) -> Stated<Value>? {
    guard let node = node(name) else { return nil }
    return scalar(node, path: path(name), expected: expected(), parse)
  }

  /// The same for a node that is not a field, such as a list's element.
  func scalar<Value>(
    _ node: DocumentNode, path: String, expected: @autoclosure () -> String,
    _ parse: (String) -> Value?
  ) -> Stated<Value>? {
    if case .scalar(let text, _) = node.content, !node.isEmpty, let value = parse(text) {
      return Stated(value: value, text: text, path: path, origin: node.origin)
    }
    issues.add(node.origin, path, "found \(node.found); expected \(expected())")
    return nil
  }

  /// A problem with this mapping.
  func problem(_ message: String) { issues.add(origin, path, message) }

  /// Notes that `name` has to be stated, with what is expected.
  func missing(_ name: String, _ expected: String) {
    guard !isOther else { return }
    issues.add(origin, path(name), "missing; expected \(expected)")
  }

  /// Reports the fields that nobody asked for. `explanation` knows of names that other programs have.
  func finish(_ explanation: (String) -> String? = { _ in nil }) {
    for entry in entries where !known.contains(entry.key) {
      // A field in another spelling is that field, whatever else has its name.
      let isSpelling = known.contains { Spelling.fold($0) == Spelling.fold(entry.key) }
      let explained = isSpelling ? nil : explanation(entry.key)
      issues.add(entry.origin, path(entry.key), explained ?? unknown(entry.key))
    }
  }

  private func unknown(_ key: String) -> String {
    let hint = Spelling.hint(for: key, of: known)
    guard hint.isEmpty else { return "unknown field\(hint)" }
    return "unknown field; known here: \(Spelling.list(known))"
      + (known.count > 31 ? "; Docs/ScenarioReference.md has all" : "")
  }
}
