import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Blocks of 2 tokens, 8 tokens a step.
@Suite(.timeLimit(.minutes(30))) struct KVAwareTests {
  private func sent(
    _ requests: [StepRequest], fleet: Int = 2, weight: Double = 1, temperature: Double = 0,
    seed: UInt64 = 1
  ) -> [Int32] {
    replicas(.kvAware, requests, fleet: fleet, seed: seed) {
      $0.routerSettings.overlapScoreWeight = weight
      $0.routerSettings.routerTemperature = temperature
    }
  }

  @Test func `prompts that have no first token yet count, less what was cached`() {
    // Nobody has a block in use, but the first replica has 8 blocks to compute.
    let requests = [16, 8, 4, 2].map { StepRequest(prompt: $0, output: 90) }
    let sent = sent(requests)
    #expect(sent[1...3].allSatisfy { $0 != sent[0] })
  }

  @Test func `blocks in use count, whatever the number of requests`() {
    let requests =
      [StepRequest(prompt: 2, output: 90), StepRequest(prompt: 40, output: 90)]
      + (0..<3).map { StepRequest(at: 20 + Double($0), prompt: 2, output: 90) }
    let sent = sent(requests)
    #expect(sent[0] != sent[1])
    #expect(sent.suffix(3).allSatisfy { $0 == sent[0] })
  }

  @Test func `a cached prompt outweighs the blocks in use as far as the weight says`() {
    // The holder of the text may have 6 blocks in use for another request when it is asked for again:
    // the text saves 4 blocks of computing. With the weight 3 these are worth more.
    let text = StepRequest(prompt: 9, output: 1, chain: 0)
    let requests = [text, StepRequest(at: 4, prompt: 10, output: 90)]
    let again = StepRequest(at: 8, prompt: 9, output: 1, chain: 0)
    for seed in UInt64(1)..<20 {
      let plain = sent(requests + [again], weight: 1, seed: seed)
      let heavy = sent(requests + [again], weight: 3, seed: seed)
      #expect(heavy[2] == heavy[0])
      // The other request went to the holder or not, by chance.
      if plain[1] == plain[0] { #expect(plain[2] != plain[0]) }
    }
  }

  @Test func `with a temperature the dearer replica has its chance`() {
    let requests = (0..<200).map {
      StepRequest(at: 30 * Double($0), prompt: 9, output: 1, chain: 0)
    }
    let cold = sent(requests)
    #expect(cold.dropFirst().allSatisfy { $0 == cold[0] })
    let hot = sent(requests, temperature: 1)
    #expect(Set(hot) == [0, 1])
  }
}
