import ServingModel
import SimKernel
import Testing

@testable import Accuracy
@testable import TraceArchive

@Suite(.timeLimit(.minutes(30))) struct ClientStepsTests {
  /// A request with a token at each of the times, in milliseconds.
  private func request(
    _ number: Int, sent: Int64, prompt: Int32 = 10, tokens: [Int64], cached: Int32 = 0
  ) -> ServedRequest {
    let times = tokens.map { $0 * 1_000_000 }
    var request = ServedRequest(
      request: EngineRequest(
        number: number, arrival: sent * 1_000_000, promptTokens: prompt,
        completionTokens: Int32(tokens.count), group: nil, sharedTokens: 0, priority: 0,
        blockIDs: nil),
      firstToken: times[0], lastToken: times[times.count - 1], end: times[times.count - 1])
    request.chunks = times.map { ServedRequest.Chunk(at: $0, tokens: 1) }
    request.cachedTokens = cached
    return request
  }

  private func run(_ requests: [ServedRequest]) -> ServedRun {
    var run = ServedRun(name: "mb_x", server: "s", concurrency: 1)
    run.requests = requests
    run.roundTrip = 2_000_000
    return run
  }

  @Test func `a lone request shows its prompt and, inside its answer, single steps`() {
    let steps = ClientSteps(
      run([request(0, sent: 0, tokens: [50, 60, 70, 80, 90], cached: 4)])
    ).steps
    #expect(steps.first?.busy == 48)
    #expect(steps.first?.prefillTokens == 6)
    #expect(steps.first?.prefillPairs == 6 * 4 + 21)
    #expect(steps.first?.decodeSequences == 0)
    let decodes = steps.dropFirst()
    // The first and the last gap lie beside a change.
    #expect(decodes.map(\.busy) == [10, 10])
    #expect(decodes.map(\.decodeSequences) == [1, 1])
    #expect(decodes.map(\.decodeContext) == [11, 12])
  }

  @Test func `two that decode together share their steps, and mixtures are left out`() {
    let steps = ClientSteps(
      run([
        request(0, sent: 0, tokens: [20, 30, 40, 50, 60, 70, 80]),
        request(1, sent: 0, prompt: 20, tokens: [20, 30, 40, 50, 60, 70, 80]),
      ])
    ).steps
    #expect(steps.allSatisfy { $0.prefillSequences == 0 && $0.decodeSequences == 2 })
    #expect(steps.count == 8)
    #expect(steps.first?.decodeContext == 10 + 1 + 20 + 1)
    let disturbed = ClientSteps(
      run([
        request(0, sent: 0, tokens: [20, 30, 40, 50, 60, 70, 80]),
        request(1, sent: 35, tokens: [75, 85, 95]),
      ])
    ).steps
    #expect(disturbed.filter { $0.prefillSequences == 0 }.isEmpty)
  }

  @Test func `a part of several tokens is that many steps, a long prompt several`() {
    var one = request(0, sent: 0, prompt: 100, tokens: [50, 60, 70, 80, 110, 120, 130, 140])
    one.chunks[4].tokens = 3
    var run = run([one])
    run.settings["max_num_batched_tokens"] = "40"
    let steps = ClientSteps(run).steps
    #expect(steps.first?.count == 3)
    #expect(steps.first?.prefillSequences == 3)
    let merged = steps.filter { $0.count == 3 && $0.prefillSequences == 0 }
    #expect(merged.map(\.busy) == [30])
    #expect(merged.map(\.decodeSequences) == [3])
    #expect(merged.map(\.decodeContext) == [3 * 103 + 3])
  }

  @Test func `a failed request spoils the times around it`() {
    var run = run([request(0, sent: 0, tokens: [50, 60, 70, 80, 90])])
    run.disturbances = [0...200_000_000]
    #expect(ClientSteps(run).steps.isEmpty)
  }

  @Test func `a fit gives back the costs that a simulated engine has`() {
    // Prompts of many lengths, alone: 5 ms a step, 0.1 ms a prompt token, 1 us a context token.
    var now: Int64 = 0
    let requests = (0..<40).map { number in
      let prompt = Int64(50 + number * 20)
      let sent = now
      var time = sent * 1_000_000 + 2_000_000 + 5_000_000 + prompt * 100_000
      var times = [time]
      for token in 0..<10 {
        time += 5_000_000 + (prompt + Int64(token)) * 1000
        times.append(time)
      }
      now = time / 1_000_000 + 3
      var request = request(number, sent: sent, prompt: Int32(prompt), tokens: [1])
      request.firstToken = times[0]
      request.lastToken = times[10]
      request.end = times[10]
      request.chunks = times.map { ServedRequest.Chunk(at: $0, tokens: 1) }
      return request
    }
    let calibration = EngineCalibration([run(requests)])
    let fit = calibration.models.first?.steps
    #expect(abs((fit?[.base] ?? 0) + (fit?[.perDecodeSequence] ?? 0) - 5) < 0.05)
    #expect(abs((fit?[.perPrefillToken] ?? 0) - 0.1) < 0.002)
    #expect(abs((fit?[.perDecodeContext] ?? 0) - 0.001) < 0.0001)
    #expect(calibration.models.first?.latency.frontend == 0.002)
  }
}
