import Charts
import ServingSim

/// How far the objectives are met.
enum ObjectiveCharts {
  /// nil when no run states an objective.
  static func attainment(_ runs: [RunDigest]) -> Chart? {
    let stated = Objective.allCases.filter { objective in
      runs.contains { $0.metrics.objectives.stated.contains { $0.objective == objective } }
    }
    guard !stated.isEmpty, runs.contains(where: { $0.metrics.objectives.share != nil }) else {
      return nil
    }
    let names = stated.map { name($0, runs) } + ["every objective"]
    let shares = runs.map { run in
      stated.map { objective in
        run.metrics.objectives.stated.first { $0.objective == objective }?.share
      } + [run.metrics.objectives.share]
    }
    let layers = runs.indices.map { index in
      Chart.Layer.bars(
        Bars(
          runs[index].label, values: shares[index].map { $0.map { $0 * 100 } },
          labels: shares[index].map { $0.map { Figures.percent($0) + " %" } ?? "" },
          series: index))
    }
    return Chart(
      title: "Requests that met the objectives",
      summary: "Share of the requests that ended (refused ones included) and met each objective.",
      x: Axis("Requests", unit: "%", includes: [0, 100]),
      y: Axis("", unit: "", scale: .categories(names)), layers: layers,
      table: DataTable(
        header: ["Objective"] + runs.map { "\($0.label) (%)" },
        rows: names.indices.map { row in
          [names[row]] + shares.map { $0[row].map { Figures.percent($0) } ?? "-" }
        }))
  }

  /// With its bound, where all runs that state one state the same.
  private static func name(_ objective: Objective, _ runs: [RunDigest]) -> String {
    let bounds = Set(
      runs.flatMap(\.metrics.objectives.stated).filter { $0.objective == objective }
        .map { $0.own > 0 ? nil : $0.bound })
    let name = objective.rawValue.uppercased()
    guard bounds.count == 1, let bound = bounds.first ?? nil else { return name }
    return "\(name) ≤ \(TimeUnit.text(bound))"
  }
}
