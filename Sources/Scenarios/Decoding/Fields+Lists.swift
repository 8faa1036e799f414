/// Fields that hold several values.
extension Fields {
  /// The mappings in the list at `name`; none, with a problem, when it is no list.
  func mappings(
    _ name: String, _ meaning: String = "", _ absence: Absence = .optional
  ) -> [Fields] {
    guard let node = node(name, "a list of mappings", meaning, absence), !node.isEmpty else {
      return []
    }
    guard case .list(let items) = node.content else {
      issues.add(node.origin, path(name), "found \(node.found); expected a list of mappings")
      return []
    }
    return elements(of: name, items)
  }

  /// The elements of the list at `name` as mappings.
  func elements(of name: String, _ items: [DocumentNode]) -> [Fields] {
    items.enumerated().map { index, item in below("\(name).\(index)", item) }
  }

  /// The shares of a whole, from 0 to 1, in the list at `name`.
  func shares(
    _ name: String, like example: String, _ meaning: String, _ absence: Absence = .optional
  ) -> [Stated<Double>] {
    let expected = "a list of shares from 0 to 1 like \(example)"
    guard let node = node(name, expected, meaning, absence) else { return [] }
    guard case .list(let items) = node.content, !items.isEmpty else {
      issues.add(node.origin, path(name), "found \(node.found); expected \(expected)")
      return []
    }
    return items.enumerated().compactMap { index, item in
      number(
        item, path: "\(path(name)).\(index)", .share, zeroAllowed: true,
        expected: "a share from 0 to 1")
    }
  }

  /// The words in the list at `name`, or the one that stands there alone.
  func words(
    _ name: String, like example: String, _ meaning: String, _ absence: Absence = .optional
  ) -> [Stated<String>] {
    let expected = "a word, or a list of them like \(example)"
    guard let node = node(name, expected, meaning, absence) else { return [] }
    func word(_ node: DocumentNode, _ path: String) -> Stated<String>? {
      scalar(node, path: path, expected: "a word") { $0 }
    }
    switch node.content {
    case .scalar: return [word(node, path(name))].compactMap { $0 }
    case .list(let items) where !items.isEmpty:
      return items.enumerated().compactMap { word($1, "\(path(name)).\($0)") }
    case .list, .mapping:
      issues.add(node.origin, path(name), "found \(node.found); expected \(expected)")
      return []
    }
  }
}
