import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import Testing

/// The engine's decisions, step by step, as pictures; `StepDiagram` says how to read them.
@Suite(.timeLimit(.minutes(30))) struct StepDiagramTests {
  @Test func `a prompt longer than the budget is computed in chunks`() {
    checkSteps(
      stepPlan([StepRequest(prompt: 19, output: 3)]),
      """
      A: 883dd|
      """)
  }

  @Test func `decodes are served before a chunk, which gets the rest of the budget`() {
    checkSteps(
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
    checkSteps(
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
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 20, output: 1), StepRequest(prompt: 5, output: 3)],
        stepReplica(longestChunk: 6)),
      """
      A: 6662|
      B: 221dd|
      """)
  }

  @Test func `a chunk of its own size is cut even where prompts are not to be split`() {
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 5, output: 2), StepRequest(prompt: 6, output: 1)],
        stepReplica(chunked: false, longestChunk: 4)),
      """
      A: 41d|
      B: 42|
      """)
  }

  @Test func `whoever gives way amid a step gives back the chunk that it was to get`() {
    checkSteps(
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
    checkSteps(
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
    checkSteps(
      stepPlan([StepRequest(prompt: 2, output: 6), StepRequest(at: 3, prompt: 2, output: 1)]),
      """
      A: 2ddddd|
      B:    2|
      """)
  }

  @Test func `a seat is free when a request has ended`() {
    checkSteps(
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
    checkSteps(
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
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 3)],
        stepReplica(blocks: 5)),
      """
      A: 4dd|
      B: 4x.5d|
      """)
  }

  @Test func `a preempted request goes before those who wait`() {
    checkSteps(
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
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 3)],
        stepReplica(blocks: 5, caching: true)),
      """
      A: 4dd|
      B: 4x.1d|
      """)
  }

  @Test func `blocks taken meanwhile are gone from the prefix cache`() {
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 4, output: 6), StepRequest(prompt: 4, output: 3)],
        stepReplica(blocks: 5, caching: true)),
      """
      A: 4ddddd|
      B: 4x....5d|
      """)
  }

  @Test func `a prompt is preempted between its chunks`() {
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 4, output: 6), StepRequest(prompt: 12, output: 1)],
        stepReplica(blocks: 8)),
      """
      A: 4ddddd|
      B: 4x....84|
      """)
  }

  @Test func `the watermark keeps blocks free beside those who run`() {
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 4, output: 2), StepRequest(prompt: 14, output: 1)],
        stepReplica(budget: 18, blocks: 10, watermark: 0.2)),
      """
      A: 4d|
      B: ..(14)|
      """)
  }

  @Test func `the more urgent is admitted first`() {
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
    checkSteps(
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
}
