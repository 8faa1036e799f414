import ServingModel
import Charts
import ServingSim
import TextAndBytes

/// How requests fared by what they say of themselves, for terminals and pages: a table for each
/// label of which there are several.
enum LabelTables {
  static func all(_ metrics: Metrics) -> [(caption: String, data: DataTable)] {
    metrics.labels.filter { $0.parts.count + ($0.nobody == nil ? 0 : 1) > 1 }
      .map { ("How each \($0.label.phrase) fared", table($0)) }
  }

  static func lines(_ metrics: Metrics) -> [String] {
    let tables = all(metrics).map { caption, data in
      var table = TextTable(header: data.header)
      for row in data.rows { table.add(row) }
      return TextLayout.wrap(caption + ":", width: TextLayout.width)
        + table.lines(width: TextLayout.width)
    }
    return Array(tables.joined(separator: [""]))
  }

  private static func table(_ metrics: LabelMetrics) -> DataTable {
    let isJudged = metrics.parts.contains { $0.metAll != nil }
    var table = DataTable(
      header: [
        metrics.label.title, "requests", "TTFT p50", "p99", "TPOT p50", "p99", "E2E p50", "p99",
      ]
        + (isJudged ? ["met (%)"] : []))
    func add(_ name: String, _ part: LabelPart) {
      let latencies = [part.timeToFirstToken, part.timePerOutputToken, part.endToEnd]
      table.rows.append(
        [name, Figures.count(part.requests)]
          + latencies.flatMap { [$0?.p50, $0?.p99] }.map { $0.map { TimeUnit.text($0) } ?? "-" }
          + (isJudged ? [part.share.map { Figures.percent($0) } ?? "-"] : []))
    }
    for part in metrics.parts { add(part.name ?? "", part) }
    if let others = metrics.others { add("\(Figures.count(metrics.otherCount)) others", others) }
    if let nobody = metrics.nobody { add("(none)", nobody) }
    return table
  }
}
