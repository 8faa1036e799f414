import Charts
import ServingSim

/// The replicas of a fleet over time, as heat maps.
enum ReplicaCharts {
  enum Quantity { case running, waiting, busy, cacheUse }

  /// More rows than this are drawn as means of neighbours.
  static let mostRows = 48

  /// nil for one replica, and for several runs.
  static func heat(_ runs: [RunDigest], _ quantity: Quantity) -> Chart? {
    guard runs.count == 1, let run = runs.first, run.metrics.replicas.count > 1,
      !run.load.fleet.isEmpty
    else { return nil }
    let values = run.load.rows.map { $0.map(quantity.value) }
    let groups = grouped(values.count)
    let rows = groups.map { group in
      run.load.fleet.indices.map { column in mean(values[group].map { $0[column] }) }
    }
    let most = quantity == .busy ? 1 : rows.joined().compactMap { $0 }.max() ?? 0
    guard most > 0 else { return nil }
    let names = groups.map { name(of: $0, in: run) }
    let (time, scale) = Axis.time(runs)
    let map = HeatMap(
      from: 0, to: scale.value(run.end), rows: rows, least: 0, most: most,
      key: ("0", quantity.text(most) + " " + quantity.unit))
    return Chart(
      title: quantity.title, summary: quantity.summary + groupNote(groups),
      x: time, y: Axis("Replica", unit: "", scale: .categories(names)), layers: [.heat(map)],
      table: table(names, rows, quantity))
  }

  private static func grouped(_ count: Int) -> [Range<Int>] {
    let size = (count + mostRows - 1) / mostRows
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  private static func groupNote(_ groups: [Range<Int>]) -> String {
    guard let first = groups.first, first.count > 1 else { return "" }
    return " Each row is the mean of \(first.count) neighbouring engines."
  }

  private static func name(of group: Range<Int>, in run: RunDigest) -> String {
    let first = run.metrics.replicas[group.lowerBound]
    let last = run.metrics.replicas[group.upperBound - 1]
    return group.count == 1
      ? first.title : "\(first.number.text)–\(last.number.text) \(first.group)"
  }

  private static func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  private static func table(
    _ names: [String], _ rows: [[Double?]], _ quantity: Quantity
  ) -> DataTable {
    DataTable(
      header: ["Replica"] + ["mean", "least", "most"].map { "\($0) (\(quantity.unit))" },
      rows: zip(names, rows).map { name, row in
        let known = row.compactMap { $0 }
        return [name]
          + [mean(row), known.min(), known.max()].map { $0.map(quantity.text) ?? "-" }
      })
  }
}

extension ReplicaCharts.Quantity {
  var isShare: Bool { self == .busy || self == .cacheUse }

  var unit: String { isShare ? "%" : "requests" }

  func value(_ load: LoadFigures) -> Double? {
    switch self {
    case .running: load.running
    case .waiting: load.waiting
    case .busy: load.busyShare
    case .cacheUse: load.cacheUse
    }
  }

  func text(_ x: Double) -> String {
    isShare ? Figures.percent(x) : Figures.significant(x, digits: 3)
  }

  var title: String {
    switch self {
    case .running: "Batch by replica"
    case .waiting: "Queue by replica"
    case .busy: "Busy time by replica"
    case .cacheUse: "KV cache by replica"
    }
  }

  var summary: String {
    switch self {
    case .running: "Requests running in each replica over time."
    case .waiting: "Requests waiting in each replica's queue over time."
    case .busy: "Share of the time in which each replica ran a step."
    case .cacheUse: "Share of each replica's KV blocks that requests hold."
    }
  }
}
