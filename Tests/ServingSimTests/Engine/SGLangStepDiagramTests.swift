import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import Testing

/// SGLang's rules, as pictures.
@Suite(.timeLimit(.minutes(30))) struct SGLangStepDiagramTests {
  @Test func `SGLang computes prompts by themselves, and those who decode wait`() {
    checkSteps(
      limited(
        [
          StepRequest(prompt: 2, output: 5), StepRequest(at: 1, prompt: 14, output: 2),
          StepRequest(at: 2, prompt: 2, output: 2),
        ], stepReplica(scheduler: SGLangScheduling())),
      """
      A: 2--dddd|
      B:  86d|
      C:   2d|
      """)
  }

  @Test func `SGLang's lpm lets those go first whose beginning is in the prefix cache`() {
    checkSteps(
      limited(
        [
          StepRequest(prompt: 6, output: 2, chain: 0), StepRequest(at: 0.5, prompt: 4, output: 1),
          StepRequest(at: 0.5, prompt: 6, output: 1, chain: 0),
        ], stepReplica(seats: 1, caching: true, scheduler: Self.lpm)),
      """
      A: 6d|
      B: ...4|
      C: ..2|
      """)
  }

  @Test func `SGLang's lpm puts those at the end who begin as another one that waits`() {
    checkSteps(
      limited(
        [
          StepRequest(prompt: 32, output: 3, chain: 0),
          StepRequest(prompt: 40, output: 1, chain: 0),
          StepRequest(prompt: 4, output: 3),
        ], stepReplica(seats: 2, budget: 99, caching: true, scheduler: Self.lpm)),
      """
      A: (32)dd|
      B: .   ..8|
      C: 4   dd|
      """)
    // 31 tokens in common are too few.
    checkSteps(
      limited(
        [
          StepRequest(prompt: 31, output: 3, chain: 0),
          StepRequest(prompt: 40, output: 3, chain: 0),
          StepRequest(prompt: 4, output: 1),
        ], stepReplica(seats: 2, budget: 99, caching: true, scheduler: Self.lpm)),
      """
      A: (31)dd|
      B: (40)dd|
      C: .   ..4|
      """)
  }

  @Test func `SGLang's lpm is the order of arrival as long as more than 128 wait`() {
    var requests = (0..<200).map { _ in StepRequest(prompt: 4, output: 1) }
    for i in [0, 199] { requests[i] = StepRequest(prompt: 40, output: 1, chain: 0) }
    let plan = limited(
      requests,
      stepReplica(seats: 1, budget: 40, blocks: 1000, caching: true, scheduler: Self.lpm))
    let outcomes = Simulation.run(plan).outcomes
    let order = outcomes.indices.sorted {
      outcomes[$0].firstScheduled < outcomes[$1].firstScheduled
    }
    #expect(order == [0] + (1..<72) + [199] + (72..<199))
    var uncached = plan
    uncached.replicas[0].enablePrefixCaching = false
    let last = Simulation.run(uncached).outcomes
    #expect(last[199].firstScheduled > last[198].firstScheduled)
  }

  private static let lpm = SGLangScheduling(order: .longestPrefixMatch)

  @Test func `SGLang computes prompts beside answers where chunks are mixed`() {
    checkSteps(
      limited(
        [StepRequest(prompt: 2, output: 5), StepRequest(at: 1, prompt: 14, output: 2)],
        stepReplica(scheduler: SGLangScheduling(mixesChunks: true))),
      """
      A: 2dddd|
      B:  77d|
      """)
  }

  @Test func `SGLang lets nobody in where running requests are expected to need the room`() {
    checkSteps(
      limited(
        [StepRequest(prompt: 4, output: 8), StepRequest(at: 0.5, prompt: 4, output: 8)],
        stepReplica(blockSize: 1, blocks: 20, scheduler: SGLangScheduling())),
      """
      A: 4ddddddd|
      B: ........4ddddddd|
      """)
  }

  @Test func `SGLang retracts who has the fewest tokens, and asks again a step later`() {
    checkSteps(
      limited(
        [
          StepRequest(prompt: 4, output: 8), StepRequest(at: 1, prompt: 4, output: 8),
          StepRequest(at: 2, prompt: 3, output: 8),
        ],
        stepReplica(
          blockSize: 1, blocks: 24, scheduler: SGLangScheduling(conservativeness: 0.05))),
      """
      A: 4--ddddddd|
      B:  4-ddddx..81dd|
      C:   3ddddddd|
      """)
  }

  @Test func `a seat at SGLang is free a step after a request has ended`() {
    checkSteps(
      limited(
        [
          StepRequest(prompt: 2, output: 3), StepRequest(prompt: 2, output: 6),
          StepRequest(prompt: 2, output: 2),
        ], stepReplica(seats: 2, scheduler: SGLangScheduling())),
      """
      A: 2dd|
      B: 2ddd-dd|
      C: ....2d|
      """)
  }

  @Test func `SGLang takes no more prompts at once than it may`() {
    checkSteps(
      limited(
        [
          StepRequest(prompt: 3, output: 2), StepRequest(prompt: 3, output: 2),
          StepRequest(prompt: 9, output: 2),
        ], stepReplica(budget: 16, scheduler: SGLangScheduling(maxPrefillTokens: 7))),
      """
      A: 3-d|
      B: 3-d|
      C: .9d|
      """)
  }
}
