import Impact
package import ServingModel
import ServingSim

/// OpenDC's linear power model: between the least draw at load 0 and the most at load 1.
package struct LinearPower: Hashable, Sendable {
  package var least: Watts
  package var most: Watts

  package init(least: Watts, most: Watts) {
    self.least = least
    self.most = most
  }

  /// That of all `draws`, of which there is at least one.
  init(of draws: [Double]) {
    self.init(least: Watts(draws.min() ?? 0), most: Watts(draws.max() ?? 0))
  }

  /// The load at which this model draws `watts`; 0 where it always draws the same.
  package func load(_ watts: Watts) -> Double {
    let range = most.value - least.value
    guard range > 0 else { return 0 }
    return min(1, max(0, (watts.value - least.value) / range))
  }

  package func watts(load: Double) -> Double {
    least.value + (most.value - least.value) * load
  }
}

/// The models of one host: its GPU's is that of the accelerator; its CPU's is that of all else that
/// the bill counts for the accelerator, which is its share of the host, of cooling and of supply.
package struct OpenDCPower: Hashable, Sendable {
  package var gpu: LinearPower
  package var cpu: LinearPower

  package init(gpu: LinearPower, cpu: LinearPower) {
    self.gpu = gpu
    self.cpu = cpu
  }

  /// Under which every draw of these replicas has a load: from what the power models draw at rest,
  /// or nothing where one was switched off or not there, to what they draw at full load.
  init(_ replicas: [(replica: FinishedReplica, profile: DrawProfile)], plan: ImpactPlan) {
    var (gpu, cpu) = ([Double](), [Double]())
    for (replica, profile) in replicas {
      let count = Double(replica.acceleratorCount)
      for power in plan.power.compactMap({ ReplicaPower(replica, $0) }) {
        gpu += [power.idle.value / count, power.most.value / count]
      }
      for stretch in profile.windows.joined() {
        gpu.append(stretch.accelerators.value / (stretch.seconds * count))
        cpu.append(stretch.rest.value / (stretch.seconds * count))
      }
    }
    self.init(gpu: LinearPower(of: gpu), cpu: LinearPower(of: cpu))
  }
}
