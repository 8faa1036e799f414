import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct MemoryNeutralityTests {
  @Test(arguments: 6700..<6740)
  func `a prefix cache changes nothing where nothing is shared and memory suffices`(seed: Int) {
    var plan = randomPlan(seed: UInt64(seed))
    plan.workload.content = nil
    let runs = [false, true].map { caching in
      for i in plan.replicas.indices { plan.replicas[i].enablePrefixCaching = caching }
      return Simulation.run(plan)
    }
    guard runs[0].replicas.allSatisfy({ $0.preemptions == 0 }) else { return }
    #expect(runs[0].outcomes == runs[1].outcomes)
    #expect(runs[0].interTokenLatencies == runs[1].interTokenLatencies)
    #expect(runs[0].replicas.map(\.peakUsedBlocks) == runs[1].replicas.map(\.peakUsedBlocks))
  }

  @Test(arguments: 6800..<6830)
  func `memory beyond what all requests need changes nothing`(seed: Int) {
    var plan = randomPlan(seed: UInt64(seed))
    let runs = [1, 3].map { share in
      for i in plan.replicas.indices {
        let size = plan.replicas[i].blockSize
        let needed = zip(plan.workload.promptTokens, plan.workload.outputTokens).reduce(0) {
          $0 + (Int($1.0) + Int($1.1) + size - 1) / size
        }
        plan.replicas[i].usableBlocks = share * needed
        plan.replicas[i].watermark = 0
      }
      return Simulation.run(plan)
    }
    #expect(runs[0].replicas.allSatisfy { $0.preemptions == 0 })
    #expect(runs[0].outcomes == runs[1].outcomes)
  }

  /// The cache's blocks are the free ones: keeping contents takes nothing from anybody.
  @Test func `a second wave finds all the memory that the first had`() {
    let wave = (0..<6).map { _ in StepRequest(prompt: 7, output: 4) }
    let later = wave.map { _ in StepRequest(at: 1000, prompt: 7, output: 4) }
    let replica = stepReplica(blocks: 12, caching: true)
    let outcomes = Simulation.run(stepPlan(wave + later, replica)).outcomes
    let expected = Simulation.run(stepPlan(wave, replica)).outcomes
    #expect(outcomes.prefix(6).map { $0 } == expected)
    #expect(
      outcomes.dropFirst(6).map { $0.finish.since($0.arrival) }
        == expected.map { $0.finish.since($0.arrival) })
    #expect(outcomes.contains { $0.preemptions > 0 })
  }
}
