import TextAndBytes

/// One mapping of a scenario while it is read: hands out fields by name, notes what is wrong with
/// them, and at `finish()` reports those that nobody asked for.
///
/// Asking for a field declares it: each call says what may be written, what the field means, and what
/// holds without it.
final class Fields {
  let path: String
  let origin: Origin
  /// The mapping as it was written.
  let whole: DocumentNode
  let issues: IssueList
  /// Something else stands where a mapping is expected.
  private(set) var isOther = false
  private let declarations: DeclarationList?
  private let entries: [DocumentNode.Entry]
  private var known: [String] = []
  private var accepted: [String] = []
  /// Other names that fields can be stated under.
  private var otherNames: [String: String] = [:]

  /// `node` is a mapping, for example `example`, or empty; anything else is a problem and reads as
  /// empty.
  init(
    _ node: DocumentNode, path: String, issues: IssueList, example: String? = nil,
    declarations: DeclarationList? = nil
  ) {
    self.path = path
    self.issues = issues
    self.declarations = declarations
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
  func path(_ name: String) -> String {
    let name = written(name)
    return path.isEmpty ? name : "\(path).\(name)"
  }

  /// The name under which a field is stated.
  private func written(_ name: String) -> String {
    otherNames[name].flatMap { isWritten($0) ? $0 : nil } ?? name
  }

  private func isWritten(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// `node`, which stands at `name`, as a mapping.
  func below(_ name: String, _ node: DocumentNode, like example: String? = nil) -> Fields {
    Fields(
      node, path: path(name), issues: issues, example: example, declarations: declarations)
  }

  /// Whether the fields are read for their declarations alone.
  var isDeclaring: Bool { declarations != nil }

  /// Says what holds for the mapping as a whole, for the scenario reference.
  func introduce(_ text: String) { declarations?.introduce(path, text) }

  /// The field's value as it stands; nil when it is not stated.
  func node(
    _ name: String, _ expected: @autoclosure () -> String, _ meaning: String = "",
    _ absence: Absence = .optional, choices: @autoclosure () -> [FieldDeclaration.Choice] = [],
    words: @autoclosure () -> [String] = []
  ) -> DocumentNode? {
    if !known.contains(name) { known.append(name) }
    declarations?.add(
      FieldDeclaration(
        path: path(name), expected: expected(), choices: choices(), meaning: meaning,
        absence: absence, words: words()))
    let node = entry(name)
    if node == nil, let asked = absence.expected { missing(name, asked) }
    return node
  }

  private func entry(_ name: String) -> DocumentNode? {
    let written = written(name)
    return entries.first { $0.key == written }?.value
  }

  /// Accepts fields under other names, too, by their usual ones.
  func accept(otherNames names: [String: String]) {
    otherNames = names
    known += names.values.sorted()
  }

  /// Declares another name of a field that has been declared.
  func declare(otherName name: String, of field: String, _ meaning: String) {
    guard var other = declarations?.fields.last(where: { $0.path == path(field) }) else { return }
    other.path = path(name)
    other.meaning = meaning
    other.absence = .optional
    declarations?.add(other)
  }

  /// Notes fields that are stated under both of their names.
  private func noteDoubles() {
    for (name, other) in otherNames.sorted(by: { $0.key < $1.key }) {
      guard isWritten(other), let double = entries.first(where: { $0.key == name }) else {
        continue
      }
      issues.add(
        double.origin, path.isEmpty ? name : "\(path).\(name)",
        "stated twice: \(other) is the same, and one of them is enough")
    }
  }

  func isStated(_ name: String) -> Bool { entry(name) != nil }

  /// Whether `name` is stated as this very word.
  func isStated(_ name: String, as word: String) -> Bool {
    if case .scalar(word, _)? = entry(name)?.content { true } else { false }
  }

  /// Where `name` is stated, or the mapping when it is not.
  func origin(of name: String) -> Origin { entry(name)?.origin ?? origin }

  /// Which of `names` are stated.
  func stated(_ names: String...) -> [String] { names.filter(isStated) }

  /// Lets `names` stand without reading them.
  func accept(_ names: [String]) { accepted += names }

  /// The mapping below `name`; nil when it is not stated.
  func fields(
    _ name: String, like example: String? = nil, _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Fields? {
    node(name, "a mapping" + (example.map { " like \($0)" } ?? ""), meaning, absence)
      .map { below(name, $0, like: example) }
  }

  /// A scalar that `parse` understands; nil, with a problem, when it is stated and does not.
  func scalar<Value>(
    _ name: String, expected: @autoclosure () -> String, _ meaning: String = "",
    _ absence: Absence = .optional, choices: @autoclosure () -> [FieldDeclaration.Choice] = [],
    words: @autoclosure () -> [String] = [], _ parse: (String) -> Value?
  ) -> Stated<Value>? {
    let node = node(name, expected(), meaning, absence, choices: choices(), words: words())
    return node.flatMap { scalar($0, path: path(name), expected: expected(), parse) }
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

  /// Notes `name` as missing unless it is stated.
  func require(_ name: String, _ expected: String) {
    if !isStated(name) { missing(name, expected) }
  }

  /// Reports the fields that nobody asked for. `explanation` knows of names that other programs have.
  func finish(_ explanation: (String) -> String? = { _ in nil }) {
    noteDoubles()
    for name in accepted { declarations?.addUndeclared(path(name)) }
    known += accepted.filter { !known.contains($0) }
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
