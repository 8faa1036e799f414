import Charts
import ServingSim

/// What was simulated: where the plans of the runs differ, then every value with its origin.
enum PlanSection {
  static func html(_ runs: [RunDigest]) -> String {
    let whole = runs.filter { !$0.plan.isEmpty }.map { run in
      HTMLText.element(
        "details", "",
        HTMLText.element(
          "summary", "",
          runs.count > 1 ? "Every value of \(HTMLText.escaped(run.label))" : "Every value")
          + HTMLText.element("div", "class=\"words\"", table(run)))
    }
    return HTMLText.element("div", "class=\"words\"", differences(runs)) + whole.joined()
      + runs.map { HTMLText.paragraph(identity($0, isAlone: runs.count == 1)) }.joined()
  }

  private static func table(_ run: RunDigest) -> String {
    HTMLText.table(
      DataTable(
        header: ["Field", "Value", "Where it comes from"],
        rows: run.plan.map { [$0.path, $0.value, $0.origin] }),
      caption: "The resolved scenario of \(run.label)")
  }

  /// Empty for one run, and where a plan is not known.
  private static func differences(_ runs: [RunDigest]) -> String {
    guard runs.count > 1, runs.allSatisfy({ !$0.plan.isEmpty }) else { return "" }
    let rows = differingLines(runs.map(\.plan))
    guard !rows.isEmpty else { return HTMLText.paragraph("The plans are the same.") }
    return HTMLText.table(
      DataTable(header: ["Field"] + runs.map(\.label), rows: rows),
      caption: "Where the plans differ")
  }

  /// Each field whose value is not the same in all plans, with its values.
  static func differingLines(_ plans: [[PlanLine]]) -> [[String]] {
    var paths: [String] = []
    var values: [String: [String?]] = [:]
    for (number, plan) in plans.enumerated() {
      for line in plan {
        if values[line.path] == nil {
          paths.append(line.path)
          values[line.path] = plans.map { _ in nil }
        }
        values[line.path]?[number] = line.value
      }
    }
    return paths.compactMap { path in
      guard let found = values[path], Set(found).count > 1 else { return nil }
      return [path] + found.map { $0 ?? "-" }
    }
  }

  private static func identity(_ run: RunDigest, isAlone: Bool) -> String {
    (isAlone ? "" : "\(run.label): ")
      + "seed \(run.metrics.seed), outcome hash \(run.metrics.outcomeHashText). "
      + "The same plan and seed give the same figures."
  }
}
