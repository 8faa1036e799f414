import ServingPolicies
package import ServingModel
package import ServingSim
import SimKernel

/// A request of a plan made by hand.
package struct StepRequest: Sendable {
  /// In steps: 1.5 is amid the second step of an engine that is never idle.
  var arrival: Double
  var prompt: Int32
  var output: Int32
  var priority: Int32
  /// The text its prompt lies on; -1: one of its own.
  var chain: Int32

  package init(
    at arrival: Double = 0, prompt: Int32, output: Int32, priority: Int32 = 0, chain: Int32 = -1
  ) {
    self.arrival = arrival
    self.prompt = prompt
    self.output = output
    self.priority = priority
    self.chain = chain
  }
}

/// One replica whose steps all take a millisecond, and requests in order of arrival.
package func stepPlan(_ requests: [StepRequest], _ replica: ReplicaPlan = stepReplica()) -> Plan {
  let chains = (requests.map { Int($0.chain) }.max() ?? -1) + 1
  let roots = (0..<chains).map { _ in Int32(-1) }
  let workload = Workload(
    arrivals: requests.map { SimTime(seconds: $0.arrival * 1e-3) },
    promptTokens: requests.map(\.prompt), outputTokens: requests.map(\.output),
    content: ContentTable(
      chainOfRequest: requests.map(\.chain), answersExtend: false, parents: roots,
      offsets: roots.map { _ in 0 }),
    priorities: requests.map(\.priority), description: "by hand")
  return Plan(
    name: "by hand", seed: 1, workload: workload, replicas: [replica], router: .roundRobin,
    objectives: ServiceLevelObjectives(), lines: [])
}

/// An engine small enough to follow with a pencil.
package func stepReplica(
  seats: Int = 4, budget: Int = 8, blockSize: Int = 2, blocks: Int = 64, caching: Bool = false,
  chunked: Bool = true, watermark: Double = 0,
  scheduler: any BatchPolicy = FirstComeFirstServed(), longestChunk: Int? = nil,
  stepTime: any StepTimeModel = TestStepTime(base: SimDuration.millisecond.picoseconds)
) -> ReplicaPlan {
  var replica = ReplicaPlan(
    group: "by hand", maxNumSeqs: seats, maxNumBatchedTokens: budget,
    maxModelLength: blocks * blockSize, blockSize: blockSize, usableBlocks: blocks,
    enablePrefixCaching: caching, enableChunkedPrefill: chunked, watermark: watermark,
    scheduler: scheduler, stepTime: stepTime)
  replica.longPrefillTokenThreshold = longestChunk
  return replica
}
