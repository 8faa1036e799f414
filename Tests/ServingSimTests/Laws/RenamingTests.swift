import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct RenamingTests {
  @Test(arguments: 6100..<6140)
  func `names mean nothing`(seed: Int) {
    var plan = randomPlan(seed: UInt64(seed))
    // A hash of a name is another one for another name.
    if plan.router == .consistentHashing { plan.router = .leastOutstanding }
    #expect(Simulation.run(plan.renamed).outcomes == Simulation.run(plan).outcomes)
  }

  @Test(arguments: 6200..<6240)
  func `the same plan gives the same recording`(seed: Int) {
    let plan = randomPlan(seed: UInt64(seed))
    let (a, b) = (Simulation.run(plan), Simulation.run(plan))
    #expect(a.outcomes == b.outcomes)
    #expect(a.replicas.map(\.windows) == b.replicas.map(\.windows))
    #expect(a.replicas.map(\.windowLength) == b.replicas.map(\.windowLength))
    #expect(a.interTokenLatencies == b.interTokenLatencies)
    #expect(a.end == b.end)
  }

  @Test(arguments: 6300..<6340)
  func `a refused request takes nothing`(seed: Int) {
    var plan = randomPlan(seed: UInt64(seed))
    plan.replicas = [plan.replicas[0]]
    plan.workload.dependencies = nil
    plan.workload.closedLoop = nil
    plan.workload.arrivals = plan.workload.arrivals.map { min($0, .start + .second) }
    plan.workload.arrivals.sort()
    let crowded = Simulation.run(plan.withRefused).outcomes
    #expect(
      crowded.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        == Simulation.run(plan).outcomes)
    for number in stride(from: 0, to: crowded.count, by: 2) {
      #expect(crowded[number].status == .rejectedPromptTooLong)
    }
  }
}

extension Plan {
  /// Other numbers for texts and sessions, other values for priorities in the same order, other
  /// words for all that has a name.
  fileprivate var renamed: Plan {
    var plan = self
    plan.name = "another name"
    plan.workload.description = "another description"
    for i in plan.replicas.indices { plan.replicas[i].group = "group \(i)" }
    plan.workload.sessions = workload.sessions?.map { $0 < 0 ? $0 : 977 - 7 * $0 }
    plan.workload.priorities = workload.priorities?.map { 10 * $0 - 3 }
    if let tenants = workload.traits[.tenant] {
      plan.workload.traits[.tenant] = RequestLabels(
        names: [""] + tenants.names.reversed().map { "another " + $0 },
        ofRequest: tenants.ofRequest.map { $0 < 0 ? $0 : Int32(tenants.names.count) - $0 })
    }
    if var content = workload.content {
      // An unused chain before each one.
      content.chainOfRequest = content.chainOfRequest.map { $0 < 0 ? $0 : 2 * $0 + 1 }
      content.parents = content.parents.flatMap { [-1, $0 < 0 ? $0 : 2 * $0 + 1] }
      content.offsets = content.offsets.flatMap { [0, $0] }
      content.answersExtend = content.answersExtend.flatMap { [!$0, $0] }
      plan.workload.content = content
    }
    return plan
  }

  /// Before each request, one that is too long.
  fileprivate var withRefused: Plan {
    var plan = self
    let long = Int32(replicas[0].maxModelLength)
    plan.workload.arrivals = workload.arrivals.flatMap { [$0, $0] }
    plan.workload.promptTokens = workload.promptTokens.flatMap { [long, $0] }
    plan.workload.outputTokens = workload.outputTokens.flatMap { [1, $0] }
    plan.workload.priorities = workload.priorities?.flatMap { [-9, $0] }
    plan.workload.deadlines = workload.deadlines?.flatMap { [.millisecond, $0] }
    plan.workload.sessions = workload.sessions?.flatMap { [-1, $0] }
    plan.workload.traits[.maxTokens] = workload.traits[.maxTokens]?.flatMap { [-1, $0] }
    if let tenants = workload.traits[.tenant] {
      plan.workload.traits[.tenant] = RequestLabels(
        names: tenants.names, ofRequest: tenants.ofRequest.flatMap { [-1, $0] })
    }
    if var content = workload.content {
      content.chainOfRequest = content.chainOfRequest.flatMap { [-1, $0] }
      plan.workload.content = content
    }
    return plan
  }
}
