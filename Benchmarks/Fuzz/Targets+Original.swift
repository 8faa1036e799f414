import KavierOriginal

/// Traces of the original tool, and what it makes of OpenDC's results.
let originalTargets =
  ["csv", "parquet"].map { kind in
    Target(
      name: "perf-\(kind)", seeds: kind == "csv" ? Seeds.originalTraces : [Seeds.originalTable],
      command: "kavier perf --trace DIR/t.\(kind) --output_folder /tmp/out"
    ) { folder in
      for behaviour in [
        Behaviour(.v0_1_0), Behaviour(.v0_5_3),
        Behaviour(.v0_1_0, correcting: Set(Correction.allCases)),
      ] {
        for hasCache in [true, false] {
          var settings = try OriginalSettings(gpu: "A10", model: "Llama-3-8B", behaviour)
          settings.hasKVCache = hasCache
          settings.prefixMinimum = 2
          try perform(settings, path: "\(folder)/t.\(kind)")
        }
      }
      return true
    }
  } + [
    Target(
      name: "eff", seeds: [Seeds.originalResults],
      command: "kavier eff --kavier DIR/tasks.parquet --opendc DIR/powerSource.parquet"
    ) { folder in
      let sums = try Efficiency.Sums(
        tasks: "\(folder)/tasks.parquet", power: "\(folder)/powerSource.parquet")
      for fixes: Set<Correction> in [[], Set(Correction.allCases)] {
        _ = Efficiency(sums, price: 1.5, Behaviour(.v0_1_0, correcting: fixes)).text
      }
      return true
    }
  ]

private func perform(_ settings: OriginalSettings, path: String) throws {
  var run = OriginalRun(settings)
  var tasks = try TaskTable(settings, start: 0) { _ in }
  var fragments = try FragmentTable(settings) { _ in }
  try run.play(OriginalTrace(path: path, settings.behaviour), into: &tasks, &fragments)
  _ = run.summary()
}
