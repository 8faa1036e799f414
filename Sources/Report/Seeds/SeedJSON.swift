import TextAndBytes

/// A report over seeds under stable names; figures in the units of report.json.
package enum SeedJSON {
  package static func render(_ report: SeedReport) -> String {
    JSON.object(of: [
      ("name", .string(report.name)),
      ("seeds", .array(report.seeds.map { .whole($0) })),
      ("hashes", .array(report.runs.map { .string($0.metrics.outcomeHashText) })),
      ("currency", report.currency.isEmpty ? .null : .string(report.currency)),
      ("remarks", .array(report.remarks.map { .string($0) })),
      ("verdict", JSONReport.verdict(report.verdicts)),
      ("objectives", .array(report.verdicts.map(JSONReport.judged))),
      ("figures", .object(of: report.rows.map { ($0.figure.key, row($0)) })),
    ]).document
  }

  private static func row(_ row: SeedReport.Row) -> JSON {
    .object(of: [
      ("mean", .decimal(row.estimate.mean)),
      ("low", .optional(row.estimate.interval?.lowerBound)),
      ("high", .optional(row.estimate.interval?.upperBound)),
      ("least", .optional(row.values.min())), ("most", .optional(row.values.max())),
      ("values", .array(row.values.map { .decimal($0) })),
    ])
  }
}
