/// Numbers as people read them.
package enum Figures {
  /// `x` with `decimals` digits after the point, rounded to the nearest.
  package static func fixed(_ x: Double, decimals: Int) -> String {
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let scaled = (x.magnitude * Double(power)).rounded()
    guard scaled < 1e18 else { return x.description }
    let whole = Int(scaled)
    let sign = x < 0 && whole > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    let fraction = String(whole % power)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return sign + String(whole / power) + "." + zeros + fraction
  }

  /// A share in percent with its sign and one decimal, as biases have it; `-`: it is not known.
  static func signedPercent(_ share: Double?) -> String {
    share.map { ($0 < 0 ? "" : "+") + fixed($0 * 100, decimals: 1) } ?? "-"
  }

  /// `x` with about `digits` significant digits; every digit before the point is kept, and no more
  /// than `digits` after it.
  package static func significant(_ x: Double, digits: Int) -> String {
    guard x != 0 else { return "0" }
    var decimals = digits
    var bound = 1.0
    while decimals > 0, x.magnitude >= bound {
      bound *= 10
      decimals -= 1
    }
    return fixed(x, decimals: decimals)
  }

  /// A count with a comma between thousands.
  package static func count(_ n: Int) -> String {
    var text = ""
    for (index, digit) in String(n.magnitude).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (n < 0 ? "-" : "") + String(text.reversed())
  }

  /// A share in per cent, without the sign. Never 0 or 100 for what is only near it.
  package static func percent(_ share: Double) -> String {
    let text = fixed(share * 100, decimals: 1)
    if text == "100.0", share < 1 { return ">99.9" }
    if text == "0.0", share > 0 { return "<0.1" }
    return text == "100.0" ? "100" : text
  }
}

/// The unit that a time is shown in.
package enum TimeUnit: String {
  case days = "d"
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "us"

  /// The largest unit that makes at least 1 of `seconds`, or 2 days.
  package init(for seconds: Double) {
    self =
      seconds >= 2 * 86_400
      ? .days : seconds >= 1 ? .seconds : seconds >= 1e-3 ? .milliseconds : .microseconds
  }

  /// `seconds` in this unit.
  package func value(_ seconds: Double) -> Double {
    switch self {
    case .days: seconds / 86_400
    case .seconds: seconds
    case .milliseconds: seconds * 1e3
    case .microseconds: seconds * 1e6
    }
  }

  /// `seconds` in the unit that suits them: `50 ms`, `2.5 s`, `365 d`.
  package static func text(_ seconds: Double) -> String {
    let unit = TimeUnit(for: seconds)
    let value = unit.value(seconds)
    var digits = Figures.significant(value, digits: 4)[...]
    if digits.contains(".") {
      while digits.last == "0" { digits.removeLast() }
      if digits.last == "." { digits.removeLast() }
    }
    return digits + " " + unit.rawValue
  }
}
