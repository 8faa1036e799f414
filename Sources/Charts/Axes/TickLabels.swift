/// Numbers along an axis, all with the same decimals and the same thousands.
struct TickLabels {
  private let divisor: Double
  private let suffix: String
  private let decimals: Int

  /// For numbers up to `most` in size, `step` apart.
  init(most: Double, step: Double) {
    (divisor, suffix) = Self.thousands(most)
    decimals = Self.decimals(of: step / divisor)
  }

  /// A number beside numbers of other sizes, as on a logarithmic axis.
  static func text(alone value: Double) -> String {
    TickLabels(most: value, step: value).text(value)
  }

  func text(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    var text = SVGWriter.number(value / divisor, decimals: decimals)
    guard decimals > 0 else { return grouped(text) + suffix }
    let point = text.firstIndex(of: ".")
    let missing = decimals - (point.map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0)
    if point == nil { text += "." }
    return text + String(repeating: "0", count: missing) + suffix
  }

  private static func thousands(_ most: Double) -> (Double, String) {
    if most >= 1e11 { return (1e9, "G") }
    if most >= 1e8 { return (1e6, "M") }
    return most >= 1e5 ? (1e3, "k") : (1, "")
  }

  private static func decimals(of step: Double) -> Int {
    var decimals = 0
    var scaled = step
    while decimals < 9, scaled < 0.999_999 || abs(scaled - scaled.rounded()) > 1e-6 * scaled {
      scaled *= 10
      decimals += 1
    }
    return decimals
  }

  /// A comma between thousands.
  private func grouped(_ text: String) -> String {
    guard text.count > 4, text.allSatisfy(\.isNumber) else { return text }
    return String(text.dropLast(3)) + "," + text.suffix(3)
  }
}
