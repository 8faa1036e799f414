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
}
