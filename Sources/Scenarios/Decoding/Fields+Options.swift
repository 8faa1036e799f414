/// Fields that only some of the words of another field go by.
extension Fields {
  /// What stands where a word may, or a mapping of it and its options.
  enum WordOrMapping {
    case word(DocumentNode)
    case mapping(Fields)
  }

  /// The field `name` as one of the two; nil: it is not stated, or, with a problem, a list.
  func wordOrMapping(
    _ name: String, _ expected: String, _ meaning: String, _ absence: Absence, words: [String]
  ) -> WordOrMapping? {
    guard let node = node(name, expected, meaning, absence, words: words) else { return nil }
    switch node.content {
    case .scalar: return .word(node)
    case .mapping: return .mapping(below(name, node))
    case .list:
      issues.add(node.origin, path(name), "found \(node.found); expected \(expected)")
      return nil
    }
  }

  /// Refuses each option that is stated and that `policy` does not have. `always`: what every policy
  /// has beside its options.
  func checkOptions<Policy, Option>(
    of policy: Stated<Policy>, _ options: (Policy) -> Set<Option>, always: [String] = []
  )
  where
    Policy: RawRepresentable<String> & CaseIterable,
    Option: RawRepresentable<String> & CaseIterable & Hashable
  {
    let has = options(policy.value)
    for option in Option.allCases where isStated(option.rawValue) && !has.contains(option) {
      let others = Policy.allCases.filter { options($0).contains(option) }.map(\.rawValue)
      let own = Option.allCases.filter(has.contains).map(\.rawValue) + always
      issues.add(
        origin(of: option.rawValue), path(option.rawValue),
        "goes with policy \(others.joined(separator: " or ")), not with \(policy.value.rawValue), "
          + "which has \(own.joined(separator: ", "))")
    }
  }
}
