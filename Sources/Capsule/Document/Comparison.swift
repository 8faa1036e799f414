import Report

/// A published figure and ours.
struct Comparison {
  static let columns = ["published", "ours", "difference"]

  /// The three cells; the difference is in per cent of the published figure where that is not 0.
  static func cells(_ published: Double, _ ours: Double, decimals: Int) -> [String] {
    [
      Figures.fixed(published, decimals: decimals), Figures.fixed(ours, decimals: decimals),
      published == 0
        ? Figures.fixed(ours - published, decimals: decimals)
        : signed((ours / published - 1) * 100) + " %",
    ]
  }

  static func signed(_ x: Double, decimals: Int = 2) -> String {
    let text = Figures.fixed(x, decimals: decimals)
    return text.hasPrefix("-") ? text : "+" + text
  }
}
