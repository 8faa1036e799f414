/// The original's table of a run.
struct RunSummary {
  private let settings: OriginalSettings
  private let run: OriginalRun

  init(_ settings: OriginalSettings, _ run: OriginalRun) {
    self.settings = settings
    self.run = run
  }

  private var isFirst: Bool { settings.behaviour.release == .v0_1_0 }
  private var rule: String { String(repeating: isFirst ? "─" : "-", count: 46) + "\n" }
  private var title: String { String(repeating: " ", count: 14) + "SIMULATION SUMMARY" }

  var text: String {
    "\n" + rule + PythonFormat.left(title, 46) + "\n" + rule + rows.joined() + rule
      + settings.behaviour.list
  }

  private var rows: [String] {
    let total = run.prefillSeconds + run.decodeSeconds
    return [
      row("GPU", settings.gpu.name),
      row("Model", settings.model.name),
      row("Export rate (s)", exportRate),
      row("KV cache enabled", settings.hasKVCache ? "True" : "False"),
      row("Prefix cache", prefixCache),
      row("Prefill time", seconds(run.prefillSeconds) + "s (" + hours(run.prefillSeconds) + " h)"),
      row("Decode time", seconds(run.decodeSeconds) + "s (" + hours(run.decodeSeconds) + " h)"),
      row("Total time", seconds(total) + " s  (" + hours(total) + " h)"),
      row("p95 latency", right(PythonFormat.grouped(run.latency95() ?? 0, 0)) + " ms"),
      row("Cache hit ratio", right(PythonFormat.fixed(run.hitRatio * 100, 2) + "%")),
      row("LRU evictions", right(String(run.evictions))),
    ]
  }

  private func row(_ name: String, _ value: String) -> String {
    PythonFormat.left(name, 28) + (isFirst ? "│ " : "| ") + value + "\n"
  }

  private var exportRate: String {
    settings.behaviour.corrects(.exportRate)
      ? PythonFormat.general(settings.exportRate, digits: 6)
      : PythonFormat.grouped(settings.exportRate, 1)
  }

  private var prefixCache: String {
    let least = (isFirst ? "≥" : ">=") + "\(settings.prefixMinimum)t"
    return "\(settings.policy.rawValue) | \(least) | \(settings.scope.rawValue)"
  }

  private func right(_ text: String) -> String { PythonFormat.right(text, 9) }
  private func seconds(_ x: Double) -> String { right(PythonFormat.grouped(x, 1)) }
  private func hours(_ x: Double) -> String {
    PythonFormat.right(PythonFormat.fixed(x / 3600, 2), 6)
  }
}
