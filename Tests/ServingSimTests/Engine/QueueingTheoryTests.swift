import ServingPolicies
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// One seat and answers of one token make the engine a textbook queue: a request is served in the
/// single step that computes its prompt.
@Suite(.timeLimit(.minutes(30))) struct QueueingTheoryTests {
  /// Mean service: 1 ms. Prompts are so long that rounding them to whole tokens does not matter.
  private static let meanTokens = 100_000.0
  private static let service = SimDuration.millisecond

  private static let server = ReplicaPlan(
    group: "server", maxNumSeqs: 1, maxNumBatchedTokens: 1 << 30, maxModelLength: 1 << 30,
    blockSize: 1 << 10, usableBlocks: 1 << 20, enablePrefixCaching: false,
    scheduler: FirstComeFirstServed(),
    stepTime: TestStepTime(base: 0, perPrefillToken: 10_000))

  private func waits(_ promptTokens: TokenLengths, load: Double) -> WaitSample {
    let law = SyntheticWorkload(
      load: .open(.poisson(rate: load / Self.service.seconds), .requests(200_000)),
      promptTokens: promptTokens, outputTokens: .fixed(1))
    var plan = stepPlan([], Self.server)
    plan.workload = law.workload(seed: 11, description: "a textbook queue")
    return WaitSample(Simulation.run(plan).outcomes)
  }

  @Test(arguments: [0.3, 0.6, 0.85])
  func `waits are those of M D 1`(load: Double) {
    let sample = waits(.fixed(Int(Self.meanTokens)), load: load)
    let expected = load * Self.service.seconds / (2 * (1 - load))
    #expect(abs(sample.mean - expected) < 3 * sample.standardError, "\(sample), not \(expected)")
    #expect(sample.standardError < 0.04 * expected)
  }

  @Test(arguments: [0.3, 0.6, 0.85])
  func `waits are those of M M 1`(load: Double) {
    let sample = waits(TokenLengths(.gamma(shape: 1, scale: Self.meanTokens)), load: load)
    let expected = load * Self.service.seconds / (1 - load)
    #expect(abs(sample.mean - expected) < 3 * sample.standardError, "\(sample), not \(expected)")
    #expect(sample.standardError < 0.04 * expected)
  }

  @Test func `regular arrivals that come too fast wait a little longer each`() {
    let requests = (0..<50).map { StepRequest(at: 0.75 * Double($0), prompt: 1, output: 1) }
    let outcomes = Simulation.run(stepPlan(requests, stepReplica(seats: 1))).outcomes
    for (number, outcome) in outcomes.enumerated() {
      #expect(
        outcome.firstScheduled.since(outcome.arrival).picoseconds == 250_000_000 * Int64(number))
    }
  }

  @Test func `regular arrivals that are served in time never wait`() {
    let requests = (0..<50).map { StepRequest(at: Double($0), prompt: 1, output: 1) }
    let outcomes = Simulation.run(stepPlan(requests, stepReplica(seats: 1))).outcomes
    #expect(outcomes.allSatisfy { $0.firstScheduled == $0.arrival })
    #expect(outcomes.allSatisfy { $0.finish == $0.arrival + .millisecond })
  }

  @Test func `a full batch serves as many as it has seats in the time of one`() {
    let requests = (0..<12).map { _ in StepRequest(prompt: 1, output: 5) }
    let recording = Simulation.run(stepPlan(requests, stepReplica(seats: 4)))
    #expect(recording.end == .start + .millisecond * 15)
    let waits = recording.outcomes.map { $0.firstScheduled.since($0.arrival).seconds * 1e3 }
    #expect(waits.map { $0.rounded() } == [0, 0, 0, 0, 5, 5, 5, 5, 10, 10, 10, 10])
  }
}

/// Mean wait in seconds, and its standard error from busy periods, which are independent of one
/// another (waits are not).
private struct WaitSample: CustomStringConvertible {
  let mean: Double
  let standardError: Double

  var description: String { "\(mean) with a standard error of \(standardError)" }

  init(_ outcomes: [Outcome]) {
    var cycles: [(count: Double, waited: Double)] = []
    for outcome in outcomes {
      let wait = outcome.firstScheduled.since(outcome.arrival).seconds
      if wait == 0 { cycles.append((0, 0)) }
      cycles[cycles.count - 1].count += 1
      cycles[cycles.count - 1].waited += wait
    }
    let count = cycles.reduce(0) { $0 + $1.count }
    let mean = cycles.reduce(0) { $0 + $1.waited } / count
    let squares = cycles.reduce(0) {
      let excess = $1.waited - mean * $1.count
      return $0 + excess * excess
    }
    self.mean = mean
    standardError = squares.squareRoot() / count
  }
}
