import Impact

/// Values of `impact` that have a form of their own.
extension Fields {
  /// `price`: `catalogue`, an amount, or `[least, most]`, for an accelerator-hour.
  func priceRange() -> Stated<PriceChoice>? {
    guard let node = node("price") else { return nil }
    let expected = "catalogue, a price of one accelerator-hour like 2.5, or [least, most]"
    if case .scalar("catalogue", _) = node.content {
      return scalar("price", expected: expected) { _ in .catalogue }
    }
    return interval("price", expected, exceeded: Self.exceededMoney) { Self.money($0) }.map {
      Stated(value: .range($0.value), text: $0.text, path: $0.path, origin: $0.origin)
    }
  }

  /// An amount of money, or nil: it is none, or out of bounds.
  static func money(_ text: String) -> Double? {
    number(text).flatMap { $0 == 0 || Bounds.money.range.contains($0) ? $0 : nil }
  }

  /// The bounds of an amount of money, where the text is one beyond them.
  static func exceededMoney(_ text: String) -> String? {
    guard let found = number(text), found > 0, !Bounds.money.range.contains(found) else {
      return nil
    }
    return "\(Bounds.money.name) from \(Bounds.money.words)"
  }

  /// A mass with its unit, or `[least, most]`.
  func massRange(_ name: String) -> Stated<Interval>? {
    let mass = Units<Double>.mass
    return interval(name, "a mass like 575 kg, or [least, most]", exceeded: mass.exceeded) {
      mass.parse($0)
    }
  }

  /// `pue`: a figure, or the points of a curve.
  func usageEffectiveness() -> PowerUsageEffectiveness? {
    guard let node = node("pue") else { return nil }
    let expected = "\(Self.usageExpected), or a list of {load, pue}"
    if case .list(let items) = node.content {
      if items.allSatisfy(\.isMapping) { return usageCurve() }
      issues.add(node.origin, path("pue"), "found \(node.found); expected \(expected)")
      return nil
    }
    var found = ""
    return scalar(
      node, path: path("pue"), expected: Self.exceededUsage(found) ?? expected
    ) {
      found = $0
      return Self.usage($0)
    }.map { PowerUsageEffectiveness($0.value) }
  }

  private static let usageExpected = "a number from 1"

  private static func exceededUsage(_ text: String) -> String? {
    guard let found = number(text), found > Bounds.usageEffectiveness.range.upperBound else {
      return nil
    }
    return "\(Bounds.usageEffectiveness.name) from \(Bounds.usageEffectiveness.words)"
  }

  private static func usage(_ text: String) -> Double? {
    number(text).flatMap { Bounds.usageEffectiveness.range.contains($0) ? $0 : nil }
  }

  private func usageCurve() -> PowerUsageEffectiveness? {
    var points: [PowerUsageEffectiveness.Point] = []
    for fields in mappings("pue") {
      fields.require("load", "a share of the most that the servers draw")
      fields.require("pue", Self.usageExpected)
      let load = fields.share("load", zeroAllowed: true)
      let pue = fields.scalar("pue", expected: Self.usageExpected, Self.usage)
      fields.finish()
      guard let load, let pue else { continue }
      if let last = points.last, last.load >= load.value {
        issues.add(load.origin, load.path, "not above the load before it")
      } else {
        points.append(.init(load: load.value, pue: pue.value))
      }
    }
    return points.isEmpty ? nil : PowerUsageEffectiveness(points)
  }

