import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct TimeScalingTests {
  @Test(arguments: 6000..<6040)
  func `twice the times in, twice the times out`(seed: Int) {
    let plan = randomPlan(seed: UInt64(seed))
    let once = Simulation.run(plan)
    let twice = Simulation.run(plan.doubled)
    #expect(twice.outcomes == once.outcomes.map(\.doubled))
    #expect(twice.replicas.map(\.steps) == once.replicas.map(\.steps))
    #expect(twice.replicas.map(\.peakUsedBlocks) == once.replicas.map(\.peakUsedBlocks))
    #expect(twice.interTokenLatencies.total == 2 * once.interTokenLatencies.total)
    #expect(twice.end == once.end.doubled)
  }
}

private struct DoubledStepTime: StepTimeModel {
  let model: any StepTimeModel
  var name: String { model.name }
  var provenance: String { model.provenance }
  var attentionWindow: Int? { model.attentionWindow }

  func duration(of work: StepWork) -> SimDuration { model.duration(of: work) * 2 }

  func decodeLine(sequences: Int) -> DecodeLine? {
    model.decodeLine(sequences: sequences).map {
      DecodeLine(
        base: $0.base * 2, perContext: $0.perContext * 2,
        perWindowedContext: $0.perWindowedContext * 2)
    }
  }
}

extension SimTime {
  fileprivate var doubled: SimTime { self == .never ? .never : self + since(.start) }
}

extension Plan {
  fileprivate var doubled: Plan {
    var plan = self
    plan.routerSettings.refreshInterval = plan.routerSettings.refreshInterval.map { $0 * 2 }
    plan.routerSettings.evictionInterval = plan.routerSettings.evictionInterval * 2
    for i in plan.replicas.indices {
      plan.replicas[i].stepTime = DoubledStepTime(model: plan.replicas[i].stepTime)
    }
    plan.workload.arrivals = plan.workload.arrivals.map(\.doubled)
    plan.workload.deadlines = plan.workload.deadlines?.map { $0 < .longest ? $0 * 2 : $0 }
    if let times = plan.workload.dependencies?.thinkTimes {
      plan.workload.dependencies?.thinkTimes = times.map { $0 * 2 }
    }
    if let time = plan.workload.closedLoop?.thinkTime {
      plan.workload.closedLoop?.thinkTime = time * 2
    }
    return plan
  }
}

extension Outcome {
  fileprivate var doubled: Outcome {
    var outcome = self
    outcome.arrival = arrival.doubled
    outcome.firstScheduled = firstScheduled.doubled
    outcome.firstToken = firstToken.doubled
    outcome.finish = finish.doubled
    return outcome
  }
}
