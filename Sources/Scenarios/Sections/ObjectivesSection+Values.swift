import ServingSim
import SimKernel
import TextAndBytes

/// Values of `slo` that have a form of their own.
extension Fields {
  private static let exampleOfPercentiles = "{p95: 500 ms, p99: 2 s}"

  /// A latency: the limit of each request where it has one, or a mapping of percentiles and that
  /// limit.
  func latencyObjectives(
    _ latency: ObjectiveLatency, meaning: String, hasEach: Bool = true
  ) -> (each: Stated<SimDuration>?, percentiles: [StatedObjective]) {
    let hasEach = hasEach && latency.ofRequest != nil
    let units = Units<SimDuration>.duration
    let mapping = "a mapping like \(Self.exampleOfPercentiles)"
    let expected =
      hasEach ? "\(units.expected(for: "", zeroAllowed: false)), or \(mapping)" : mapping
    guard let node = node(latency.rawValue, expected, meaning) else { return (nil, []) }
    guard node.isMapping || !hasEach else {
      return (limit(node, path: path(latency.rawValue), or: mapping), [])
    }
    let fields = below(latency.rawValue, node, like: Self.exampleOfPercentiles)
    fields.introduce(
      "At most so long at a percentile. Any of p01 to p99 may be stated, and p999 is 99.9 %.")
    let each = hasEach ? fields.quantity("each", .duration, "The longest for each request.") : nil
    let percentiles = fields.percentiles(latency)
    fields.finish(Self.explanation)
    if fields.isEmptyMapping { fields.problem("states nothing; expected \(mapping)") }
    return (each, percentiles)
  }

  /// The limit of each request, or with a problem nil.
  private func limit(
    _ node: DocumentNode, path: String, or mapping: String
  ) -> Stated<SimDuration>? {
    let units = Units<SimDuration>.duration
    var found = ""
    return scalar(
      node, path: path,
      expected: units.expected(for: found, zeroAllowed: false) + units.hint(for: found)
        + (units.exceeded(found) == nil ? ", or \(mapping)" : "")
    ) {
      found = $0
      return units.parse($0).flatMap { $0 > .zero ? $0 : nil }
    }
  }

  /// Nothing is stated where something has to be.
  private var isEmptyMapping: Bool {
    if case .mapping(let entries) = whole.content { entries.isEmpty } else { whole.isEmpty }
  }

  private func percentiles(_ latency: ObjectiveLatency) -> [StatedObjective] {
    var names = Percentile.usual
    if case .mapping(let entries) = whole.content {
      for key in entries.map(\.key) where !names.contains(key) && Percentile(key) != nil {
        names.append(key)
      }
    }
    return names.compactMap { name in
      let limit = quantity(name, .duration, Self.meaning(of: name))
      guard let limit, let percentile = Percentile(name) else { return nil }
      return StatedObjective(.latency(latency, percentile, atMost: limit.value), limit)
    }
  }

  private static func meaning(of name: String) -> String {
    "The longest at \(name == "p999" ? "99.9" : String(name.dropFirst())) %."
  }

  /// What is wrong with a name that is no percentile.
  private static func explanation(_ key: String) -> String? {
    guard key.contains(where: \.isNumber) || ["mean", "avg", "median", "max"].contains(key) else {
      return nil
    }
    let meant = key == "median" ? Percentile("p50") : Percentile.meant(by: key)
    return "found \"\(key)\"; expected a percentile: p01 to p99, or more decimals like p999 for "
      + "99.9 %" + (meant.map { "; did you mean \($0.name)?" } ?? "")
  }

  /// `goodput`: a share.
  func goodputObjective(_ absence: Absence = .optional) -> [StatedObjective] {
    var found = ""
    let share = scalar(
      "goodput",
      expected: "a share above 0 up to 100 %, like 99 % or 0.99"
        + (Self.number(found).map { $0 > 1 && $0 <= 100 ? "; did you mean \"\(found) %\"?" : "" }
          ?? ""),
      "The least share of requests that meet all limits of a request. Requests that were refused or "
        + "given up meet none.", absence
    ) {
      found = $0
      return Self.percentage($0)
    }
    return share.map { [StatedObjective(.goodput(atLeast: $0.value), $0)] } ?? []
  }

  /// `99 %` or `0.99`; nil: neither, or not within 0 and 1.
  private static func percentage(_ text: String) -> Double? {
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? String(text.dropLast().reversed().drop { $0 == " " }.reversed()) : text
    return number(digits).map { isPercent ? $0 / 100 : $0 }.flatMap {
      Bounds.share.range.contains($0) ? $0 : nil
    }
  }

  func costCeilings() -> [StatedObjective] {
    ceilings("cost", like: "{per_million_output_tokens: 2.5}", "The most that serving may cost.") {
      fields, unit in
      fields.number(
        unit.field, .money, zeroAllowed: false,
        expected: "an amount above 0 in the currency of impact, like 2.5",
        "The most for \(unit.phrase), in the currency of `impact`."
      ).map { StatedObjective(.cost(unit, atMost: $0.value), $0) }
    }
  }

  func carbonCeilings() -> [StatedObjective] {
    ceilings(
      "carbon", like: "{per_request: 0.5 g}",
      "The most CO2e: operational, and embodied where `impact.embodied` is stated."
    ) { fields, unit in
      fields.quantity(unit.field, .mass, "The most for \(unit.phrase).")
        .map { StatedObjective(.carbon(unit, atMost: $0.value * 1000), $0) }
    }
  }

  private func ceilings(
    _ name: String, like example: String, _ meaning: String,
    _ ceiling: (Fields, AmountUnit) -> StatedObjective?
  ) -> [StatedObjective] {
    guard let fields = fields(name, like: example, meaning) else { return [] }
    fields.introduce("Judged by the [bill](EnergyCarbonWaterAndCost.md), over finished requests.")
    let stated = AmountUnit.allCases.compactMap { ceiling(fields, $0) }
    fields.finish()
    if fields.isEmptyMapping {
      fields.problem("states nothing; expected a mapping like \(example)")
    }
    return stated
  }
}

extension AmountUnit {
  fileprivate var phrase: String {
    switch self {
    case .request: "a request"
    case .millionTokens: "a million tokens of prompts and answers"
    case .millionOutputTokens: "a million tokens of answers"
    case .hour: "an hour of the run"
    }
  }
}
