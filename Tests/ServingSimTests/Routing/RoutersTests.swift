import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct RoutersTests {
  private let short = StepRequest(prompt: 2, output: 2)

  @Test func `round robin goes round, whatever the load`() {
    var requests = [StepRequest](repeating: short, count: 7)
    requests[1] = StepRequest(prompt: 2, output: 400)
    #expect(replicas(.roundRobin, requests) == [0, 1, 2, 0, 1, 2, 0])
  }

  @Test func `least outstanding takes the lowest number among equals`() {
    let requests = [StepRequest](repeating: short, count: 7)
    #expect(replicas(.leastOutstanding, requests) == [0, 1, 2, 0, 1, 2, 0])
  }

  @Test func `least outstanding counts what has not ended, waiting or running`() {
    let requests = [
      StepRequest(prompt: 2, output: 9), StepRequest(prompt: 2, output: 2),
      StepRequest(prompt: 2, output: 9), StepRequest(at: 1.5, prompt: 2, output: 9),
      // The request of replica 1 ends now, before this one is routed.
      StepRequest(at: 2, prompt: 2, output: 9), StepRequest(at: 2, prompt: 2, output: 9),
    ]
    #expect(replicas(.leastOutstanding, requests) == [0, 1, 2, 0, 1, 1])
  }

  @Test func `random reaches all, alike for the same seed alone`() {
    let requests = [StepRequest](repeating: short, count: 300)
    let sent = replicas(.random, requests)
    #expect(sent == replicas(.random, requests))
    #expect(sent != replicas(.random, requests, seed: 2))
    for replica in Int32(0)..<3 { #expect((70...130).contains(sent.count { $0 == replica })) }
  }

  @Test func `a session stays where it began, others go where there is room`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 9), count: 8)
    let sessions: [Int32] = [4, 7, 4, 4, 7, -1, -1, 4]
    #expect(
      replicas(.sessionAffinity, requests, sessions: sessions) == [0, 1, 0, 0, 1, 2, 2, 0])
  }

  @Test func `a prefix goes to its holder, and nobody's to the least loaded`() {
    let known = StepRequest(at: 5, prompt: 8, output: 4, chain: 0)
    let requests = [
      StepRequest(prompt: 2, output: 3), StepRequest(prompt: 8, output: 2, chain: 0), known, known,
      StepRequest(at: 5, prompt: 8, output: 2, chain: 1),
    ]
    #expect(replicas(.prefixAffinity, requests) == [0, 1, 1, 1, 0])
  }

  @Test func `the holder of more is preferred, the idler of equals`() {
    let requests = [
      StepRequest(prompt: 4, output: 1, chain: 0), StepRequest(prompt: 8, output: 1, chain: 0),
      StepRequest(prompt: 8, output: 1, chain: 0),
      StepRequest(at: 5, prompt: 9, output: 9, chain: 0),
      StepRequest(at: 5, prompt: 9, output: 9, chain: 0),
      StepRequest(at: 5, prompt: 5, output: 9, chain: 0),
    ]
    #expect(replicas(.prefixAffinity, requests) == [0, 1, 2, 1, 2, 0])
  }

  /// Affinity is worth 8 requests: with the ninth more than elsewhere, the next one goes there.
  @Test func `affinity yields to imbalance`() {
    let known = StepRequest(at: 5, prompt: 8, output: 4, chain: 0)
    let requests = [StepRequest(prompt: 8, output: 2, chain: 0)] + (0..<14).map { _ in known }
    let sent = replicas(.prefixAffinity, requests, fleet: 2)
    #expect(sent == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1])
  }
}
