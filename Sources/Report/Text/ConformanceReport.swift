package import ServingSim
import TextAndBytes

/// What `kavier conformance` prints.
package enum ConformanceReport {
  package static func text(_ results: [Conformance]) -> String {
    var table = TextTable(header: ["run", "steps", "identical", "share"])
    for result in results {
      table.add([result.run, "\(result.steps)", "\(result.identical)", share(result)])
    }
    let steps = results.map(\.steps).reduce(0, +)
    let identical = results.map(\.identical).reduce(0, +)
    table.add([
      "all", "\(steps)", "\(identical)",
      share(Conformance(run: "", steps: steps, identical: identical, firstDifference: nil)),
    ])
    var lines = table.lines(width: TextLayout.width)
    for result in results {
      guard let difference = result.firstDifference else { continue }
      lines += TextLayout.wrap(
        "\(result.run) differs first at \(difference)", width: TextLayout.width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package static func json(_ results: [Conformance]) -> String {
    let runs = results.map { result in
      JSON.object(of: [
        ("run", .string(result.run)), ("steps", .count(result.steps)),
        ("identical", .count(result.identical)),
        ("first_difference", result.firstDifference.map { .string($0) } ?? .null),
      ])
    }
    return JSON.object(of: [("runs", .array(runs))]).document
  }

  /// Cut, not rounded, so that only all steps are 100 %.
  private static func share(_ result: Conformance) -> String {
    guard result.steps > 0 else { return "-" }
    let tenths = result.identical * 1000 / result.steps
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
