/// Numbers in text, read exactly: nothing goes through floating point.
package enum Numbers {
  /// A whole number, `-12` or `12` or `12.0` or `1.2e1`; nil when it is none or needs more than 18
  /// digits.
  package static func integer(_ text: borrowing Span<UInt8>) -> Int64? {
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    let firstDigit = isNegative ? 1 : 0
    var at = firstDigit
    var value: Int64 = 0
    while at < text.count {
      let digit = text[at] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      guard at - firstDigit < 18 else { return nil }
      value = value &* 10 &+ Int64(digit)
      at += 1
    }
    guard at > firstDigit else { return nil }
    if at < text.count {
      guard let whole = finish(value, text, from: at) else { return nil }
      value = whole
    }
    return isNegative ? -value : value
  }

  /// The whole number that goes on after its digits before the point, as tables that went through
  /// floating point have it: `12.0`, `1.2e+01`; nil when it is none.
  private static func finish(
    _ digits: Int64, _ text: borrowing Span<UInt8>, from start: Int
  ) -> Int64? {
    var value = digits
    var at = start
    var power = 0
    if text[at] == UInt8(ascii: ".") {
      at += 1
      let firstDecimal = at
      while at < text.count, text[at] &- UInt8(ascii: "0") < 10 { at += 1 }
      // Zeros at the end say nothing, however many there are.
      var end = at
      while end > firstDecimal, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
      for place in firstDecimal..<end {
        guard value < 100_000_000_000_000_000 else { return nil }
        value = value * 10 + Int64(text[place] - UInt8(ascii: "0"))
        power -= 1
      }
    }
    if at < text.count {
      guard let exponent = exponent(text, from: at) else { return nil }
      power += exponent
    }
    while power < 0, value % 10 == 0, value != 0 {
      value /= 10
      power += 1
    }
    guard value != 0 else { return 0 }
    guard power >= 0, let whole = shifted(value, by: power), whole < 1_000_000_000_000_000_000
    else { return nil }
    return whole
  }

  /// Whether the text says that a number is not known.
  package static func isUnknown(_ text: String) -> Bool {
    text.utf8.count <= 4
      && ["nan", "null", "none", "n/a", "na", "<na>", "-"].contains(text.lowercased())
  }

  /// A decimal number times 10^`scale`, such as `0.25` or `2.5e-1`, cut after the last digit that
  /// counts; nil when it is none or beyond 4 * 10^18.
  package static func decimal(_ text: borrowing Span<UInt8>, scale: Int) -> Int64? {
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    var at = isNegative ? 1 : 0
    var mantissa: Int64 = 0
    var digits = 0
    var power = scale
    var isFraction = false
    while at < text.count {
      let byte = text[at]
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        let digit = byte &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        digits += 1
        if mantissa < 400_000_000_000_000_000 {
          mantissa = mantissa * 10 + Int64(digit)
          if isFraction { power -= 1 }
        } else if !isFraction {
          power += 1
        }
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    if at < text.count {
      guard let exponent = exponent(text, from: at) else { return nil }
      power += exponent
    }
    guard let value = shifted(mantissa, by: power), value <= 4_000_000_000_000_000_000 else {
      return nil
    }
    return isNegative ? -value : value
  }

  private static func exponent(_ text: borrowing Span<UInt8>, from start: Int) -> Int? {
    guard text[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var at = start + 1
    guard at < text.count else { return nil }
    let isNegative = text[at] == UInt8(ascii: "-")
    if isNegative || text[at] == UInt8(ascii: "+") { at += 1 }
    guard at < text.count, text.count - at <= 4 else { return nil }
    var value = 0
    while at < text.count {
      let digit = text[at] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      at += 1
    }
    return isNegative ? -value : value
  }

  private static func shifted(_ value: Int64, by power: Int) -> Int64? {
    guard value != 0 else { return 0 }
    var value = value
    if power < 0 {
      for _ in 0..<min(-power, 19) { value /= 10 }
      return value
    }
    for _ in 0..<min(power, 19) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
    }
    return value
  }

  /// Appends the whole numbers of a list such as `[1, 2]`, `1;2` or `1 2`; false when something
  /// else is in it.
  package static func appendList(_ text: borrowing Span<UInt8>, to numbers: inout [Int64]) -> Bool {
    var at = 0
    var end = text.count
    if end > 0, text[0] == UInt8(ascii: "[") {
      guard end > 1, text[end - 1] == UInt8(ascii: "]") else { return false }
      at = 1
      end -= 1
    }
    while at < end {
      if isSeparator(text[at]) {
        at += 1
        continue
      }
      let start = at
      while at < end, !isSeparator(text[at]) { at += 1 }
      guard let number = integer(text.extracting(start..<at)) else { return false }
      numbers.append(number)
    }
    return true
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte <= UInt8(ascii: " ")
  }
}
