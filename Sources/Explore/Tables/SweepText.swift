import Charts
import Report
package import Scenarios
import TextAndBytes

/// What `kavier sweep` prints.
package enum SweepText {
  private static let mostRows = 25

  /// A query's rows.
  package static func render(_ table: StoreTable) -> String {
    guard !table.rows.isEmpty else { return "No rows.\n" }
    return lines(table.columns, table.rows.map { $0.map(text) }).joined(separator: "\n") + "\n"
  }

  /// The points, best first. `progress` is nil where nothing was run.
  package static func render(
    _ summary: SweepSummary, of sweep: Sweep, progress: SweepProgress?, place: String
  ) -> String {
    var lines = [head(summary, sweep, progress)]
    let ran = summary.rows.filter { $0.refusal == nil }
    if !ran.isEmpty {
      let isJudged = ran.contains { $0.verdict != nil }
      let by = ran.contains { $0.figures[SweepSummary.order[0]] != nil } ? "cost" : "TTFT"
      lines += [
        "", "Best first, \(isJudged ? "by verdict, then " : "")by \(by)" + seeds(sweep) + ".",
      ]
      lines += Self.lines(
        header(summary, ran), ran.prefix(mostRows).map { row($0, summary, ran) },
        atLeast: summary.columns.names.count)
      if ran.count > mostRows { lines.append("... and \(ran.count - mostRows) more.") }
    }
    lines += refusals(summary.rows)
    lines += ["", "All figures: \(place), table results; --query, --csv and --parquet give them."]
    return TextLayout.fit(lines).joined(separator: "\n") + "\n"
  }

  static func head(
    _ summary: SweepSummary, _ sweep: Sweep, _ progress: SweepProgress?
  ) -> String {
    let points = "\(sweep.name): \(counted(summary.rows.count, "point"))"
    guard let progress else { return points + " in the store." }
    var parts = ["\(progress.run) run now"]
    if progress.reused > 0 { parts.append("\(progress.reused) known before") }
    if progress.refused > 0 { parts.append("\(progress.refused) refused") }
    return
      "\(points), \(counted(sweep.seeds.count, "seed")) each: \(parts.joined(separator: ", "))."
  }

  private static func seeds(_ sweep: Sweep) -> String {
    sweep.seeds.count > 1 ? ", means over seeds" : ""
  }

  private static func counted(_ n: Int, _ what: String) -> String {
    "\(Figures.count(n)) \(what)\(n == 1 ? "" : "s")"
  }

  // MARK: table

  private struct Figure: Sendable {
    var key: String
    var head: @Sendable (String?) -> String
    var text: @Sendable (Double) -> String
  }

  private static let figures: [Figure] = [
    Figure(key: "ttft_p95_s", head: { _ in "TTFT p95" }, text: TimeUnit.text),
    Figure(key: "tpot_p95_s", head: { _ in "TPOT p95" }, text: TimeUnit.text),
    Figure(key: "cost_per_million_output_tokens", head: { "\($0 ?? "cost")/M out" }) {
      Figures.significant($0, digits: 4)
    },
    Figure(key: "carbon_per_request_gco2e", head: { _ in "gCO2e/req" }) {
      Figures.significant($0, digits: 3)
    },
    Figure(key: "goodput_requests_per_s", head: { _ in "goodput/s" }) {
      Figures.significant($0, digits: 4)
    },
    Figure(key: "requests_per_s", head: { _ in "req/s" }) { Figures.significant($0, digits: 4) },
  ]

  /// Those that some point has; goodput says more than throughput.
  private static func shown(_ rows: [SweepSummary.Row]) -> [Figure] {
    let known = figures.filter { figure in rows.contains { $0.figures[figure.key] != nil } }
    guard known.contains(where: { $0.key.hasPrefix("goodput") }) else { return known }
    return known.filter { $0.key != "requests_per_s" }
  }

  /// The best points, as far as they run; nil: none does.
  static func table(_ summary: SweepSummary) -> DataTable? {
    let ran = summary.rows.filter { $0.refusal == nil }
    guard !ran.isEmpty else { return nil }
    return DataTable(
      header: header(summary, ran), rows: ran.prefix(mostRows).map { row($0, summary, ran) })
  }

  private static func header(_ summary: SweepSummary, _ rows: [SweepSummary.Row]) -> [String] {
    let currency = rows.compactMap(\.currency).first
    return summary.columns.titles + (rows.contains { $0.verdict != nil } ? ["verdict"] : [])
      + shown(rows).map { $0.head(currency) }
  }

  private static func row(
    _ row: SweepSummary.Row, _ summary: SweepSummary, _ rows: [SweepSummary.Row]
  ) -> [String] {
    row.axes.map(\.plain)
      + (rows.contains { $0.verdict != nil } ? [row.verdict?.words ?? "-"] : [])
      + shown(rows).map { figure in row.figures[figure.key].map(figure.text) ?? "-" }
  }

  /// At most 80 columns wide as far as the axes leave room: columns on the right give way, which the
  /// store has anyway.
  private static func lines(_ header: [String], _ rows: [[String]], atLeast: Int = 1) -> [String] {
    func width(_ column: Int) -> Int { ([header] + rows).map { $0[column].count }.max() ?? 0 }
    var (count, total) = (0, -2)
    for column in header.indices {
      total += 2 + width(column)
      if total > TextLayout.width, count >= atLeast { break }
      count += 1
    }
    var table = TextTable(header: Array(header.prefix(count)))
    for row in rows { table.add(Array(row.prefix(count))) }
    return table.lines(width: TextLayout.width)
  }

  /// Why plans cannot be run, each reason once with how many it keeps out.
  private static func refusals(_ rows: [SweepSummary.Row]) -> [String] {
    let counts = reasons(rows)
    guard !counts.isEmpty else { return [] }
    let shown = counts.prefix(mostReasons)
    let more = counts.count - shown.count
    let all = counts.reduce(0) { $0 + $1.count }
    return ["", "Cannot be run: \(counted(all, "point"))."]
      + shown.map { "  \($0.count): \($0.reason)" }
      + (more > 0 ? ["  and \(counted(more, "other reason")) (message in the store)"] : [])
  }

  /// The most frequent one first.
  static func reasons(_ rows: [SweepSummary.Row]) -> [(reason: String, count: Int)] {
    var counts: [(reason: String, count: Int)] = []
    for reason in rows.compactMap(\.refusal).map(Refusal.short) {
      if let known = counts.firstIndex(where: { $0.reason == reason }) {
        counts[known].count += 1
      } else {
        counts.append((reason, 1))
      }
    }
    return counts.sorted { $0.count > $1.count }
  }

  private static let mostReasons = 5

  private static func text(_ value: StoreValue) -> String {
    if case .real(let x) = value { Figures.significant(x, digits: 4) } else { value.plain }
  }
}