  private func interval(
    _ name: String, _ expected: String, exceeded: (String) -> String?,
    _ parse: (String) -> Double?
  ) -> Stated<Interval>? {
    guard let node = node(name) else { return nil }
    let path = path(name)
    var found = ""
    guard case .list(let items) = node.content else {
      return scalar(name, expected: exceeded(found) ?? expected) {
        found = $0
        return parse($0).map { Interval($0, $0) }
      }
    }
    let ends: [Double] = items.enumerated().compactMap { index, item in
      let end: Stated<Double>? = scalar(
        item, path: "\(path).\(index)", expected: exceeded(found) ?? expected
      ) {
        found = $0
        return parse($0)
      }
      return end?.value
    }
    guard ends.count == items.count else { return nil }
    guard ends.count == 2, ends[0] <= ends[1] else {
      issues.add(node.origin, path, "found \(node.found); expected \(expected)")
      return nil
    }
    return Stated(
      value: Interval(ends[0], ends[1]), text: "[\(ends[0]), \(ends[1])]", path: path,
      origin: node.origin)
  }
}

extension Ownership {
  /// nil, with problems, unless all it takes is stated.
  init?(_ fields: Fields) {
    fields.require("capex", "the price of one accelerator with its share of the host")
    fields.require("lifetime", "a time like 4 y")
    let capex = fields.number("capex", .money)
    let residual = fields.share("residual", zeroAllowed: true)
    let interest = fields.share("interest", zeroAllowed: true)
    let lifetime = fields.quantity("lifetime", .years)
    let colocation = fields.number("colocation_per_kw_month", .money)
    let kilowatts = fields.number("kw", .kilowatts)
    let operations = fields.number("operations_per_hour", .money)
    if colocation != nil, kilowatts == nil {
      fields.missing("kw", "the kW an accelerator takes, which colocation is paid for")
    }
    fields.finish()
    guard let capex, let lifetime else { return nil }
    self.init(
      capex: capex.value, residual: residual?.value ?? 0, interest: interest?.value ?? 0,
      lifetimeYears: lifetime.value, colocationPerKilowattMonth: colocation?.value ?? 0,
      kilowatts: kilowatts?.value ?? 0, operations: operations?.value ?? 0)
  }
}

extension PowerChoice {
  private static let words = ["fitted", "constant", "sqrt", "linear", "square", "cubic"]

  /// `power`: one model or a list of them.
  static func list(_ parent: Fields) -> [PowerChoice]? {
    guard let node = parent.node("power") else { return nil }
    guard case .list(let items) = node.content else {
      return one(node, "power", parent).map { [$0] }
    }
    if items.isEmpty { parent.issues.add(node.origin, parent.path("power"), "an empty list") }
    let choices = items.enumerated().compactMap { one($1, "power.\($0)", parent) }
    return choices.isEmpty ? nil : choices
  }

  private static func one(_ node: DocumentNode, _ name: String, _ parent: Fields) -> Self? {
    let path = parent.path(name)
    if case .mapping = node.content {
      return curve(Fields(node, path: path, issues: parent.issues))
    }
    return parent.scalar(
      node, path: path,
      expected: "one of \(words.joined(separator: ", ")), or {curve: mse | asymptotic}"
    ) { word($0) }?.value
  }

  private static func word(_ text: String) -> Self? {
    switch text {
    case "fitted": .fitted
    case "constant": .curve(PowerCurve(.constant))
    case "sqrt": .curve(PowerCurve(.squareRoot))
    case "linear": .curve(PowerCurve(.linear))
    case "square": .curve(PowerCurve(.square))
    case "cubic": .curve(PowerCurve(.cubic))
    default: nil
    }
  }

  private static func curve(_ fields: Fields) -> Self? {
    fields.require("curve", "one of mse, asymptotic")
    let curve = fields.scalar("curve", expected: "one of mse, asymptotic") {
      ["mse", "asymptotic"].contains($0) ? $0 : nil
    }
    defer { fields.finish() }
    switch curve?.value {
    case "mse":
      return .curve(PowerCurve(.mse(r: fields.positive("r", .curve)?.value ?? 1)))
    case "asymptotic":
      fields.require("a", "a number above 0: with 0 the curve has no value at rest")
      let dvfs = fields.flag("dvfs")?.value ?? true
      return fields.positive("a", .curve).map {
        .curve(PowerCurve(.asymptotic(a: $0.value, dvfs: dvfs)))
      }
    default: return nil
    }
  }
}
