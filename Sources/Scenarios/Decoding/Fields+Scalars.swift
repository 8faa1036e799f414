import SimKernel
import TextAndBytes

/// The kinds of scalar that scenarios are made of.
extension Fields {
  /// Any text.
  func text(_ name: String) -> Stated<String>? {
    scalar(name, expected: "a word") { $0.isEmpty ? nil : $0 }
  }

  /// A whole number within `range`, `8192` or `8_192`.
  func wholeNumber(_ name: String, in range: ClosedRange<Int> = 1...Int(Int32.max)) -> Stated<Int>?
  {
    let upTo = range.upperBound >= Int(Int32.max) ? "" : " to \(range.upperBound)"
    return scalar(name, expected: "a whole number from \(range.lowerBound)\(upTo)") {
      Self.wholeNumber($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private static func wholeNumber(_ text: String) -> Int? {
    let digits = text.filter { $0 != "_" }
    return Int(digits) ?? Double(digits).flatMap { Int(exactly: $0) }
  }

  /// A size within `bounds`.
  func wholeNumber(_ name: String, _ bounds: Bounds<Int>) -> Stated<Int>? {
    wholeNumber(name, in: bounds.range)
  }

  /// 0, or a number within `bounds`.
  func number(_ name: String, _ bounds: Bounds<Double>) -> Stated<Double>? {
    number(name, bounds, zeroAllowed: true, expected: "a number from 0")
  }

  /// A number within `bounds`, which are above 0.
  func positive(_ name: String, _ bounds: Bounds<Double>) -> Stated<Double>? {
    number(name, bounds, zeroAllowed: false, expected: "a number above 0")
  }

  /// A share of a whole: above 0 (or from 0) to 1.
  func share(_ name: String, zeroAllowed: Bool = false) -> Stated<Double>? {
    number(
      name, .share, zeroAllowed: zeroAllowed,
      expected: "a share \(zeroAllowed ? "from 0" : "above 0") to 1, like 0.9")
  }

  /// `expected` is what may stand there in words that leave the bounds of all such numbers out.
  func number(
    _ name: String, _ bounds: Bounds<Double>, zeroAllowed: Bool, expected: String
  ) -> Stated<Double>? {
    node(name).flatMap {
      number($0, path: path(name), bounds, zeroAllowed: zeroAllowed, expected: expected)
    }
  }

  /// The same for a node that is not a field.
  func number(
    _ node: DocumentNode, path: String, _ bounds: Bounds<Double>, zeroAllowed: Bool,
    expected: String
  ) -> Stated<Double>? {
    var found: Double?
    return scalar(
      node, path: path,
      expected: (found ?? 0) > 0 ? "\(bounds.name) from \(bounds.words)" : expected
    ) {
      found = Self.number($0)
      return found.flatMap { bounds.range.contains($0) || zeroAllowed && $0 == 0 ? $0 : nil }
    }
  }

  static func number(_ text: String) -> Double? {
    Double(text.filter { $0 != "_" }).flatMap { $0.isFinite ? $0 : nil }
  }

  func flag(_ name: String) -> Stated<Bool>? {
    scalar(name, expected: "true or false") {
      switch $0 {
      case "true", "True", "TRUE": true
      case "false", "False", "FALSE": false
      default: nil
      }
    }
  }

  /// A quantity with its unit; above zero unless `zeroAllowed`.
  func quantity<Quantity: Hashable>(
    _ name: String, _ units: Units<Quantity>, zeroAllowed: Bool = false
  ) -> Stated<Quantity>? {
    var found = ""
    return scalar(
      name,
      expected: units.expected(for: found, zeroAllowed: zeroAllowed) + units.hint(for: found)
    ) {
      found = $0
      return units.parse($0).flatMap { $0 == units.make(0) && !zeroAllowed ? nil : $0 }
    }
  }

  /// A quantity with its unit, at least `least`.
  func quantity<Quantity: Comparable>(
    _ name: String, _ units: Units<Quantity>, atLeast least: String
  ) -> Stated<Quantity>? {
    var found = ""
    return scalar(
      name, expected: "\(units.expected(for: found)), from \(least)\(units.hint(for: found))"
    ) { text in
      found = text
      guard let value = units.parse(text), let least = units.parse(least) else { return nil }
      return value < least ? nil : value
    }
  }

  /// A time up to `most`.
  func duration(_ name: String, upTo most: SimDuration, zeroAllowed: Bool = false)
    -> Stated<SimDuration>?
  {
    guard let stated = quantity(name, .duration, zeroAllowed: zeroAllowed) else { return nil }
    guard stated.value > most else { return stated }
    issues.add(
      stated.origin, stated.path,
      "found \"\(stated.text)\"; expected a time up to \(Int(most.seconds)) s")
    return nil
  }

  /// One of the words that `Choice` lists.
  func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, of type: Choice.Type
  ) -> Stated<Choice>? {
    let words = type.allCases.map(\.rawValue)
    var found = ""
    return scalar(
      name,
      expected: "one of \(Spelling.list(words))" + Spelling.hint(for: found, of: words)
    ) { text in
      found = text
      // `FP8` and `prefix-affinity` are no other words than `fp8` and `prefix_affinity`.
      return Choice(rawValue: text)
        ?? type.allCases.first { Spelling.fold($0.rawValue) == Spelling.fold(text) }
    }
  }
}
