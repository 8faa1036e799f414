import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct CacheAwareTests {
  private func sent(
    _ requests: [StepRequest], fleet: Int = 3, _ change: (inout RouterSettings) -> Void = { _ in }
  ) -> [Int32] {
    replicas(.cacheAware, requests, fleet: fleet) { change(&$0.routerSettings) }
  }

  @Test func `a text goes where it went, others to the least loaded`() {
    let requests = (0..<6).map { StepRequest(prompt: 9, output: 9, chain: $0 % 2) }
    #expect(sent(requests) == [0, 1, 0, 1, 0, 1])
  }

  /// No replica has cached anything by then: the router goes by what it remembers.
  @Test func `a share that is not above the threshold is not enough`() {
    let requests = [
      StepRequest(prompt: 4, output: 9, chain: 0), StepRequest(prompt: 8, output: 9, chain: 0),
    ]
    #expect(sent(requests) { $0.cacheThreshold = 0.4 } == [0, 0])
    #expect(sent(requests) { $0.cacheThreshold = 0.5 } == [0, 1])
  }

  @Test func `unequal loads go before texts`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 9, output: 90, chain: 0), count: 6)
    // With 3 more than elsewhere the fourth goes there; the text is at both from then on, and who had
    // it first is asked.
    let sent = sent(requests, fleet: 2) { $0.balanceAbsThreshold = 2 }
    #expect(sent == [0, 0, 0, 1, 0, 1])
    let relative = self.sent(requests, fleet: 2) {
      $0.balanceAbsThreshold = 0
      $0.balanceRelThreshold = 2
    }
    #expect(relative == [0, 1, 0, 0, 1, 0])
  }

  @Test func `what was used least recently is forgotten first, at the interval`() {
    let texts: [(at: Double, chain: Int32)] = [
      (0, 0), (10, 1), (20, 2), (30, 0), (110, 1), (120, 0), (130, 2),
    ]
    let requests =
      texts.map { StepRequest(at: $0.at, prompt: 8, output: 1, chain: $0.chain) }
      + [StepRequest(at: 131, prompt: 8, output: 90)]
    // All go to replica 0, the least loaded, until it has 16 tokens left of 24 at 100 ms: those of the
    // chains 2 and 0. Replica 0 idles each time, so only a busy one shows who is remembered.
    let sent = sent(requests) {
      $0.maxTreeSize = 16
      $0.evictionInterval = .millisecond * 100
    }
    #expect(sent == [0, 0, 0, 0, 0, 0, 0, 0])
    let busy = [StepRequest(at: 105, prompt: 2, output: 400)]
    let asked = [1, 2, 0].map { StepRequest(at: 106, prompt: 8, output: 400, chain: $0) }
    let later = self.sent(Array(requests.prefix(4)) + busy + asked) {
      $0.maxTreeSize = 16
      $0.evictionInterval = .millisecond * 100
    }
    #expect(later.suffix(3) == [1, 0, 0])
  }
}
