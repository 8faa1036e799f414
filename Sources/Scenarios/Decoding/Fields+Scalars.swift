import SimKernel
import TextAndBytes

/// The kinds of scalar that scenarios are made of.
extension Fields {
  /// Any text.
  func text(
    _ name: String, _ meaning: String = "", _ absence: Absence = .optional
  ) -> Stated<String>? {
    scalar(name, expected: "a word", meaning, absence) { $0.isEmpty ? nil : $0 }
  }

  /// A whole number within `range`, `8192` or `8_192`.
  func wholeNumber(
    _ name: String, in range: ClosedRange<Int> = 1...Int(Int32.max), _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Stated<Int>? {
    let upTo = range.upperBound >= Int(Int32.max) ? "" : " to \(range.upperBound)"
    return scalar(
      name, expected: "a whole number from \(range.lowerBound)\(upTo)", meaning, absence
    ) {
      Self.wholeNumber($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private static func wholeNumber(_ text: String) -> Int? {
    let digits = text.filter { $0 != "_" }
    return Int(digits) ?? Double(digits).flatMap { Int(exactly: $0) }
  }

  /// A size within `bounds`.
  func wholeNumber(
    _ name: String, _ bounds: Bounds<Int>, _ meaning: String = "", _ absence: Absence = .optional
  ) -> Stated<Int>? {
    wholeNumber(name, in: bounds.range, meaning, absence)
  }

  /// 0, or a number within `bounds`.
  func number(
    _ name: String, _ bounds: Bounds<Double>, _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Stated<Double>? {
    number(name, bounds, zeroAllowed: true, expected: "a number from 0", meaning, absence)
  }

  /// A number within `bounds`, which are above 0.
  func positive(
    _ name: String, _ bounds: Bounds<Double>, _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Stated<Double>? {
    number(name, bounds, zeroAllowed: false, expected: "a number above 0", meaning, absence)
  }

  /// A share of a whole: above 0 (or from 0) to 1.
  func share(
    _ name: String, zeroAllowed: Bool = false, _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Stated<Double>? {
    number(
      name, .share, zeroAllowed: zeroAllowed,
      expected: "a share \(zeroAllowed ? "from 0" : "above 0") to 1, like 0.9", meaning, absence)
  }

  /// `expected` is what may stand there in words that leave the bounds of all such numbers out.
  func number(
    _ name: String, _ bounds: Bounds<Double>, zeroAllowed: Bool, expected: String,
    _ meaning: String = "", _ absence: Absence = .optional
  ) -> Stated<Double>? {
    node(name, expected, meaning, absence).flatMap {
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

  /// A number within `range`, for a field that has bounds of its own.
  func number(
    _ name: String, in range: ClosedRange<Double>, expected: String, _ meaning: String,
    _ absence: Absence = .optional
  ) -> Stated<Double>? {
    scalar(name, expected: expected, meaning, absence) { text in
      Self.number(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  static func number(_ text: String) -> Double? {
    Double(text.filter { $0 != "_" }).flatMap { $0.isFinite ? $0 : nil }
  }

  func flag(
    _ name: String, _ meaning: String = "", _ absence: Absence = .optional
  ) -> Stated<Bool>? {
    scalar(name, expected: "true or false", meaning, absence) {
      switch $0 {
      case "true", "True", "TRUE": true
      case "false", "False", "FALSE": false
      default: nil
      }
    }
  }

  /// One of the words that `Choice` lists; `each` says what a word means.
  func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, of type: Choice.Type, _ meaning: String = "",
    _ absence: Absence = .optional, each: (Choice) -> String = { _ in "" }
  ) -> Stated<Choice>? {
    let words = type.allCases.map(\.rawValue)
    let node = node(
      name, "one of \(Spelling.list(words))", meaning, absence,
      choices: type.allCases.map { .init(word: $0.rawValue, meaning: each($0)) }
        .filter { !$0.meaning.isEmpty },
      words: words)
    return node.flatMap { choice($0, path: path(name), of: type) }
  }

  /// The same for a node that has been declared.
  func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ node: DocumentNode, path: String, of type: Choice.Type
  ) -> Stated<Choice>? {
    let words = type.allCases.map(\.rawValue)
    var found = ""
    return scalar(
      node, path: path,
      expected: "one of \(Spelling.list(words))" + Spelling.hint(for: found, of: words)
    ) { text in
      found = text
      // `FP8` and `prefix-affinity` are no other words than `fp8` and `prefix_affinity`.
      return Choice(rawValue: text)
        ?? type.allCases.first { Spelling.fold($0.rawValue) == Spelling.fold(text) }
    }
  }
}
