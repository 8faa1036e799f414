import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct PowerOfTwoTests {
  @Test func `of two replicas both are drawn, so the one with fewer requests is taken`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 9), count: 8)
    for seed in 1..<10 {
      let sent = replicas(.powerOfTwo, requests, fleet: 2, seed: UInt64(seed))
      for pair in 0..<4 { #expect(Set(sent[2 * pair...2 * pair + 1]) == [0, 1]) }
    }
  }

  /// Mitzenmacher's result: the fullest of n bins with n balls has about log n / log log n of them where
  /// each ball looks at one, and log log n where it looks at two.
  @Test func `two choices fill the fullest replica less than one does`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 50), count: 256)
    func fullest(_ router: RouterPolicy) -> Int {
      let sent = replicas(router, requests, fleet: 256)
      return (0..<256).map { replica in sent.count { $0 == replica } }.max() ?? 0
    }
    #expect(fullest(.powerOfTwo) <= 3)
    #expect(fullest(.random) >= 4)
  }
}
