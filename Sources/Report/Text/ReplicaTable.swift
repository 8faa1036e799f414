import TextAndBytes

/// The replicas in text: one row each, or, for more than eight, their mean and extremes.
enum ReplicaTable {
  static let mostRows = 8

  static func lines(_ replicas: [ReplicaMetrics], of fleet: FleetSize) -> [String] {
    guard !replicas.isEmpty else { return [] }
    // A column in which nothing is known for any replica says nothing.
    let columns = columns.filter { column in replicas.contains { column.value($0) != nil } }
    var table = TextTable(
      header: [replicas.count <= mostRows ? "Replica" : fleet.text] + columns.map(\.title))
    if replicas.count <= mostRows {
      for replica in replicas {
        table.add([replica.title] + columns.map { $0.text($0.value(replica)) })
      }
    } else {
      let known = columns.map { column in replicas.compactMap { column.value($0) } }
      let mean = known.map { $0.reduce(0, +) / Double($0.count) }
      table.add(["mean"] + zip(columns, mean).map { $0.text($1) })
      table.add(["least"] + zip(columns, known).map { $0.text($1.min()) })
      table.add(["most"] + zip(columns, known).map { $0.text($1.max()) })
    }
    return table.lines(width: TextLayout.width)
      + legend(
        replicas.contains { $0.offShare != nil } ? "busy and off" : "busy",
        isChanging: replicas.contains { $0.presentShare != nil })
  }

  private static func legend(_ times: String, isChanging: Bool) -> [String] {
    let shares =
      isChanging ? "there of the makespan, \(times) of the time there" : "\(times) of the time"
    return TextLayout.wrap(
      "In %: \(shares), KV of the blocks (mean, peak), prefix hits, MFU, MBU.",
      width: TextLayout.width)
  }

  private struct Column: Sendable {
    enum Kind { case count, mean, share }

    var title: String
    var kind: Kind
    var value: @Sendable (ReplicaMetrics) -> Double?

    init(_ title: String, _ kind: Kind, value: @escaping @Sendable (ReplicaMetrics) -> Double?) {
      self.title = title
      self.kind = kind
      self.value = value
    }

    func text(_ x: Double?) -> String {
      guard let x else { return "-" }
      switch kind {
      case .share: return Figures.percent(x)
      case .count where x == x.rounded(): return Figures.fixed(x, decimals: 0)
      case .count, .mean: return Figures.significant(x, digits: 3)
      }
    }
  }

  private static let columns = [
    Column("requests", .count) { Double($0.requests) },
    Column("there", .share) { $0.presentShare },
    Column("busy", .share) { $0.busyShare },
    Column("off", .share) { $0.offShare },
    Column("running", .mean) { $0.meanRunning },
    Column("waiting", .mean) { $0.meanWaiting },
    Column("KV", .share) { $0.meanCacheUse },
    Column("peak", .share) { $0.peakCacheUse },
    Column("hits", .share) { $0.prefixHitRatio },
    Column("preempt.", .count) { Double($0.preemptions) },
    Column("MFU", .share) { $0.modelFLOPsUtilization },
    Column("MBU", .share) { $0.modelBandwidthUtilization },
  ]
}
