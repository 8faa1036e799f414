import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ScoringTests {
  private let long = StepRequest(prompt: 8, output: 90, chain: 0)

  private func sent(
    _ scorers: [WeightedScorer], _ requests: [StepRequest], fleet: Int = 3,
    sessions: [Int32]? = nil, picker: PickerName = .maxScore, seed: UInt64 = 1
  ) -> [Int32] {
    replicas(.scorers, requests, fleet: fleet, sessions: sessions, seed: seed) {
      $0.routerSettings.scorers = scorers
      $0.routerSettings.picker = picker
    }
  }

  @Test func `equals are drawn, alike for the same seed alone`() {
    let requests = (0..<60).map { StepRequest(at: Double(10 * $0), prompt: 2, output: 1) }
    let sent = sent([WeightedScorer(.queue)], requests)
    #expect(Set(sent) == [0, 1, 2])
    #expect(sent == self.sent([WeightedScorer(.queue)], requests))
    #expect(sent != self.sent([WeightedScorer(.queue)], requests, seed: 2))
  }

  @Test func `what is under way is spread evenly by the router's own count`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 90), count: 30)
    let sent = sent([WeightedScorer(.activeRequests)], requests)
    for round in 0..<10 { #expect(Set(sent[3 * round..<3 * round + 3]) == [0, 1, 2]) }
  }

  @Test func `the holder of the prompt is preferred until its queue weighs more`() {
    // Four seats: from the fifth request of the text on its holder has a queue.
    let requests =
      [StepRequest(prompt: 9, output: 90, chain: 0)]
      + (1..<9).map { StepRequest(at: 5 + Double($0), prompt: 9, output: 90, chain: 0) }
    let affine = [WeightedScorer(.prefixCache, weight: 3), WeightedScorer(.queue, weight: 2)]
    let home = sent(affine, requests)[0]
    #expect(sent(affine, requests).prefix(5).allSatisfy { $0 == home })
    // 3 x 8/9 and no less of the queue; with more weight the queue goes first.
    let loaded = [WeightedScorer(.prefixCache), WeightedScorer(.queue, weight: 2)]
    #expect(!sent(loaded, requests).suffix(3).contains(home))
  }

  @Test func `a conversation goes back to who served it last`() {
    let requests = (0..<40).map { StepRequest(at: 9 * Double($0), prompt: 2, output: 2) }
    let sessions = (0..<40).map { Int32($0 % 4) }
    let sent = sent([WeightedScorer(.sessionAffinity)], requests, sessions: sessions)
    for i in 4..<40 { #expect(sent[i] == sent[i - 4]) }
    #expect(Set(sent).count > 1)
  }

  @Test func `free KV memory and few running requests count`() {
    let requests = [long] + (1..<3).map { StepRequest(at: Double($0) + 2, prompt: 8, output: 90) }
    for scorer in [ScorerName.kvCacheUtilization, .runningRequests] {
      #expect(Set(sent([WeightedScorer(scorer)], requests)) == [0, 1, 2])
    }
  }

  @Test func `by chance each is as likely as its score`() {
    let requests = (0..<900).map { StepRequest(at: 9 * Double($0), prompt: 2, output: 2) }
    let sessions = (0..<900).map { _ in Int32(0) }
    // 3 for who served last, 1 for each of the three.
    let scorers = [WeightedScorer(.sessionAffinity, weight: 3), WeightedScorer(.queue)]
    let sent = sent(scorers, requests, sessions: sessions, picker: .weightedRandom)
    let stayed = zip(sent, sent.dropFirst()).count { $0 == $1 }
    #expect((540...660).contains(stayed))
  }
}
