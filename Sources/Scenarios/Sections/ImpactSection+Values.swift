import Impact

/// Values of `impact` that have a form of their own.
extension Fields {
  /// `price`: `catalogue`, an amount, or `[least, most]`, for an accelerator-hour.
  func priceRange(_ absence: Absence = .optional) -> Stated<PriceChoice>? {
    let expected = "catalogue, a price of one accelerator-hour like 2.5, or [least, most]"
    let node = node(
      "price", expected,
      "In `currency`; the catalogue's prices are in USD. The price is taken to include electricity: "
        + "leave `tariff` out.", absence)
    guard let node else { return nil }
    if case .scalar("catalogue", _) = node.content {
      return scalar(node, path: path("price"), expected: expected) { _ in .catalogue }
    }
    return interval(node, "price", expected, exceeded: Self.exceededMoney) { Self.money($0) }.map {
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

  /// A mass with its unit, or `[least, most]`; nil, without a problem, for the word `catalogue` where
  /// it may stand.
  func massRange(
    _ name: String, _ meaning: String, _ absence: Absence = .optional,
    orCatalogue isWord: Bool = false
  ) -> Stated<Interval>? {
    let mass = Units<Double>.mass
    let expected = "a mass like 575 kg, or [least, most]"
    let declared = isWord ? "catalogue, \(expected)" : expected
    guard let node = node(name, declared, meaning, absence) else { return nil }
    if isWord, isStated(name, as: "catalogue") { return nil }
    return interval(node, name, expected, exceeded: mass.exceeded) { mass.parse($0) }
  }

  /// `pue`: a figure, or the points of a curve.
  func usageEffectiveness() -> PowerUsageEffectiveness? {
    let expected = "\(Self.usageExpected), or a list of {load, pue}"
    let node = node(
      "pue", expected,
      "The energy of the facility over that of its servers. A list is a curve over the load of the "
        + "servers.")
    guard let node else { return nil }
    if case .list(let items) = node.content {
      if items.allSatisfy(\.isMapping) { return usageCurve(items) }
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

  private func usageCurve(_ items: [DocumentNode]) -> PowerUsageEffectiveness? {
    var points: [PowerUsageEffectiveness.Point] = []
    for fields in elements(of: "pue", items) {
      fields.introduce(
        "The points of the curve, by rising load. It is straight between them and level outside.")
      let load = fields.share(
        "load", zeroAllowed: true, "A share of the most power that the servers can draw.",
        .required("a share of the most that the servers draw"))
      let pue = fields.scalar(
        "pue", expected: Self.usageExpected, "The value at this load.",
        .required(Self.usageExpected), Self.usage)
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
    _ node: DocumentNode, _ name: String, _ expected: String, exceeded: (String) -> String?,
    _ parse: (String) -> Double?
  ) -> Stated<Interval>? {
    let path = path(name)
    var found = ""
    guard case .list(let items) = node.content else {
      return scalar(node, path: path, expected: exceeded(found) ?? expected) {
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
    fields.introduce(
      "One accelerator with its share of the host: its price as an annuity, space and people. "
        + "Electricity is not part of it; `tariff` adds it. All prices are in `currency`.")
    let capex = fields.number(
      "capex", .money, "The price of one accelerator with its share of the host.",
      .required("the price of one accelerator with its share of the host"))
    let residual = fields.share(
      "residual", zeroAllowed: true,
      "The share of `capex` that is left at the end of its lifetime.",
      .default("0"))
    let interest = fields.share(
      "interest", zeroAllowed: true, "The yearly interest rate.", .default("0"))
    let lifetime = fields.quantity(
      "lifetime", .years, "How long it is used.", .required("a time like 4 y"))
    let colocation = fields.number(
      "colocation_per_kw_month", .money, "The price of a kW of space for a month.", .default("0"))
    let kilowatts = fields.number(
      "kw", .kilowatts, "The kW of space that an accelerator takes.",
      .needed("with `colocation_per_kw_month`"))
    let operations = fields.number(
      "operations_per_hour", .money, "The price of an hour of people and everything else.",
      .default("0"))
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
  private static let expected =
    "one of \(words.joined(separator: ", ")), or {curve: mse | asymptotic}"

  /// `power`: one model or a list of them.
  static func list(_ parent: Fields) -> [PowerChoice]? {
    let node = parent.node(
      "power", expected,
      "The power model of the accelerators. A list of models gives the median of each window of time, "
        + "and the spread.",
      .default("fitted"))
    guard let node else { return nil }
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
      return curve(parent.below(name, node))
    }
    return parent.scalar(node, path: path, expected: expected) { word($0) }?.value
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
    fields.introduce("A curve of OpenDC's that has a parameter. u is the utilisation.")
    let curve = fields.choice(
      "curve", of: CurveName.self, "Which share of the way from idle to full power is drawn.",
      .required("one of mse, asymptotic"), each: \.meaning)
    defer { fields.finish() }
    switch curve?.value {
    case .mse:
      let r = fields.positive("r", .curve, "The exponent of `mse`.", .default("1"))
      return .curve(PowerCurve(.mse(r: r?.value ?? 1)))
    case .asymptotic:
      let dvfs = fields.flag(
        "dvfs", "With `asymptotic`: takes u^3 in place of u.", .default("true"))
      return fields.positive(
        "a", .curve, "The parameter of `asymptotic`. With 0 the curve would have no value at rest.",
        .required("a number above 0: with 0 the curve has no value at rest", "with `asymptotic`")
      ).map { .curve(PowerCurve(.asymptotic(a: $0.value, dvfs: dvfs?.value ?? true))) }
    case nil: return nil
    }
  }

  private enum CurveName: String, CaseIterable {
    case mse
    case asymptotic

    var meaning: String {
      switch self {
      case .mse: "`2u - u^r`"
      case .asymptotic: "`(1 + u - exp(-u / a)) / 2`"
      }
    }
  }
}
