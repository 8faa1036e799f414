import ServingModel

/// `prompt_tokens` and `output_tokens`: a whole number, or a distribution.
struct LengthsSection: Sendable {
  enum Law: Sendable {
    case stated(TokenLengths.Law)
    /// The catalogue's quantiles of this workload.
    case table(Stated<String>)
  }

  enum Name: String, CaseIterable, Sendable {
    case fixed
    case lognormal
    case gamma
    case uniform
    case quantiles
  }

  var law: Law
  /// Draws outside are moved to the bound.
  var least: Int?
  var most: Int?
  var node: DocumentNode
  var path: String

  static let expected =
    "a whole number from 1, or a mapping like {distribution: lognormal, median: 1000, sigma: 0.9}"

  init?(_ name: String, of parent: Fields) {
    guard let node = parent.node(name) else { return nil }
    self.node = node
    path = parent.path(name)
    guard case .mapping = node.content else {
      let tokens = parent.scalar(node, path: path, expected: Self.expected) {
        Int($0).flatMap { (1...Int(Int32.max)).contains($0) ? $0 : nil }
      }
      guard let tokens else { return nil }
      law = .stated(.fixed(tokens.value))
      return
    }
    let fields = Fields(node, path: path, issues: parent.issues)
    let law = Self.law(fields)
    least = fields.wholeNumber("min")?.value
    most = fields.wholeNumber("max")?.value
    if let least, let most, least > most { fields.problem("min \(least) is above max \(most)") }
    fields.finish()
    guard let law else { return nil }
    self.law = law
  }

  private static func law(_ fields: Fields) -> Law? {
    if fields.node("distribution") == nil {
      fields.missing("distribution", Name.allCases.map(\.rawValue).joined(separator: ", "))
    }
    switch fields.choice("distribution", of: Name.self)?.value {
    case .fixed:
      return required(fields, "tokens", fields.wholeNumber("tokens"))
        .map { .stated(.fixed($0)) }
    case .lognormal:
      let median = required(fields, "median", fields.positive("median", .tokens))
      let sigma = required(fields, "sigma", fields.number("sigma", .exponent))
      guard let median, let sigma else { return nil }
      return .stated(.lognormal(median: median, sigma: sigma))
    case .gamma:
      let shape = required(fields, "shape", fields.positive("shape", .shape))
      let scale = required(fields, "scale", fields.positive("scale", .tokens))
      guard let shape, let scale else { return nil }
      return .stated(.gamma(shape: shape, scale: scale))
    case .uniform:
      let least = required(fields, "min", fields.wholeNumber("min"))
      let most = required(fields, "max", fields.wholeNumber("max"))
      guard let least, let most, least <= most else { return nil }
      return .stated(.uniform(min: least, max: most))
    case .quantiles:
      return quantiles(fields)
    case nil:
      return nil
    }
  }

  private static func required<Value>(
    _ fields: Fields, _ name: String, _ stated: Stated<Value>?
  ) -> Value? {
    if fields.node(name) == nil { fields.missing(name, "a number") }
    return stated?.value
  }

  private static func quantiles(_ fields: Fields) -> Law? {
    guard fields.stated("table", "values").count == 1 else {
      fields.problem("quantiles take either table (a name of the catalogue) or values (a list)")
      return nil
    }
    if let table = fields.text("table") { return .table(table) }
    return values(fields).map { .stated(.quantiles($0)) }
  }

  private static func values(_ fields: Fields) -> [Double]? {
    guard let node = fields.node("values") else { return nil }
    let path = fields.path("values")
    guard case .list(let items) = node.content, items.count >= 2 else {
      fields.issues.add(
        node.origin, path,
        "found \(node.found); expected at least two lengths at equal steps from the shortest to "
          + "the longest")
      return nil
    }
    let values = items.enumerated().compactMap { index, item in
      fields.number(
        item, path: "\(path).\(index)", .tokens, zeroAllowed: false, expected: "a number above 0")
    }
    guard values.count == items.count else { return nil }
    for (a, b) in zip(values, values.dropFirst()) where b.value < a.value {
      fields.issues.add(b.origin, b.path, "found \"\(b.text)\" after \"\(a.text)\"; values ascend")
      return nil
    }
    return values.map(\.value)
  }
}
