package import Accuracy
import TextAndBytes

/// What `kavier validate` prints of start-ups.
package enum StartupReport {
  package static func text(_ check: StartupCheck) -> String {
    var errors = TextTable(header: ["figure", "rows", "median", "bias", "worst", "row"])
    for row in StartupCheck.Figure.allCases.map(check.errors(of:)) {
      errors.add([
        row.figure.rawValue, "\(row.rows)", row.median.map(percent) ?? "-",
        Figures.signedPercent(row.bias), Figures.signedPercent(row.worst), row.worstID ?? "-",
      ])
    }
    var starts = TextTable(header: ["", "started", "refused"])
    for promised in [true, false] {
      starts.add(
        [promised ? "planned to start" : "planned not to"]
          + [true, false].map { "\(check.rows(starts: $0, promised: promised).count)" })
    }
    return lines(errors) + "\n" + lines(starts)
      + named("planned to start, and refused", check.rows(starts: false, promised: true))
      + named("planned not to start, and started", check.rows(starts: true, promised: false))
      + named("not planned", check.unplanned)
      + "\nErrors are of what the servers printed, in %; bias is the median of planned over\n"
      + "printed less one.\n"
  }

  private static func lines(_ table: TextTable) -> String {
    table.lines(width: TextLayout.width).map { $0 + "\n" }.joined()
  }

  /// Each row with why; empty without rows.
  private static func named(_ title: String, _ rows: [StartupCheck.Row]) -> String {
    guard !rows.isEmpty else { return "" }
    let lines = rows.flatMap { row in
      TextLayout.wrap("\(row.measured.id): \(row.planned.reason)", width: TextLayout.width - 2)
        .enumerated().map { ($0 == 0 ? "  " : "    ") + $1 + "\n" }
    }
    return "\n\(title)\n" + lines.joined()
  }

  private static func percent(_ share: Double) -> String {
    Figures.fixed(share * 100, decimals: 1)
  }

  package static func json(_ check: StartupCheck) -> String {
    JSON.object(of: [
      ("errors", .array(StartupCheck.Figure.allCases.map { json(check.errors(of: $0)) })),
      (
        "starts",
        .object(of: [
          ("promised_and_started", .count(check.rows(starts: true, promised: true).count)),
          ("promised_and_refused", ids(check.rows(starts: false, promised: true))),
          ("not_promised_and_started", ids(check.rows(starts: true, promised: false))),
          ("not_promised_and_refused", .count(check.rows(starts: false, promised: false).count)),
        ])
      ),
      (
        "not_planned",
        .array(
          check.unplanned.map {
            .object(of: [
              ("id", .string($0.measured.id)), ("reason", .string($0.planned.reason)),
            ])
          })
      ),
    ]).document
  }

  private static func ids(_ rows: [StartupCheck.Row]) -> JSON {
    .array(rows.map { .string($0.measured.id) })
  }

  private static func json(_ errors: StartupCheck.Errors) -> JSON {
    func percentage(_ share: Double?) -> JSON { .optional(share.map { $0 * 100 }) }
    return .object(of: [
      ("figure", .string(errors.figure.rawValue)), ("rows", .count(errors.rows)),
      ("median_ape", percentage(errors.median)), ("bias", percentage(errors.bias)),
      ("worst", percentage(errors.worst)),
      ("worst_row", errors.worstID.map { .string($0) } ?? .null),
    ])
  }
}
