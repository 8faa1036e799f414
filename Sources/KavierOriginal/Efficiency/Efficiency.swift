/// What the original computes from its own tasks and from the power that OpenDC gives for them.
package struct Efficiency: Sendable {
  /// Sums over the files.
  package struct Sums: Sendable, Hashable {
    package var tokens: Int64
    /// As `tasks.parquet` has them, which 0.1.0 takes for milliseconds.
    package var duration: Int64
    package var joules: Double
    /// Grams of CO2.
    package var carbon: Double

    package init(tokens: Int64, duration: Int64, joules: Double, carbon: Double) {
      self.tokens = tokens
      self.duration = duration
      self.joules = joules
      self.carbon = carbon
    }
  }

  /// A line of the summary; no value: no price was given.
  package struct Line: Sendable, Hashable {
    package var name: String
    package var value: Double?
  }

  package let lines: [Line]

  /// `price`: of a GPU for an hour. 0.1.0 takes 10 without one.
  package init(_ sums: Sums, price: Double?, _ behaviour: Behaviour) {
    lines =
      behaviour.corrects(.units)
      ? Self.perMillionTokens(sums, price) : Self.first(sums, price ?? 10)
  }

  private static func first(_ sums: Sums, _ price: Double) -> [Line] {
    let tokens = Double(sums.tokens)
    let seconds = Double(sums.duration) / 1000
    let money = price / 3600 / (tokens / seconds) * 1_000_000
    return [
      Line(name: "financial_efficiency (EUR / million token / s)", value: money),
      Line(
        name: "sustainability_efficiency (Wh / million token / s)",
        value: sums.joules / 1000 / 1000 * seconds / (tokens / 1_000_000)),
      Line(
        name: "sustainability_efficiency (kgCO2 / million token / s)",
        value: sums.carbon / 1000 * seconds / (tokens / 1_000_000)),
      Line(name: "total_tokens", value: tokens),
      Line(name: "total_latency_s", value: seconds),
    ]
  }

  private static func perMillionTokens(_ sums: Sums, _ price: Double?) -> [Line] {
    let tokens = Double(sums.tokens)
    let hours = Double(sums.duration) / 1000 / 3600
    return [
      Line(name: "energy_efficiency (Wh/Mtoken)", value: sums.joules / 3600 / tokens * 1_000_000),
      Line(name: "carbon_efficiency (gCO2/Mtoken)", value: sums.carbon / tokens * 1_000_000),
      Line(
        name: "financial_efficiency ($/Mtoken)",
        value: price.map { hours * $0 / tokens * 1_000_000 }),
      Line(name: "total_tokens", value: tokens),
    ]
  }

  /// The table that the original prints.
  package var text: String {
    "\n----------  Efficiency summary  ----------\n" + lines.map(Self.row).joined()
      + "------------------------------------------\n"
  }

  private static func row(_ line: Line) -> String {
    let value = line.value.map { PythonFormat.general($0, digits: 6) }
    return PythonFormat.right(line.name, 42) + ": "
      + (value ?? "N/A  (pass --price to compute)") + "\n"
  }
}
