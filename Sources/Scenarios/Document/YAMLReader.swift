import Yams

/// YAML or JSON text -> `DocumentNode`: the one place that knows the YAML library.
enum YAMLReader {
  /// Aliases are copied, and a few lines of them can stand for billions of values.
  static let mostNodes = 100_000

  /// Reads one document. `origin` gives the origin of what stands on a line.
  static func read(
    _ text: String, origin: @escaping (Int) -> Origin
  ) throws(ScenarioIssues) -> DocumentNode {
    guard let root = try root(of: text, origin: origin) else {
      return DocumentNode(content: .scalar("", plain: true), origin: origin(1))
    }
    var conversion = Conversion(origin: origin)
    let node = conversion.node(root)
    guard conversion.issues.isEmpty else { throw ScenarioIssues(conversion.issues) }
    return node
  }

  private static func root(
    of text: String, origin: (Int) -> Origin
  ) throws(ScenarioIssues) -> Node? {
    do {
      return try compose(yaml: text)
    } catch let error as YamlError {
      // JSON may write a character in two escapes, and YAML may not.
      guard case .scanner(_, "found invalid Unicode character escape code", let mark, _) = error,
        SurrogatePairs.areIn(text)
      else { throw ScenarioIssues([issue(error, origin: origin)]) }
      let joined = SurrogatePairs(text)
      let isJSON = joined.isJSON
      guard isJSON, joined.loneOn == nil else {
        throw ScenarioIssues([
          ScenarioIssue(
            origin: origin((isJSON ? joined.loneOn : nil) ?? mark.line),
            message: isJSON ? SurrogatePairs.lone : SurrogatePairs.inYAML)
        ])
      }
      return try root(of: joined.text, origin: origin)
    } catch {
      throw ScenarioIssues([ScenarioIssue(origin: origin(1), message: "\(error)")])
    }
  }

  private static func issue(_ error: YamlError, origin: (Int) -> Origin) -> ScenarioIssue {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ScenarioIssue(origin: origin(mark.line), message: "not YAML: \(Self.plain(problem))")
    case .duplicatedKeysInMapping(let names, let context):
      ScenarioIssue(
        origin: origin(context.mark.line),
        message: "\(names.map { "\"\($0)\"" }.joined(separator: ", ")) stated more than once, "
          + "first on this line; keep one")
    case .reader(let problem, _, _, _):
      ScenarioIssue(origin: origin(1), message: "not UTF-8 text: \(problem)")
    default:
      ScenarioIssue(origin: origin(1), message: "not YAML: \(error)")
    }
  }
}

extension YAMLReader {
  /// What the library says of the likeliest mistakes, in words that say what to do.
  fileprivate static func plain(_ problem: String) -> String {
    switch problem {
    case "found character that cannot start any token":
      "\(problem): lines are indented with spaces, not with tabs, and a value that begins with @, ` "
        + "or % needs quotes"
    case "did not find expected key", "did not find expected '-' indicator":
      "\(problem): is this line, or one above, indented as its neighbours are?"
    case "mapping values are not allowed in this context":
      "\(problem): a value with \": \" in it needs quotes, and a field's line begins where those "
        + "beside it do"
    case "could not find expected ':'": "\(problem): a field is \"name: value\""
    default: problem
    }
  }
}

private struct Conversion {
  let origin: (Int) -> Origin
  var issues: [ScenarioIssue] = []
  private var nodes = 0

  init(origin: @escaping (Int) -> Origin) { self.origin = origin }

  mutating func node(_ node: Node) -> DocumentNode {
    let place = origin(node.mark?.line ?? 1)
    nodes += 1
    guard nodes <= YAMLReader.mostNodes else {
      if nodes == YAMLReader.mostNodes + 1 {
        issues.append(
          ScenarioIssue(
            origin: place, message: "more than \(YAMLReader.mostNodes) values, aliases included"))
      }
      return DocumentNode(content: .list([]), origin: place)
    }
    return DocumentNode(content: content(node, at: place), origin: place)
  }

  private mutating func content(_ node: Node, at place: Origin) -> DocumentNode.Content {
    switch node {
    case .scalar(let scalar):
      return .scalar(scalar.string, plain: scalar.style == .plain || scalar.style == .any)
    case .sequence(let sequence):
      return .list(sequence.map { self.node($0) })
    case .mapping(let mapping):
      return .mapping(mapping.compactMap { entry($0.key, $0.value) })
    case .alias:
      issues.append(ScenarioIssue(origin: place, message: "an alias to nothing"))
      return .list([])
    }
  }

  private mutating func entry(_ key: Node, _ value: Node) -> DocumentNode.Entry? {
    let place = origin(key.mark?.line ?? value.mark?.line ?? 1)
    guard case .scalar(let scalar) = key else {
      issues.append(ScenarioIssue(origin: place, message: "a field's name is a word"))
      return nil
    }
    return DocumentNode.Entry(key: scalar.string, origin: place, value: node(value))
  }
}
