import TextAndBytes

/// Comparisons under stable names; figures in the units of report.json.
package enum PairedJSON {
  package static func render(
    _ sides: [PairedSide], _ comparisons: [PairedComparison], said: [String]
  ) -> String {
    JSON.object(of: [
      ("scenarios", .array(sides.map(side))),
      ("remarks", .array(said.map { .string($0) })),
      ("comparisons", .array(comparisons.map(comparison))),
    ]).document
  }

  private static func side(_ side: PairedSide) -> JSON {
    .object(of: [
      ("letter", .string(side.letter)), ("name", .string(side.name)),
      ("place", .string(side.place)), ("seeds", .array(side.seeds.map { .whole($0) })),
      ("hashes", .array(side.runs.map { .string($0.metrics.outcomeHashText) })),
      ("currency", side.currency.isEmpty ? .null : .string(side.currency)),
      ("verdict", JSONReport.verdict(side.verdicts)),
      ("objectives", .array(side.verdicts.map(JSONReport.judged))),
    ])
  }

  private static func comparison(_ comparison: PairedComparison) -> JSON {
    .object(of: [
      ("a", .string(comparison.a.letter)), ("b", .string(comparison.b.letter)),
      ("same_outcome", .bool(comparison.isSameOutcome)),
      ("figures", .object(of: comparison.rows.map { ($0.key, row($0)) })),
    ])
  }

  private static func row(_ row: PairedComparison.Row) -> JSON {
    .object(of: [
      ("a", .decimal(row.difference.a)), ("b", .decimal(row.difference.b)),
      ("difference", estimate(row.difference.difference)),
      ("ratio", row.difference.ratio.map(estimate) ?? .null),
      ("values_a", .array(row.values.a.map { .decimal($0) })),
      ("values_b", .array(row.values.b.map { .decimal($0) })),
    ])
  }

  private static func estimate(_ estimate: SeedEstimate) -> JSON {
    .object(of: [
      ("mean", .decimal(estimate.mean)),
      ("low", .optional(estimate.interval?.lowerBound)),
      ("high", .optional(estimate.interval?.upperBound)),
    ])
  }
}
