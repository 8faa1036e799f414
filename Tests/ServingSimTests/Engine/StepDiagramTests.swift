import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import Testing

/// The engine's decisions, step by step, as pictures; `StepDiagram` says how to read them.
@Suite(.timeLimit(.minutes(30))) struct StepDiagramTests {
  /// Draws a plan's steps, and makes sure that a run in spans ends every request alike.
  private func check(
    _ plan: Plan, _ picture: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let trace = StepTrace(of: plan)
    let drawn = StepDiagram(trace, of: plan.workload).text
    #expect(drawn == picture, "\n\(drawn)", sourceLocation: sourceLocation)
    #expect(trace.outcomes == Simulation.run(plan).outcomes, sourceLocation: sourceLocation)
    #expect(trace.usedBlocksAtEnd == 0, sourceLocation: sourceLocation)
  }

  @Test func `a prompt longer than the budget is computed in chunks`() {
    check(
      stepPlan([StepRequest(prompt: 19, output: 3)]),
      """
      A: 883dd|
      """)
  }

  @Test func `decodes are served before a chunk, which gets the rest of the budget`() {
    check(
      stepPlan([
        StepRequest(prompt: 2, output: 5), StepRequest(prompt: 3, output: 5),
        StepRequest(at: 1, prompt: 14, output: 2),
      ]),
      """
      A: 2dddd|
      B: 3dddd|
      C:  662d|
      """)
  }

  @Test func `a long prompt gets no more than its chunk, and those behind it what is left`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 10, output: 2), StepRequest(prompt: 5, output: 2),
          StepRequest(at: 1, prompt: 2, output: 3),
        ], stepReplica(longestChunk: 3)),
      """
      A: 3331d|
      B: 32d|
      C:  2dd|
      """)
  }

  @Test func `of several unfinished prompts the budget cuts the last`() {
    check(
      stepPlan(
        [StepRequest(prompt: 20, output: 1), StepRequest(prompt: 5, output: 3)],
        stepReplica(longestChunk: 6)),
      """
      A: 6662|
      B: 221dd|
      """)
  }

  @Test func `a chunk of its own size is cut even where prompts are not to be split`() {
    check(
      stepPlan(
        [StepRequest(prompt: 5, output: 2), StepRequest(prompt: 6, output: 1)],
        stepReplica(chunked: false, longestChunk: 4)),
      """
      A: 41d|
      B: 42|
      """)
  }

  @Test func `whoever gives way amid a step gives back the chunk that it was to get`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 8, output: 1, priority: 1),
          StepRequest(at: 1, prompt: 1, output: 3, priority: 0),
        ], stepReplica(blocks: 5, scheduler: PriorityFirst(), longestChunk: 2)),
      """
      A: 222x2222|
      B:  1dd|
      """)
  }

  @Test func `who arrives amid a step waits for its end, who arrives as it ends does not`() {
    check(
      stepPlan([
        StepRequest(prompt: 2, output: 4), StepRequest(at: 1.5, prompt: 2, output: 2),
        StepRequest(at: 2, prompt: 2, output: 2),
      ]),
      """
      A: 2ddd|
      B:  .2d|
      C:   2d|
      """)
  }

  @Test func `who arrives as one of many like steps ends joins the next`() {
    check(
      stepPlan([StepRequest(prompt: 2, output: 6), StepRequest(at: 3, prompt: 2, output: 1)]),
      """
      A: 2ddddd|
      B:    2|
      """)
  }

  @Test func `a seat is free when a request has ended`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 2, output: 3), StepRequest(prompt: 2, output: 2),
          StepRequest(prompt: 2, output: 2),
        ], stepReplica(seats: 2)),
      """
      A: 2dd|
      B: 2d|
      C: ..2d|
      """)
  }

  @Test func `who does not fit in memory holds up those behind`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 4, output: 3), StepRequest(prompt: 6, output: 2),
          StepRequest(prompt: 2, output: 1),
        ], stepReplica(blocks: 4)),
      """
      A: 4dd|
      B: ...6d|
      C: ...2|
      """)
  }

  @Test func `the latest is preempted and computes all again`() {
    check(
      stepPlan(
        [StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 3)],
        stepReplica(blocks: 5)),
      """
      A: 4dd|
      B: 4x.5d|
      """)
  }

  @Test func `a preempted request goes before those who wait`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 3),
          StepRequest(at: 0.5, prompt: 2, output: 1),
        ], stepReplica(blocks: 5)),
      """
      A: 4dd|
      B: 4x.5d|
      C: ...2|
      """)
  }

  @Test func `a preempted request finds its own blocks in the prefix cache`() {
    check(
      stepPlan(
        [StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 3)],
        stepReplica(blocks: 5, caching: true)),
      """
      A: 4dd|
      B: 4x.1d|
      """)
  }

  @Test func `blocks taken meanwhile are gone from the prefix cache`() {
    check(
      stepPlan(
        [StepRequest(prompt: 4, output: 6), StepRequest(prompt: 4, output: 3)],
        stepReplica(blocks: 5, caching: true)),
      """
      A: 4ddddd|
      B: 4x....5d|
      """)
  }

  @Test func `a prompt is preempted between its chunks`() {
    check(
      stepPlan(
        [StepRequest(prompt: 4, output: 6), StepRequest(prompt: 12, output: 1)],
        stepReplica(blocks: 8)),
      """
      A: 4ddddd|
      B: 4x....84|
      """)
  }

  @Test func `the watermark keeps blocks free beside those who run`() {
    check(
      stepPlan(
        [StepRequest(prompt: 4, output: 2), StepRequest(prompt: 14, output: 1)],
        stepReplica(budget: 18, blocks: 10, watermark: 0.2)),
      """
      A: 4d|
      B: ..(14)|
      """)
  }

  @Test func `the more urgent is admitted first`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 2, output: 2), StepRequest(prompt: 2, output: 1, priority: 2),
          StepRequest(at: 0.5, prompt: 2, output: 1, priority: 1),
        ], stepReplica(seats: 1, scheduler: PriorityFirst())),
      """
      A: 2d|
      B: ...2|
      C: ..2|
      """)
  }

  @Test func `the least urgent is preempted, even when it was served already`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 4, output: 3, priority: 5), StepRequest(at: 1, prompt: 4, output: 3),
        ], stepReplica(blocks: 5, scheduler: PriorityFirst())),
      """
      A: 4dx.6|
      B:  4dd|
      """)
  }

  @Test func `the token of one preempted after it was served goes to who comes after`() {
    let short = StepRequest(at: 1, prompt: 1, output: 3)
    check(
      stepPlan(
        [
          StepRequest(prompt: 1, output: 4, priority: 5), short, short, short,
          StepRequest(at: 2, prompt: 5, output: 2),
        ],
        stepReplica(
          seats: 5, budget: 6, blockSize: 1, blocks: 14, scheduler: PriorityFirst())),
      """
      A: 1ddx4|
      B:  1dd|
      C:  1dd|
      D:  1dd|
      E:   23d|
      """)
  }

  @Test func `who comes after a request that preempts itself misses the step`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 1, output: 6), StepRequest(prompt: 4, output: 5, priority: 9),
          StepRequest(at: 1, prompt: 3, output: 4),
        ], stepReplica(blocks: 7, scheduler: PriorityFirst())),
      """
      A: 1ddddd|
      B: 4ddx..7d|
      C:  3d-dd|
      """)
  }

  @Test func `nobody joins a static batch`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 2, output: 3), StepRequest(prompt: 2, output: 1),
          StepRequest(prompt: 2, output: 2),
        ], stepReplica(seats: 2, scheduler: StaticBatching())),
      """
      A: 2dd|
      B: 2|
      C: ...2d|
      """)
  }

  @Test func `a prompt that must not be split waits for its tokens, and so do those behind`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 2, output: 3), StepRequest(at: 1, prompt: 8, output: 2),
          StepRequest(at: 1, prompt: 2, output: 1),
        ], stepReplica(chunked: false)),
      """
      A: 2dd|
      B:  ..8d|
      C:  ...2|
      """)
  }

  @Test func `a known beginning is not computed again, but the last token always`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 6, output: 1, chain: 0),
          StepRequest(at: 1, prompt: 9, output: 1, chain: 0),
          StepRequest(at: 2, prompt: 8, output: 2, chain: 0),
        ], stepReplica(caching: true)),
      """
      A: 6|
      B:  3|
      C:   2d|
      """)
  }

  @Test func `a text is computed once by requests of the same step`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 7, output: 2, chain: 0), StepRequest(prompt: 7, output: 2, chain: 0),
        ], stepReplica(caching: true)),
      """
      A: 7d|
      B: 1d|
      """)
  }

  @Test func `of a prompt that must not be split only the unknown part counts`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 8, output: 3, chain: 0),
          StepRequest(at: 1, prompt: 8, output: 1, chain: 0),
        ], stepReplica(caching: true, chunked: false)),
      """
      A: 8dd|
      B:  2|
      """)
  }

  @Test func `of texts that end together the first admitted is evicted first`() {
    check(
      stepPlan(
        [
          StepRequest(prompt: 4, output: 2, chain: 0), StepRequest(prompt: 4, output: 2, chain: 1),
          StepRequest(at: 2, prompt: 6, output: 1),
          StepRequest(at: 3, prompt: 5, output: 1, chain: 1),
        ], stepReplica(blocks: 6, caching: true)),
      """
      A: 4d|
      B: 4d|
      C:   6|
      D:    1|
      """)
  }

  /// Clients say how long an answer may be: as long as it gets.
  private func limited(_ requests: [StepRequest], _ replica: ReplicaPlan) -> Plan {
    var plan = stepPlan(requests, replica)
    plan.workload.traits[.maxTokens] = plan.workload.outputTokens.map { Int64($0) }
    return plan
  }

  // SGLang's rules.

  @Test func `SGLang computes prompts by themselves, and those who decode wait`() {
    check(
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
    check(
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
    check(
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
    check(
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
    check(
      limited(
        [StepRequest(prompt: 2, output: 5), StepRequest(at: 1, prompt: 14, output: 2)],
        stepReplica(scheduler: SGLangScheduling(mixesChunks: true))),
      """
      A: 2dddd|
      B:  77d|
      """)
  }

  @Test func `SGLang lets nobody in where running requests are expected to need the room`() {
    check(
      limited(
        [StepRequest(prompt: 4, output: 8), StepRequest(at: 0.5, prompt: 4, output: 8)],
        stepReplica(blockSize: 1, blocks: 20, scheduler: SGLangScheduling())),
      """
      A: 4ddddddd|
      B: ........4ddddddd|
      """)
  }

  @Test func `SGLang retracts who has the fewest tokens, and asks again a step later`() {
    check(
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
    check(
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
    check(
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

  // TensorRT-LLM's rules.

  @Test func `TensorRT-LLM lets in who can end without anybody making room`() {
    var plan = stepPlan(
      [StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 3)],
      stepReplica(blocks: 6, scheduler: GuaranteedNoEvict()))
    plan.workload.traits[.maxTokens] = [4, 6]
    check(
      plan,
      """
      A: 4dd|
      B: ...4dd|
      """)
  }

  @Test func `nobody is preempted at TensorRT-LLM, however little room there is`() {
    for seed in UInt64(0)..<300 {
      var plan = randomPlanOfOtherEngines(seed: seed)
      for i in plan.replicas.indices {
        plan.replicas[i].scheduler = GuaranteedNoEvict()
        plan.replicas[i].enablePrefixCaching = seed.isMultiple(of: 2)
      }
      #expect(Simulation.run(plan).replicas.allSatisfy { $0.preemptions == 0 }, "plan \(seed)")
    }
  }
}
