package import Impact
import Parquet
package import ServingModel
package import ServingSim
import SimKernel

/// A finished run as OpenDC's workload (schema of its 2026 releases): a task an accelerator, which
/// lasts as long as the run and whose fragments are what the accelerator draws. Each task is to get
/// a host of its own, with one GPU, and every task begins with the run. OpenDC's energy of it is
/// that of the run's bill.
package struct OpenDCExport {
  /// Where accelerators of one kind come together: OpenDC does not look at GPUs when it chooses a
  /// host, so each kind is a workload of its own.
  package struct Kind {
    package var accelerator: Accelerator
    /// The accelerator's id as a folder's name that no other kind has.
    package var name: String
    package var power: OpenDCPower
    package var tasks: [Task]
  }

  package struct Task {
    package var name: String
    var fragments: [LoadFragments.Fragment]

    package var milliseconds: Int64 { fragments.reduce(0) { $0 + $1.milliseconds } }

    /// In which steps run.
    package var busyMilliseconds: Int64 {
      fragments.reduce(0) { $0 + ($1.isBusy ? $1.milliseconds : 0) }
    }
  }

  package let kinds: [Kind]
  /// The run's name as a folder's.
  package let name: String
  /// Milliseconds since 1970 of the run's start.
  package let start: Int64
  package let carbon: CarbonTrace?

  /// Without a date in the plan the run begins with 2026.
  private static let unknownStart: Int64 = 1_767_225_600_000

  /// Takes power, hosts, facility, grid and date of the plan.
  package init(_ run: FinishedRun, plan: ImpactPlan) throws(OpenDCProblem) {
    try Self.check(run)
    let profiles = DrawProfile.all(run, plan: plan)
    var kinds: [Kind] = []
    for accelerator in Self.accelerators(of: run) {
      let numbers = run.replicas.indices.filter { run.replicas[$0].accelerator == accelerator }
      let power = OpenDCPower(
        numbers.map { (run.replicas[$0], profiles[$0]) }, plan: plan)
      let tasks = numbers.flatMap { Self.tasks($0, run.replicas[$0], profiles[$0], power) }
      let name = FolderName.of(accelerator.id, otherThan: kinds.map(\.name))
      kinds.append(Kind(accelerator: accelerator, name: name, power: power, tasks: tasks))
    }
    self.kinds = kinds
    name = FolderName.of(run.name, otherThan: [])
    let start = plan.start ?? Self.unknownStart
    self.start = start
    // OpenDC's datacenter is in one place.
    let isOnePlace = plan.regions.values.allSatisfy { $0.grid == nil }
    carbon = isOnePlace ? plan.grid.map { CarbonTrace($0.value, from: start) } : nil
  }

  private static func accelerators(of run: FinishedRun) -> [Accelerator] {
    var kinds: [Accelerator] = []
    for case let accelerator? in run.replicas.map(\.accelerator)
    where !kinds.contains(accelerator) { kinds.append(accelerator) }
    return kinds
  }

  private static func tasks(
    _ number: Int, _ replica: FinishedReplica, _ profile: DrawProfile, _ power: OpenDCPower
  ) -> [Task] {
    let load = LoadFragments(profile, accelerators: replica.acceleratorCount, power: power)
    return (0..<replica.acceleratorCount).map { index in
      Task(name: "replica-\(number)-accelerator-\(index)", fragments: load.fragments)
    }
  }

  /// The name of the experiment of `kind`, under which OpenDC files its results: of several kinds,
  /// one each.
  package func experimentName(_ kind: Kind) -> String {
    kinds.count == 1 ? name : "\(name)-\(kind.name)"
  }

  /// The energy that OpenDC is to find.
  package var energy: Joules {
    kinds.reduce(Joules.zero) { $0 + $1.energy }
  }
}

extension OpenDCExport.Kind {
  package var energy: Joules {
    var energy = 0.0
    for fragment in tasks.lazy.flatMap(\.fragments) {
      let watts =
        power.gpu.watts(load: fragment.gpuLoad) + power.cpu.watts(load: fragment.cpuLoad)
      energy += Double(fragment.milliseconds) / 1000 * watts
    }
    return Joules(energy)
  }
}

extension OpenDCExport {
  /// A run of which every accelerator's draw is known and that is long enough.
  private static func check(_ run: FinishedRun) throws(OpenDCProblem) {
    var reasons: [(text: String, replicas: Int)] = []
    for replica in run.replicas {
      guard let reason = reason(against: replica) else { continue }
      if let index = reasons.firstIndex(where: { $0.text == reason }) {
        reasons[index].replicas += 1
      } else {
        reasons.append((reason, 1))
      }
    }
    guard reasons.isEmpty else {
      throw OpenDCProblem(
        reasons.map { "\($0.text) (\($0.replicas) of \(run.replicas.count) replicas)" }
          .joined(separator: "\n"))
    }
    guard run.recording.end.seconds >= 0.001 else {
      throw OpenDCProblem(
        "the run takes less than a millisecond, which is the shortest that OpenDC can have")
    }
  }

  private static func reason(against replica: FinishedReplica) -> String? {
    guard let accelerator = replica.accelerator, replica.meter != nil else {
      return "group \(replica.group) names no accelerator or no model; power needs both"
    }
    guard accelerator.thermalDesignPower == nil else { return nil }
    return """
      \(accelerator.id) of group \(replica.group) has no thermal design power; say it in the \
      scenario's accelerator
      """
  }
}

/// Names of folders.
private enum FolderName {
  /// `text` as one folder's name, and with a number where `others` have it.
  static func of(_ text: String, otherThan others: [String]) -> String {
    var name = String(text.map { $0 == "/" || $0 == "\0" || $0.isNewline ? "-" : $0 })
    if name.isEmpty || name.allSatisfy({ $0 == "." }) { name = "run" }
    var number = 2
    var unique = name
    while others.contains(unique) {
      unique = "\(name)-\(number)"
      number += 1
    }
    return unique
  }
}

/// Why a run cannot be exported, or OpenDC's output not be read.
package struct OpenDCProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }
}
