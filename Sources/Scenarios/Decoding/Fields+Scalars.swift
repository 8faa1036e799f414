import TraceArchive

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

  /// A number from 0.
  func number(_ name: String) -> Stated<Double>? {
    scalar(name, expected: "a number from 0") { Self.number($0).flatMap { $0 >= 0 ? $0 : nil } }
  }

  /// A number above 0.
  func positive(_ name: String) -> Stated<Double>? {
    scalar(name, expected: "a number above 0") { Self.number($0).flatMap { $0 > 0 ? $0 : nil } }
  }

  /// A share of a whole: above 0 (or from 0) to 1.
  func share(_ name: String, zeroAllowed: Bool = false) -> Stated<Double>? {
    scalar(name, expected: "a share \(zeroAllowed ? "from 0" : "above 0") to 1, like 0.9") {
      Self.number($0).flatMap { $0 <= 1 && ($0 > 0 || zeroAllowed && $0 == 0) ? $0 : nil }
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
    scalar(name, expected: units.expected + (zeroAllowed ? "" : ", above 0")) {
      units.parse($0).flatMap { $0 == units.make(0) && !zeroAllowed ? nil : $0 }
    }
  }

  /// A quantity with its unit, at least `least`.
  func quantity<Quantity: Comparable>(
    _ name: String, _ units: Units<Quantity>, atLeast least: String
  ) -> Stated<Quantity>? {
    scalar(name, expected: "\(units.expected), from \(least)") { text in
      guard let value = units.parse(text), let least = units.parse(least) else { return nil }
      return value < least ? nil : value
    }
  }

  /// One of the words that `Choice` lists.
  func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, of type: Choice.Type
  ) -> Stated<Choice>? {
    let words = type.allCases.map(\.rawValue)
    var found = ""
    return scalar(
      name,
      expected: "one of \(words.joined(separator: ", "))" + Spelling.hint(for: found, of: words)
    ) {
      found = $0
      return Choice(rawValue: $0)
    }
  }
}
