import KavierOriginal
import Report

/// Experiment 1.3: the whole trace at four export rates.
struct Scale: ExperimentRun {
  let trace: MarconiLike

  /// Seconds that the original took, as means of ten runs, by export rate.
  static let published: [(rate: Double, seconds: Double)] = [
    (1, 9.998), (0.1, 92.814), (0.01, 914.82), (0.001, 9035.23),
  ]

  func section() throws -> Section {
    var section = Section(
      id: "1.3", title: "Scale",
      setUp: """
        Llama 3 8B on one A10, \(Figures.count(trace.count)) requests, fragments every 1, 0.1, \
        0.01 and 0.001 s. The trace is not public; this one is drawn to its published totals.
        """)
    var hours = Table("Simulated time in hours", ["stage"] + Comparison.columns)
    var fragments = Table(
      "Fragments written", ["export rate (s)", "fragments", "bytes", "original took (s)"])
    for (rate, seconds) in Self.published {
      let (run, rows, bytes) = try Self.run(trace, rate: rate)
      if rate == 1 {
        hours.add(["prefill"] + Comparison.cells(124.159, run.prefillSeconds / 3600, decimals: 3))
        hours.add(["decode"] + Comparison.cells(377.981, run.decodeSeconds / 3600, decimals: 3))
        hours.add(
          ["together"]
            + Comparison.cells(
              502.140, (run.prefillSeconds + run.decodeSeconds) / 3600, decimals: 3))
      }
      fragments.add([
        "\(rate)", Figures.count(rows), Figures.count(bytes), Figures.fixed(seconds, decimals: 1),
      ])
    }
    section.tables = [hours, fragments]
    section.findings = [
      """
      The 502 hours that are called real-world time are the original's own simulated time: they \
      follow from the totals and the formulas to the third decimal. Nobody measured them.
      """,
      """
      Here a request's fragments are a few runs of equal rows, so time and size hardly depend on \
      the export rate; kavier-bench has the CPU time.
      """,
    ]
    return section
  }

  /// Runs the trace and counts what it would write.
  static func run(
    _ trace: MarconiLike, rate: Double
  ) throws -> (run: OriginalRun, rows: Int, bytes: Int) {
    var settings = try OriginalSettings.published("A10", "Llama-3-8B")
    settings.exportRate = rate
    var run = OriginalRun(settings)
    var bytes = 0
    var fragments = try FragmentTable(settings) { bytes += $0.count }
    try trace.eachRow(withTokens: false) { row in
      try fragments.append(run.serve(row))
    }
    try fragments.finish()
    return (run, fragments.rows, bytes)
  }
}
