import Charts
import KavierOriginal
import Report

/// Experiment 3: prefixes of sessions in a store of prompts.
struct PrefixCaching: ExperimentRun {
  let trace: MarconiLike
  let simulatedRequests: Int

  private static let published: [(minimum: Int, kept: Int, hits: Double, hours: Double)] = [
    (1_000_000, 8, 0, 124.15), (1024, 2, 1.32, 122.83), (1024, 4, 2.52, 121.78),
    (1024, 8, 5.14, 119.41), (2048, 8, 4.72, 119.21), (4096, 8, 4.56, 118.56),
    (1024, 16, 11.21, 113.31), (2048, 16, 9.75, 113.14), (4096, 16, 8.44, 113.08),
    (1024, 32, 23.96, 97.48), (1024, 64, 57.70, 43.21),
  ]

  func section() throws -> Section {
    var section = Section(
      id: "3", title: "Prefix caching",
      setUp: """
        Llama 3 8B on one A10, policy prefill, scope session. The token lists are not public. The \
        trace of 1.3 is used, whose sessions and lengths are drawn so that prefixes of 1024 tokens \
        hit as often, and save as much, as published; the rows of 2048 and 4096 come out.
        """)
    var hits = Table("Hits (%)", ["minimum, kept"] + Comparison.columns)
    var hours = Table("Prefill in hours", ["minimum, kept"] + Comparison.columns)
    var ours: [(hits: Double, hours: Double)] = []
    for row in Self.published {
      let run = try run(minimum: row.minimum, kept: row.kept)
      ours.append((run.hitRatio * 100, run.prefillSeconds / 3600))
      let name = row.minimum == 1_000_000 ? "off" : "\(row.minimum), \(row.kept)"
      hits.add([name] + Comparison.cells(row.hits, run.hitRatio * 100, decimals: 2))
      hours.add([name] + Comparison.cells(row.hours, run.prefillSeconds / 3600, decimals: 2))
    }
    section.tables = [hits, hours, try blocks()]
    section.charts = Self.charts(ours)
    section.findings = findings
    return section
  }

  /// Over the prompts kept, of prefixes of 1024 tokens.
  private static func charts(_ ours: [(hits: Double, hours: Double)]) -> [Chart] {
    let rows = published.indices.filter { published[$0].minimum == 1024 }
    let kept = rows.map { published[$0].kept }
    return [
      Pictures.kept(
        "Hits", unit: "%", kept: kept, published: rows.map { published[$0].hits },
        ours: rows.map { ours[$0].hits }),
      Pictures.kept(
        "Prefill", unit: "h", kept: kept, published: rows.map { published[$0].hours },
        ours: rows.map { ours[$0].hours }),
    ]
  }

  private func run(minimum: Int, kept: Int) throws -> OriginalRun {
    var settings = try OriginalSettings.published("A10", "Llama-3-8B")
    settings.prefixMinimum = minimum
    settings.cachedPrompts = kept
    var run = OriginalRun(settings)
    trace.eachRow(withTokens: true) { _ = run.serve($0) }
    return run
  }

  /// The same prompts in blocks of a KV cache as large as the accelerator's memory leaves room for.
  private func blocks() throws -> Table {
    let batched = BatchedTrace(trace, simulatedRequests)
    var table = Table(
      "Llama 3.1 8B on one A100 80GB with the full simulator, 64 at once, hours for the whole trace",
      ["prefix cache", "hours", "prompt tokens hit (%)", "TTFT p50 (s)"])
    for isOn in [false, true] {
      let metrics = Metrics(try batched.run(concurrency: 64, prefixCaching: isOn))
      table.add([
        isOn ? "on" : "off",
        Figures.fixed(batched.hours(metrics), decimals: 2),
        metrics.cache.prefixHitRatio.map { Figures.percent($0) } ?? "-",
        metrics.latency.timeToFirstToken.map { Figures.fixed($0.p50, decimals: 2) } ?? "-",
      ])
    }
    return table
  }

  private var findings: [String] {
    [
      """
      Not reproduced to the digit: the hits of 2048 and 4096. They follow from how many prompts \
      are shorter, which is not published; lognormal lengths are assumed.
      """,
      """
      Holds: prefixes of sessions save prefill as soon as enough of them are kept, and too few \
      kept save next to nothing.
      """,
      """
      Turns: what is kept. The original counts prompts and gives a hit the whole prefill for \
      nothing, however long the rest. An engine keeps blocks until the memory is needed, so its \
      capacity is one of tokens and falls when more requests run at once, and a hit still \
      computes what is new.
      """,
      """
      Turns: that a longer minimum saves more with fewer hits. It does so only because a hit \
      erases a prompt of any length; with blocks of 16 tokens there is no minimum to choose.
      """,
    ]
  }
}
