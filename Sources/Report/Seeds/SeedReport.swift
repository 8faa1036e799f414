import Impact

/// One scenario, run with several seeds: means of its figures, and how far seeds are apart.
package struct SeedReport: Sendable {
  package struct Row: Sendable {
    package var figure: RunFigure
    /// Of each seed.
    package var values: [Double]
    package var estimate: SeedEstimate
  }

  package let name: String
  /// One a seed; at least one.
  package let runs: [ReckonedRun]
  /// Figures that every seed has.
  package let rows: [Row]

  package init(name: String, runs: [ReckonedRun]) {
    precondition(!runs.isEmpty, "no run to report")
    self.name = name
    self.runs = runs
    // Where the seed changes nothing, one run is all that is known.
    let told = Self.isRandom(runs) ? runs : Array(runs.prefix(1))
    rows = RunFigure.all.compactMap { figure in
      let values = told.compactMap(figure.value)
      // A mean over some of the seeds would be one of other runs than the rest.
      guard values.count == told.count else { return nil }
      return Row(figure: figure, values: values, estimate: SeedEstimate(values))
    }
  }

  package var seeds: [UInt64] { runs.map(\.metrics.seed) }
  package var verdicts: [JudgedObjective] { runs.verdicts }
  var currency: String { runs[0].bill?.plan.currency ?? "" }

  /// Whether several seeds were run, and the seed changes nothing.
  package var isSeedWithoutEffect: Bool { runs.count > 1 && !Self.isRandom(runs) }

  private static func isRandom(_ runs: [ReckonedRun]) -> Bool {
    Set(runs.map(\.metrics.outcomeHash)).count > 1
  }

  /// What a reader has to know before any figure, in sentences.
  package var remarks: [String] {
    guard let first = seeds.first, let last = seeds.last else { return [] }
    var remarks = [
      runs.count == 1
        ? "One seed: \(first). Without several seeds there are no intervals."
        : "\(runs.count) seeds: \(first) to \(last)."
    ]
    if isSeedWithoutEffect {
      remarks.append("The seed changes nothing here: one run stands for all, without intervals.")
    }
    let growing = runs.count { $0.metrics.queueGrowth?.isBacklog == true }
    if growing > 0 {
      remarks.append("Queues grew, so the fleet may not keep up: \(of(growing)).")
    }
    let partial = runs.count { $0.metrics.requests.isPartial }
    if partial > 0 { remarks.append("Covers only part of the run: \(of(partial)).") }
    return remarks
  }

  private func of(_ count: Int) -> String {
    count == runs.count ? "with every seed" : "with \(count) of the \(runs.count) seeds"
  }
}
