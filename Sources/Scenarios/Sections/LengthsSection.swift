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

    var meaning: String {
      switch self {
      case .fixed: "all are `tokens` long"
      case .lognormal: "by `median` and `sigma`"
      case .gamma: "by `shape` and `scale`; the mean is their product"
      case .uniform: "all lengths from `min` to `max` are equally likely"
      case .quantiles: "as in a public trace (`table`) or in a list of percentiles (`values`)"
      }
    }
  }

  var law: Law
  /// Draws outside are moved to the bound.
  var least: Int?
  var most: Int?
  var node: DocumentNode
  var path: String

  static let expected =
    "a whole number from 1, or a mapping like {distribution: lognormal, median: 1000, sigma: 0.9}"

  init?(_ name: String, of parent: Fields, _ meaning: String) {
    guard let node = parent.node(name, Self.expected, meaning, .required(Self.expected)) else {
      return nil
    }
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
    let fields = parent.below(name, node)
    fields.introduce(
      "In place of a whole number, a distribution. Lengths are rounded to whole tokens, at least 1."
    )
    let name = fields.choice(
      "distribution", of: Name.self,
      "What lengths are drawn from. It says which of the other fields "
        + "are read.",
      .required(Name.allCases.map(\.rawValue).joined(separator: ", ")), each: \.meaning)?.value
    let least = fields.wholeNumber(
      "min", "Shorter lengths are set to this.", .needed("with `uniform`"))?.value
    let most = fields.wholeNumber(
      "max", "Longer lengths are set to this.", .needed("with `uniform`"))?.value
    let law = name.flatMap { Self.law($0, least, most, fields) }
    if let least, let most, least > most { fields.problem("min \(least) is above max \(most)") }
    fields.finish()
    guard let law else { return nil }
    self.law = law
    self.least = least
    self.most = most
  }

  private static func law(_ name: Name, _ least: Int?, _ most: Int?, _ fields: Fields) -> Law? {
    let needed = Absence.required("a number", "with `\(name.rawValue)`")
    switch name {
    case .fixed:
      return fields.wholeNumber("tokens", "The length.", needed)
        .map { .stated(.fixed($0.value)) }
    case .lognormal:
      let median = fields.positive("median", .tokens, "Half of the lengths are below it.", needed)
      let sigma = fields.number("sigma", .exponent, "Standard deviation of the logarithm.", needed)
      guard let median, let sigma else { return nil }
      return .stated(.lognormal(median: median.value, sigma: sigma.value))
    case .gamma:
      let shape = fields.positive(
        "shape", .shape, "The shape k of the distribution: the smaller, the longer its tail.",
        needed)
      let scale = fields.positive(
        "scale", .tokens, "Tokens. The mean length is `shape` x `scale`.", needed)
      guard let shape, let scale else { return nil }
      return .stated(.gamma(shape: shape.value, scale: scale.value))
    case .uniform:
      for bound in ["min", "max"] { fields.require(bound, "a number") }
      guard let least, let most, least <= most else { return nil }
      return .stated(.uniform(min: least, max: most))
    case .quantiles:
      return quantiles(fields)
    }
  }

  private static func quantiles(_ fields: Fields) -> Law? {
    let table = fields.text(
      "table", "With `quantiles`: a public trace's percentiles, by a name of Length tables below.")
    let values = fields.node(
      "values", valuesExpected,
      "With `quantiles`, in place of `table`: a list in ascending order. Between two values lengths "
        + "are equally likely.")
    guard fields.stated("table", "values").count == 1 else {
      fields.problem("quantiles take either table (a name of the catalogue) or values (a list)")
      return nil
    }
    if let table { return .table(table) }
    return values.flatMap { Self.values($0, fields) }.map { .stated(.quantiles($0)) }
  }

  private static let valuesExpected =
    "at least two lengths at equal steps from the shortest to the longest"

  private static func values(_ node: DocumentNode, _ fields: Fields) -> [Double]? {
    let path = fields.path("values")
    guard case .list(let items) = node.content, items.count >= 2 else {
      fields.issues.add(
        node.origin, path, "found \(node.found); expected \(valuesExpected)")
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
