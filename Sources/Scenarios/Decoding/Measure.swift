/// A number and the unit after it, which may be empty: `30 /s`, `8`.
package struct Measure: Sendable {
  package var number: Double
  package var unit: String

  /// nil: `text` does not begin with a number.
  package init?(_ text: String) {
    guard let first = text.first, first.isNumber || ".-".contains(first) else { return nil }
    // The longest beginning that is one.
    for length in stride(from: min(text.count, 32), to: 0, by: -1) {
      if let number = Double(text.prefix(length)), number.isFinite {
        self.number = number
        unit = String(text.dropFirst(length).drop { $0.isWhitespace })
        return
      }
    }
    return nil
  }
}
