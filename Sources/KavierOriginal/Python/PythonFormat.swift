#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers as Python's format specifications write them: rounded from their exact binary value.
enum PythonFormat {
  /// `.{decimals}f`.
  static func fixed(_ x: Double, _ decimals: Int) -> String { printed("%.\(decimals)f", x) }

  /// `,.{decimals}f`.
  static func grouped(_ x: Double, _ decimals: Int) -> String { group(fixed(x, decimals)) }

  /// `,.{digits}g`.
  static func general(_ x: Double, digits: Int) -> String { group(printed("%.\(digits)g", x)) }

  /// Commas between the thousands before the point.
  private static func group(_ text: String) -> String {
    let digits = text.drop { $0 == "-" }.prefix { $0.isNumber }
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    return String(text.prefix { $0 == "-" }) + grouped + String(text[digits.endIndex...])
  }

  /// To the right in `width` characters.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// To the left in `width` characters.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func printed(_ format: String, _ x: Double) -> String {
    // The longest number with its decimals: 10^308.
    var buffer = [CChar](repeating: 0, count: 400)
    let count = withVaList([x]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(
      decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
