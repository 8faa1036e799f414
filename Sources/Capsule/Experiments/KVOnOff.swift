import Charts
import KavierOriginal
import Report
import ServingSim

/// Experiment 2: with and without a KV cache.
struct KVOnOff: ExperimentRun {
  let trace: MarconiLike
  /// How many requests the full simulator plays.
  let simulatedRequests: Int

  /// Hours of prefill, of decode with and of decode without a KV cache.
  private static let published: [(model: String, prefill: Double, on: Double, off: Double)] = [
    ("Llama-3-8B", 50.14, 117.20, 58_006.02), ("Llama-2-13B", 81.06, 190.45, 94_259.84),
    ("Granite-20B", 124.36, 293.01, 145_015.13), ("MPT-30B", 186.20, 439.52, 217_522.70),
  ]

  func section() throws -> Section {
    var section = Section(
      id: "2", title: "KV caching on and off",
      setUp: """
        Four models on an A100-80GB with the trace of 1.3, requests one after the other. The \
        published set-up says --gpu A100 and a small trace; its figures are those of A100-80GB \
        and the whole trace.
        """)
    var hours = Table("GPU hours", ["model and stage"] + Comparison.columns)
    for (model, prefill, on, off) in Self.published {
      let cached = try run(model, hasKVCache: true)
      let uncached = try run(model, hasKVCache: false)
      hours.add(
        ["\(model) prefill"] + Comparison.cells(prefill, cached.prefillSeconds / 3600, decimals: 2))
      hours.add(
        ["\(model) decode, on"] + Comparison.cells(on, cached.decodeSeconds / 3600, decimals: 2))
      hours.add(
        ["\(model) decode, off"] + Comparison.cells(off, uncached.decodeSeconds / 3600, decimals: 2)
      )
    }
    let (batched, bars) = try batched()
    section.tables = [hours, batched]
    section.charts = [bars]
    section.findings = findings
    return section
  }

  private func run(_ model: String, hasKVCache: Bool) throws -> OriginalRun {
    var settings = try OriginalSettings.published("A100-80GB", model)
    settings.hasKVCache = hasKVCache
    var run = OriginalRun(settings)
    trace.eachRow(withTokens: false) { _ = run.serve($0) }
    return run
  }

  /// One replica with batching, each client sending its next request when it has an answer.
  private func batched() throws -> (Table, Chart) {
    let batched = BatchedTrace(trace, simulatedRequests)
    var table = Table(
      "Llama 3.1 8B on one A100 80GB with the full simulator, hours for the whole trace",
      ["at once", "hours", "of the original's 167.34", "MFU (%)", "MBU (%)"])
    var (names, values) = (["original"], [167.34])
    func add(_ name: String, _ run: FinishedRun) {
      let metrics = Metrics(run)
      let (hours, replica) = (batched.hours(metrics), metrics.replicas[0])
      names.append(name)
      values.append(hours)
      table.add([
        name, Figures.fixed(hours, decimals: 2),
        Figures.fixed(hours / 167.34 * 100, decimals: 1) + " %",
        replica.modelFLOPsUtilization.map { Figures.percent($0) } ?? "-",
        replica.modelBandwidthUtilization.map { Figures.percent($0) } ?? "-",
      ])
    }
    for concurrency in [1, 8, 64, 256] {
      add("\(concurrency)", try batched.run(concurrency: concurrency, prefixCaching: false))
    }
    add(
      "64, prompts only", try batched.run(concurrency: 64, prefixCaching: false, promptsOnly: true))
    let bars = Pictures.bars(
      "GPU hours by requests at once", unit: "h", names: names, values: values,
      labels: values.map { Figures.fixed($0, decimals: 1) })
    return (table, bars)
  }

  private var findings: [String] {
    [
      """
      Holds: a KV cache is what makes serving possible; no engine offers to do without. The size \
      of the gain without it is the quadratic sum of the outputs and leaves out the prompts, so \
      the published hours are a lower bound for a system that nobody would build.
      """,
      """
      Turns: that decode takes 70 % of the GPU hours. It is so for one request at a time. Where \
      requests are batched, they share the reading of the weights, and what is left is the \
      prefill: compare the two rows of 64 at once.
      """,
    ]
  }
}
