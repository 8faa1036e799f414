import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ClairvoyanceTests {
  @Test(arguments: 6600..<6700)
  func `nothing before its end depends on how long an answer is`(seed: Int) {
    let plan = randomPlan(seed: UInt64(seed))
    var random = RandomStream(seed: UInt64(seed), .tests, index: 1)
    let number = random.integer(below: plan.workload.count)
    var other = plan
    other.workload.outputTokens[number] = Int32(1 + random.integer(below: 90))

    let (a, b) = (Simulation.run(plan).outcomes, Simulation.run(other).outcomes)
    let horizon = min(a[number].finish, b[number].finish)
    for i in 0..<a.count {
      for moment in [\Outcome.arrival, \.firstScheduled, \.firstToken, \.finish] {
        let (before, after) = (a[i][keyPath: moment], b[i][keyPath: moment])
        #expect(before == after || min(before, after) >= horizon, "request \(i)")
      }
      guard a[i].firstScheduled < horizon else { continue }
      #expect(a[i].cachedTokens == b[i].cachedTokens)
      #expect(a[i].replica == b[i].replica)
    }
  }
}
