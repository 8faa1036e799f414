import Impact
import KavierOriginal
import Report
import ServingSim

/// The published efficiency figures, and those of the energy that OpenDC gives for experiment 1.2.
struct EfficiencyFigures: ExperimentRun {
  let trace: MarconiLike
  let simulatedRequests: Int

  func section() throws -> Section {
    var section = Section(
      id: "efficiency", title: "Efficiency",
      setUp: """
        An A10 at 1.2 an hour. The published notebook compares 120 h of reality with 0.0305 h of \
        simulation; the energy is of OpenDC for the tasks of 1.2 on 20 hosts (CPU idle 50 W, GPU \
        30 to 150 W, linear), all submitted at once.
        """)
    section.tables = [degenerate(), try energy(), try fleet()]
    section.findings = [
      """
      The published metric cannot tell reality from simulation: price per second over tokens per \
      second is price over tokens, then divided by the hours again, so hours cancel and any \
      simulation is exact. It is also per 10^9 tokens, not per million.
      """,
      """
      What a user asks, money and energy for a million tokens, follows from hours and joules: \
      kavier eff --fix units, and the bill of kavier simulate for a fleet.
      """,
      """
      Turns: what a token costs. Served together, requests need a fraction of the price and of the \
      energy that serving one at a time takes.
      """,
    ]
    return section
  }

  /// Tokens of the whole trace.
  private static let tokens = Double(MarconiTotals.inputTokens + MarconiTotals.outputTokens)

  private func degenerate() -> Table {
    var table = Table("Price 1.2 an hour", ["figure"] + Comparison.columns)
    for (name, hours, published) in [("reality", 120.0, 144.0), ("simulation", 0.0305, 0.0366)] {
      table.add(["\(name), price"] + Comparison.cells(published, hours * 1.2, decimals: 4))
      let metric = hours * 1.2 / Self.tokens / (hours * 3600) * 1e9
      table.add(["\(name), metric x 10^6"] + Comparison.cells(310.7908, metric * 1e6, decimals: 4))
    }
    return table
  }

  private func energy() throws -> Table {
    let settings = try OriginalSettings.published("A10", "Llama-3-8B")
    let outputs = [11, 25] + MeasuredA10.answers
    let requests = outputs.map {
      settings.times.prefill(7) + settings.times.decode($0, after: 7)
    }
    let tokens = Double(outputs.reduce(0) { $0 + $1 + 7 })
    let seconds = requests.reduce(0, +)
    // Each host idles until the last task ends; a task adds the GPU's dynamic 120 W at its use.
    let idle = 20 * 80 * (requests.max() ?? 0)
    let busy = requests.reduce(0) { sum, total in
      let edges = min(total, 0.4)
      return sum + 120 * (edges * 0.5 + (total - edges) * 0.95)
    }
    var table = Table(
      "The tasks of 1.2 for a million tokens, measured with OpenDC against ours",
      ["figure"] + Comparison.columns)
    table.add(["joules"] + Comparison.cells(1_128_224, idle + busy, decimals: 0))
    table.add(
      ["Wh"] + Comparison.cells(11_552.5, (idle + busy) / 3600 / tokens * 1e6, decimals: 1))
    table.add(
      ["price at 1.2"] + Comparison.cells(14.7766, seconds / 3600 * 1.2 / tokens * 1e6, decimals: 4)
    )
    return table
  }

  /// The trace of 1.3 for a million tokens: by the original on an A100-80GB, and batched.
  private func fleet() throws -> Table {
    let intensity = Grids.named("NLD")?.intensity ?? 0
    var table = Table(
      """
      Llama 3 8B on one A100 80GB for a million tokens, at 1.2 an hour and the grid of the \
      Netherlands (\(Figures.fixed(intensity, decimals: 0)) g/kWh); accelerators alone
      """, ["requests at once", "price", "Wh", "gCO2"])
    func add(_ name: String, hours: Double, joules: Double, tokens: Double) {
      let watthours = joules / 3600 / tokens * 1e6
      table.add([
        name, Figures.fixed(hours * 1.2 / tokens * 1e6, decimals: 4),
        Figures.fixed(watthours, decimals: 1),
        Figures.fixed(watthours / 1000 * intensity, decimals: 2),
      ])
    }
    // At the original's use of 95 % between the idle and full draw that 0.5.3 gives the GPU.
    let seconds = 167.34 * 3600
    add("original", hours: 167.34, joules: seconds * (60 + 0.95 * 240), tokens: Self.tokens)
    let batched = BatchedTrace(trace, simulatedRequests)
    for concurrency in [1, 8, 64, 256] {
      let run = try batched.run(concurrency: concurrency, prefixCaching: false)
      let bill = Bill(run, plan: ImpactPlan())
      add(
        "full simulator, \(concurrency)", hours: (Metrics(run).makespan ?? 0) / 3600,
        joules: bill.total[.acceleratorEnergy], tokens: Double(bill.denominators.tokens))
    }
    return table
  }
}
