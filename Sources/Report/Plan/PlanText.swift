package import ServingSim

/// A plan for a terminal: each resolved field, its value and where that comes from, in columns
/// within 80 characters.
package enum PlanText {
  /// The text, with a newline at its end.
  package static func render(_ lines: [PlanLine]) -> String {
    let path = width(of: lines.map(\.path), atMost: 34)
    let value = width(of: lines.map(\.value), atMost: 20)
    let origin = TextLayout.width - path - value - 4
    return lines.flatMap {
      TextLayout.row([($0.path, path), ($0.value, value), ($0.origin, origin)])
    }.map { $0 + "\n" }.joined()
  }

  private static func width(of texts: [String], atMost limit: Int) -> Int {
    max(1, min(limit, texts.map(\.count).max() ?? 1))
  }
}
