/// Fields that hold several values, and fields that must be there.
extension Fields {
  /// The mappings in the list at `name`; none, with a problem, when it is no list.
  func mappings(_ name: String) -> [Fields] {
    guard let node = node(name), !node.isEmpty else { return [] }
    guard case .list(let items) = node.content else {
      issues.add(node.origin, path(name), "found \(node.found); expected a list of mappings")
      return []
    }
    return items.enumerated().map { index, item in
      Fields(item, path: "\(path(name)).\(index)", issues: issues)
    }
  }

  /// Notes `name` as missing unless it is stated.
  func require(_ name: String, _ expected: String) {
    if node(name) == nil { missing(name, expected) }
  }
}
