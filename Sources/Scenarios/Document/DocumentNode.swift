/// Where a value of a scenario was written.
package enum Origin: Hashable, Sendable {
  /// `file` as the user named it, and a line counted from 1.
  case line(file: String, Int)
  /// A file as a whole.
  case file(String)
  /// A `--set path=value` on the command line, by its `path=value`.
  case override(String)

  /// As a problem names it: `scenario.yaml:12` or `--set seed=x`.
  package var place: String {
    switch self {
    case .line(let file, let line): "\(file):\(line)"
    case .file(let file): file
    case .override(let assignment): "--set \(assignment)"
    }
  }

  /// As a plan names it: the value itself stands beside it there.
  package var planText: String {
    switch self {
    case .line, .file: place
    case .override: "--set"
    }
  }
}

/// A scenario as text structure: scalars, lists and mappings that know where they were written.
struct DocumentNode: Sendable {
  enum Content: Sendable {
    /// `plain`: written without quotes.
    case scalar(String, plain: Bool)
    case list([DocumentNode])
    case mapping([Entry])
  }

  struct Entry: Sendable {
    var key: String
    var origin: Origin
    var value: DocumentNode
  }

  var content: Content
  var origin: Origin

  /// Nothing was written where a value could stand: `slo:` alone on its line, or `null`.
  var isEmpty: Bool {
    if case .scalar(let text, plain: true) = content {
      return ["", "~", "null", "Null", "NULL"].contains(text)
    }
    return false
  }

  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// What stands there, for `found ...; expected ...`.
  var found: String {
    switch content {
    case .scalar where isEmpty: "nothing"
    case .scalar(let text, _): "\"\(text)\""
    case .list(let items): "a list of \(items.count)"
    case .mapping: "a mapping"
    }
  }

  /// As YAML in one line.
  var flow: String {
    switch content {
    case .scalar(let text, plain: true): text
    case .scalar(let text, plain: false): "'\(text.replacing("'", with: "''"))'"
    case .list(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", "))}"
    }
  }
}
