import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct WeightedRoundRobinTests {
  private func sent(_ weights: [Int], count: Int) -> [Int32] {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 2), count: count)
    return replicas(.weightedRoundRobin, requests, fleet: weights.count) { plan in
      for (i, weight) in weights.enumerated() { plan.replicas[i].weight = weight }
    }
  }

  /// nginx's own example of the algorithm: a, a, b, a, c, a, a for weights of 5, 1 and 1.
  @Test func `smooth as in nginx`() {
    #expect(sent([5, 1, 1], count: 14) == [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0])
  }

  @Test func `equal weights go round`() {
    #expect(sent([3, 3, 3], count: 7) == [0, 1, 2, 0, 1, 2, 0])
  }

  @Test func `each gets its share of every round`() {
    let weights = [1, 4, 2, 4, 9, 1]
    let sent = sent(weights, count: 63)
    for round in 0..<3 {
      let part = sent[21 * round..<21 * (round + 1)]
      #expect(weights.indices.map { i in part.count { $0 == i } } == weights)
    }
  }
}
