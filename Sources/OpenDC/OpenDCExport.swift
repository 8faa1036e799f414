package import Impact
import Parquet
package import ServingSim
import SimKernel

/// A finished run as OpenDC's workload (schema of its 2026 releases): a task an accelerator, which
/// lasts as long as the run and whose fragments are what the accelerator does. Each task is to get
/// a host of its own, with one GPU, and every task begins with the run.
package struct OpenDCExport {
  /// Where accelerators of one kind come together: OpenDC does not look at GPUs when it chooses a
  /// host, so each kind is a workload of its own.
  package struct Kind {
    package var accelerator: Accelerator
    package var power: LinearPower
    package var tasks: [Task]
  }

  package struct Task {
    package var name: String
    var fragments: [LoadFragments.Fragment]

    package var milliseconds: Int64 { fragments.reduce(0) { $0 + $1.milliseconds } }

    /// In which steps run.
    package var busyMilliseconds: Int64 {
      fragments.reduce(0) { $0 + ($1.load > 0 ? $1.milliseconds : 0) }
    }
  }

  package let kinds: [Kind]
  /// Milliseconds since 1970 of the run's start.
  package let start: Int64
  package let carbon: CarbonTrace?

  /// Without a date in the plan the run begins with 2026.
  private static let unknownStart: Int64 = 1_767_225_600_000

  /// Takes power, grid and date of the plan, which names one power model.
  package init(_ run: FinishedRun, plan: ImpactPlan) throws(OpenDCProblem) {
    guard plan.power.count == 1, let choice = plan.power.first else {
      let names = plan.power.map(\.name).joined(separator: ", ")
      throw OpenDCProblem(
        "impact.power has \(names); OpenDC takes one: --set impact.power=\(plan.power[0].name)")
    }
    var kinds: [Kind] = []
    var energy = Joules.zero
    for (number, replica) in run.replicas.enumerated() {
      let (accelerator, power) = try Self.power(of: replica, number, choice)
      let load = LoadFragments(
        run.recording.replicas[number], power: power, until: run.recording.end)
      energy += power.energy(of: run.recording.replicas[number], until: run.recording.end)
      let tasks = (0..<replica.acceleratorCount).map { index in
        Task(name: "replica-\(number)-accelerator-\(index)", fragments: load.fragments)
      }
      if let index = kinds.firstIndex(where: { $0.accelerator == accelerator }) {
        kinds[index].tasks += tasks
      } else {
        kinds.append(Kind(accelerator: accelerator, power: power, tasks: tasks))
      }
    }
    self.kinds = kinds
    modelEnergy = energy
    let start = plan.start ?? Self.unknownStart
    self.start = start
    carbon = plan.grid.map { CarbonTrace($0.value, from: start) }
  }

  private static func power(
    of replica: FinishedReplica, _ number: Int, _ choice: PowerChoice
  ) throws(OpenDCProblem) -> (Accelerator, LinearPower) {
    guard let accelerator = replica.accelerator, let meter = replica.meter else {
      throw OpenDCProblem(
        "replica \(number) (\(replica.group)) names no accelerator and model; power needs both")
    }
    guard let thermalDesignPower = accelerator.thermalDesignPower else {
      throw OpenDCProblem(
        """
        \(accelerator.id) of replica \(number) has no thermal design power; say it in the \
        scenario's accelerator
        """)
    }
    return (
      accelerator,
      LinearPower(
        ReplicaPower(
          law: choice.law(for: accelerator), thermalDesignPower: thermalDesignPower,
          accelerators: replica.acceleratorCount, meter: meter))
    )
  }

  /// What the run's accelerators take by their own power model.
  package let modelEnergy: Joules

  /// The energy that OpenDC is to find.
  package var energy: Joules {
    var energy = 0.0
    for kind in kinds {
      let (idle, most) = (kind.power.idle.value, kind.power.most.value)
      for task in kind.tasks {
        for fragment in task.fragments {
          energy += Double(fragment.milliseconds) / 1000 * (idle + (most - idle) * fragment.load)
        }
      }
    }
    return Joules(energy)
  }
}

/// Why a run cannot be exported, or OpenDC's output not be read.
package struct OpenDCProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }
}
