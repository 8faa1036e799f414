import ServingModel
import ServingSim

/// The most memory that a plan may take, and where that is from.
package struct MemoryLimit: Sendable {
  package var bytes: Double
  /// `what this machine has`.
  package var origin: String

  package init(bytes: Double, origin: String) {
    self.bytes = bytes
    self.origin = origin
  }

  /// As `--memory-limit` takes it, `8 GiB`; nil: not a size.
  package init?(_ text: String) {
    guard let size = Units<Bytes>.size.parse(text), size > .zero else { return nil }
    self.init(bytes: size.count, origin: "as --memory-limit says")
  }

  /// What is wrong with `what`, which takes `need` bytes; nil: nothing.
  func excess(_ need: Double, of what: String) -> String? {
    guard need > bytes else { return nil }
    return "\(what) would take about \(Self.text(need)) of memory; allowed are "
      + "\(Self.text(bytes)), \(origin)"
  }

  /// `9.2 GB`.
  private static func text(_ bytes: Double) -> String {
    let units = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6)]
    let (name, size) = units.first { bytes >= $0.1 } ?? ("kB", 1e3)
    return "\((min(bytes, 1e18) / size * 10).rounded() / 10) \(name)"
  }
}

/// What a scenario takes, gathered while it is planned and refused before it is taken.
struct MemoryNeed {
  /// nil: as much as it likes.
  let limit: MemoryLimit?
  var requests = 0.0
  var replicas = 0.0

  /// Whether `bytes` for requests are allowed; a problem at `origin` when they are not. What is
  /// refused is told once and does not count against the replicas.
  mutating func takes(
    requests bytes: Double, what: String, origin: Origin, path: String, issues: IssueList
  ) -> Bool {
    if let excess = limit?.excess(bytes, of: what) {
      issues.add(origin, path, excess)
      return false
    }
    requests = bytes
    return true
  }

  /// The same for all replicas that there may be at once, beside the requests.
  mutating func takes(
    replicas fleet: [ReplicaPlan], scaling: [ScalingPlan], powerModels: Int
  ) -> String? {
    replicas = 0
    var last: (plan: ReplicaPlan, bytes: Double)?
    for plan in fleet {
      // Replicas of a group are alike.
      if let last, last.plan.group == plan.group {
        replicas += last.bytes
        continue
      }
      let bytes = PlanMemory.replica(plan, fleet: fleet.count, powerModels: powerModels)
      last = (plan, bytes)
      replicas += bytes + PlanMemory.tables(of: plan)
    }
    var count = fleet.count
    for pool in scaling {
      let begun = fleet.count { $0.group == pool.group }
      let joining = max(0, pool.bounds.upperBound * pool.replica.dataParallelSize - begun)
      count += joining
      // They are recorded like those that the run begins with.
      replicas +=
        Double(joining)
        * PlanMemory.replica(pool.replica, fleet: fleet.count, powerModels: powerModels)
    }
    return limit?.excess(
      requests + replicas, of: "\(count) replicas with the requests of the workload")
  }
}
