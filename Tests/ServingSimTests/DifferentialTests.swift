import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite struct DifferentialTests {
  @Test(arguments: 0..<1000)
  func `the engine equals the reference to the picosecond`(seed: Int) {
    check(randomPlan(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: 0..<500)
  func `the engine equals the reference when replicas are switched off`(seed: Int) {
    check(randomPlanWithPowerDown(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: 0..<500)
  func `the engine equals the reference when requests wait for a better time`(seed: Int) {
    check(randomPlanWithShift(seed: UInt64(seed)), seed: seed)
  }

  private func check(_ random: Plan, seed: Int) {
    var plan = random
    let frontend = SimDuration.microsecond * (seed % 4 == 0 ? 3 : 0)
    for i in plan.replicas.indices { plan.replicas[i].frontendLatency = frontend }
    let reference = ReferenceSimulator(plan)
    reference.run()
    let recording = Simulation.run(plan)
    for i in 0..<plan.workload.count {
      guard recording.outcomes[i] != reference.outcomes[i] else { continue }
      Issue.record(
        """
        request \(i) of random plan \(seed): the engine says \(recording.outcomes[i]), \
        the reference \(reference.outcomes[i])
        """)
      return
    }
    #expect(recording.end.picoseconds == reference.end + frontend.picoseconds)
    #expect(recording.held == reference.held)
    #expect(recording.replicas.map(\.steps) == reference.steps)
    #expect(recording.replicas.map(\.preemptions) == reference.preemptions)
    #expect(recording.replicas.map(\.wakes) == reference.wakes)
    #expect(recording.replicas.map(\.totals.offTime) == reference.offTimes.map(Double.init))
    var gaps = LogHistogram()
    for gap in reference.gaps { gaps.add(SimDuration(picoseconds: gap)) }
    #expect(recording.interTokenLatencies.counts == gaps.counts)
    #expect(recording.interTokenLatencies.greatest == gaps.greatest)
  }
}
